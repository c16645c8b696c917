"""Accounts and tokens on the wire."""

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.accounts import Profile
from lacewing.credentials import MintedToken, Token
from lacewing.http.shapes import Instant, text


class TokenKind(StrEnum):
    BSK_PAT = "bsk_pat"
    PK = "pk"


KINDS = {
    TokenKind.BSK_PAT: CredentialKind.PERSONAL_ACCESS_TOKEN,
    TokenKind.PK: CredentialKind.PERSONAL_TOKEN,
}
_Name = Annotated[str, text(255, shortest=1)]
_Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class RegisterBody(msgspec.Struct, forbid_unknown_fields=True):
    """`setup_code` is for the first account, when it is made from another machine."""

    name: _Name
    email: Annotated[str, text(254)]
    password: Annotated[str, text(256, shortest=8)]
    setup_code: str | None = None


class LoginBody(msgspec.Struct, forbid_unknown_fields=True):
    email: str
    password: str


class User(msgspec.Struct, rename="camel"):
    id: UUID
    email: str
    name: str
    role: str
    plan: str
    is_active: bool
    is_email_verified: bool
    beta_status: str
    plan_expires_at: Instant | None
    subscription_status: str | None
    cancel_at_period_end: bool
    notification_preferences: dict[str, bool]
    created_at: Instant
    has_google_linked: bool
    has_password: bool


class Detail(msgspec.Struct):
    detail: str


class TokenBody(msgspec.Struct, forbid_unknown_fields=True):
    """`expires_in_days` 1 to 3650, null for no expiry; `scopes` left out for all of your rights."""

    name: _Name
    expires_in_days: _Days | None = None
    scopes: list[Scope] | None = None
    kind: TokenKind = TokenKind.BSK_PAT


class ProjectTokenBody(msgspec.Struct, forbid_unknown_fields=True):
    """`expires_in_days` 1 to 3650, null for no expiry; `scopes` left out for what most tools need."""

    name: _Name
    expires_in_days: _Days | None = None
    scopes: list[Scope] | None = None


class TokenItem(msgspec.Struct):
    """A token as `/tokens` shows it: snake_case, as documented."""

    id: UUID
    name: str
    prefix: str
    scopes: list[Scope] | None
    expires_at: Instant | None
    created_at: Instant
    last_used_at: Instant | None


class CreatedTokenItem(TokenItem):
    token: str


class CamelTokenItem(msgspec.Struct, rename="camel"):
    """A token as `/auth/tokens` and `/projects/{id}/tokens` show it."""

    id: UUID
    name: str
    token_prefix: str
    scopes: list[Scope] | None
    expires_at: Instant | None
    created_at: Instant
    last_used_at: Instant | None


class CreatedCamelTokenItem(CamelTokenItem, rename="camel"):
    token: str


def user(profile: Profile) -> User:
    return User(
        id=profile.id,
        email=profile.email,
        name=profile.name,
        role="superadmin" if profile.is_instance_admin else "user",
        plan="self-hosted",
        is_active=profile.is_active,
        is_email_verified=profile.is_email_verified,
        beta_status="none",
        plan_expires_at=None,
        subscription_status=None,
        cancel_at_period_end=False,
        notification_preferences={},
        created_at=profile.created_at,
        has_google_linked=False,
        has_password=profile.has_password,
    )


def token_item(token: Token) -> TokenItem:
    return TokenItem(*_shown(token))


def created_token_item(minted: MintedToken) -> CreatedTokenItem:
    shown = msgspec.structs.asdict(token_item(minted.token))
    return CreatedTokenItem(**shown, token=minted.secret)


def camel_token_item(token: Token) -> CamelTokenItem:
    return CamelTokenItem(*_shown(token))


def created_camel_token_item(minted: MintedToken) -> CreatedCamelTokenItem:
    shown = msgspec.structs.asdict(camel_token_item(minted.token))
    return CreatedCamelTokenItem(**shown, token=minted.secret)


def _shown(token: Token) -> tuple[Any, ...]:
    """The same facts in the same order, in either spelling; the secret is not among them."""
    scopes = None if token.scopes is None else sorted(token.scopes)
    return (
        token.id,
        token.name,
        token.prefix,
        scopes,
        token.expires_at,
        token.created_at,
        token.last_used_at,
    )
