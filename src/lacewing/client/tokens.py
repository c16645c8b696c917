"""Tokens: a person's, a project's, and the one that asks."""

from typing import TypedDict

from lacewing.client.request import Request, filled, path_of


class Token(TypedDict):
    id: str
    name: str
    tokenPrefix: str
    scopes: list[str] | None
    expiresAt: str | None
    createdAt: str
    lastUsedAt: str | None


class MintedToken(Token):
    """`token` is shown this once."""

    token: str | None


def list_tokens() -> Request[list[Token]]:
    return Request("GET", path_of("/auth/tokens"))


def create_token(
    name: str,
    *,
    expires_in_days: int | None = None,
    scopes: list[str] | None = None,
    kind: str | None = None,
) -> Request[MintedToken]:
    body = filled(name=name, expires_in_days=expires_in_days, scopes=scopes, kind=kind)
    return Request("POST", path_of("/auth/tokens"), body=body, is_create=True)


def revoke_token(token: str) -> Request[None]:
    """`token` is its id."""
    return Request("DELETE", path_of("/auth/tokens/{}", token))


def rotate_token(token: str, *, grace_seconds: int = 0) -> Request[MintedToken]:
    body = {"grace_seconds": grace_seconds}
    return Request("POST", path_of("/auth/tokens/{}/rotate", token), body=body, is_create=True)


def get_self() -> Request[Token]:
    """The token that asks."""
    return Request("GET", path_of("/auth/tokens/self"))


def revoke_self() -> Request[None]:
    """The token that asks."""
    return Request("DELETE", path_of("/auth/tokens/self"))


def list_project_tokens(project: str) -> Request[list[Token]]:
    return Request("GET", path_of("/projects/{}/tokens", project))


def create_project_token(
    project: str, name: str, *, expires_in_days: int | None = None, scopes: list[str] | None = None
) -> Request[MintedToken]:
    body = filled(name=name, expires_in_days=expires_in_days, scopes=scopes)
    return Request("POST", path_of("/projects/{}/tokens", project), body=body, is_create=True)


def revoke_project_token(project: str, token: str) -> Request[None]:
    return Request("DELETE", path_of("/projects/{}/tokens/{}", project, token))


def rotate_project_token(project: str, token: str, *, grace_seconds: int = 0) -> Request[MintedToken]:
    path = path_of("/projects/{}/tokens/{}/rotate", project, token)
    return Request("POST", path, body={"grace_seconds": grace_seconds}, is_create=True)
