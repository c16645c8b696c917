"""Fixed windows. Pure."""

from datetime import UTC, datetime

from lacewing.kit.errors import Allowance


def end_of_window(now: datetime, window_seconds: int) -> datetime:
    elapsed = int(now.timestamp())
    return datetime.fromtimestamp(elapsed - elapsed % window_seconds + window_seconds, UTC)


def allowance(limit: int, used: int, now: datetime, ends_at: datetime) -> Allowance:
    left = max(1, round((ends_at - now).total_seconds()))
    return Allowance(limit, max(0, limit - used), left, round(ends_at.timestamp()))
