"""The words that the API knows, so that they are checked, completed and shown before anything is asked."""

from typing import Literal

Status = Literal["new", "triaging", "in_progress", "resolved", "closed", "open", "dismissed"]
Severity = Literal["low", "medium", "high", "critical"]
Category = Literal["bug", "ui", "performance", "crash", "other"]
Sort = Literal["newest", "oldest", "updated", "severity"]
Since = Literal["today", "7d", "30d", "90d"]
TicketStatus = Literal["open", "in_progress", "resolved", "closed"]
TicketSort = Literal["newest", "oldest", "updated", "priority"]
