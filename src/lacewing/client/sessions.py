"""Where a person is logged in."""

from typing import TypedDict

from lacewing.client.request import Request, path_of


class Session(TypedDict):
    id: str
    ip: str
    userAgent: str
    client: str
    createdAt: str
    lastSeenAt: str
    expiresAt: str
    isCurrent: bool


def list_sessions() -> Request[list[Session]]:
    return Request("GET", path_of("/auth/sessions"))


def end_session(session: str) -> Request[None]:
    return Request("DELETE", path_of("/auth/sessions/{}", session))


def end_sessions() -> Request[None]:
    """All but the one that asks."""
    return Request("DELETE", path_of("/auth/sessions"))
