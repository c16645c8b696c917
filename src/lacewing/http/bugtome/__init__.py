"""The BugToMe dialect: tickets, snake_case, its own errors."""

from lacewing.http.bugtome.dialect import BUGTOME

__all__ = ["BUGTOME"]
