"""Accounts and tokens on the wire."""

from datetime import datetime
from uuid import UUID

import msgspec

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.accounts import Profile
from lacewing.credentials import MintedToken, Token

KINDS = {"bsk_pat": CredentialKind.PERSONAL_ACCESS_TOKEN, "pk": CredentialKind.PERSONAL_TOKEN}


class RegisterBody(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    email: str
    password: str
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
    plan_expires_at: datetime | None
    subscription_status: str | None
    cancel_at_period_end: bool
    notification_preferences: dict[str, bool]
    created_at: datetime
    has_google_linked: bool
    has_password: bool


class Detail(msgspec.Struct):
    detail: str


class TokenBody(msgspec.Struct, forbid_unknown_fields=True):
    """`expires_in_days` 1 to 3650, null for no expiry; `scopes` left out for all of your rights."""

    name: str
    expires_in_days: int | None = None
    scopes: list[Scope] | None = None
    kind: str = "bsk_pat"


class ProjectTokenBody(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    expires_in_days: int | None = None
    scopes: list[Scope] | None = None


class TokenItem(msgspec.Struct):
    """A token as `/tokens` shows it: snake_case, as documented."""

    id: UUID
    name: str
    prefix: str
    scopes: list[Scope] | None
    expires_at: datetime | None
    created_at: datetime
    last_used_at: datetime | None


class CreatedTokenItem(TokenItem):
    token: str


class CamelTokenItem(msgspec.Struct, rename="camel"):
    """A token as `/auth/tokens` and `/projects/{id}/tokens` show it."""

    id: UUID
    name: str
    token_prefix: str
    scopes: list[Scope] | None
    expires_at: datetime | None
    created_at: datetime
    last_used_at: datetime | None


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
    return TokenItem(
        token.id,
        token.name,
        token.prefix,
        _scopes(token),
        token.expires_at,
        token.created_at,
        token.last_used_at,
    )


def created_token_item(minted: MintedToken) -> CreatedTokenItem:
    shown = msgspec.structs.asdict(token_item(minted.token))
    return CreatedTokenItem(**shown, token=minted.secret)


def camel_token_item(token: Token) -> CamelTokenItem:
    return CamelTokenItem(
        token.id,
        token.name,
        token.prefix,
        _scopes(token),
        token.expires_at,
        token.created_at,
        token.last_used_at,
    )


def created_camel_token_item(minted: MintedToken) -> CreatedCamelTokenItem:
    shown = msgspec.structs.asdict(camel_token_item(minted.token))
    return CreatedCamelTokenItem(**shown, token=minted.secret)


def _scopes(token: Token) -> list[Scope] | None:
    return None if token.scopes is None else sorted(token.scopes)
