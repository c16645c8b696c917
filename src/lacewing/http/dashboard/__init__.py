"""The plain pages: server-rendered, usable without JavaScript."""

from lacewing.http.dashboard.dialect import DASHBOARD

__all__ = ["DASHBOARD"]
