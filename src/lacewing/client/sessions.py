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


class Entered(TypedDict, total=False):
    """With `mfaRequired`, there is no session yet: `mfaToken` leads to it, with a second factor."""

    email: str
    mfaRequired: bool
    mfaToken: str


def enter(email: str, password: str) -> Request[Entered]:
    """The client keeps the session's cookies: what it asks next, it asks as the person."""
    return Request("POST", path_of("/auth/login"), body={"email": email, "password": password})


def enter_with_factor(mfa_token: str, code: str) -> Request[Entered]:
    """`code` is an authenticator app's, or a recovery code."""
    name = "code" if code.isdecimal() else "recovery_code"
    return Request("POST", path_of("/auth/login/mfa"), body={"mfa_token": mfa_token, name: code})


def leave() -> Request[None]:
    """Ends the session whose cookies the client has."""
    return Request("POST", path_of("/auth/logout"))


def list_sessions() -> Request[list[Session]]:
    return Request("GET", path_of("/auth/sessions"))


def end_session(session: str) -> Request[None]:
    return Request("DELETE", path_of("/auth/sessions/{}", session))


def end_sessions() -> Request[None]:
    """All but the one that asks."""
    return Request("DELETE", path_of("/auth/sessions"))
