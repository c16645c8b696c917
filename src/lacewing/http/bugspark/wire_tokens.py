"""Tokens on the wire, in either spelling."""

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Scope
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


class RotationBody(msgspec.Struct, forbid_unknown_fields=True):
    """`expires_in_days` left out for as long as before; the old secret goes on for `grace_seconds`."""

    expires_in_days: _Days | None = None
    grace_seconds: Annotated[int, msgspec.Meta(ge=0, le=86400)] = 0


class TokenItem(msgspec.Struct):
    """A token as `/tokens` shows it: snake_case, as documented."""

    id: UUID
    name: str
    prefix: str
    scopes: list[Scope] | None
    expires_at: Instant | None
    created_at: Instant
    last_used_at: Instant | None
    last_used_ip: str | None
    last_used_client: str | None


class CreatedTokenItem(TokenItem):
    """`token` is null, and `code` says why, when this is told again under the same Idempotency-Key."""

    token: str | None
    code: str | msgspec.UnsetType = msgspec.UNSET


class CamelTokenItem(msgspec.Struct, rename="camel"):
    """A token as `/auth/tokens` and `/projects/{id}/tokens` show it."""

    id: UUID
    name: str
    token_prefix: str
    scopes: list[Scope] | None
    expires_at: Instant | None
    created_at: Instant
    last_used_at: Instant | None
    last_used_ip: str | None
    last_used_client: str | None


class CreatedCamelTokenItem(CamelTokenItem, rename="camel"):
    """`token` is null, and `code` says why, when this is told again under the same Idempotency-Key."""

    token: str | None
    code: str | msgspec.UnsetType = msgspec.UNSET


class Shown(Enum):
    """What an endpoint shows."""

    ONE = "one"
    LIST = "list"
    MINTED = "minted"


class Shape(NamedTuple):
    """The type of an answer, and how it is made."""

    answer: Any
    show: Callable[[Any], object]


def token_item(token: Token) -> TokenItem:
    return TokenItem(*_shown(token))


def camel_token_item(token: Token) -> CamelTokenItem:
    return CamelTokenItem(*_shown(token))


def created_token_item(minted: MintedToken) -> CreatedTokenItem:
    return CreatedTokenItem(**msgspec.structs.asdict(token_item(minted.token)), token=minted.secret)


def created_camel_token_item(minted: MintedToken) -> CreatedCamelTokenItem:
    shown = msgspec.structs.asdict(camel_token_item(minted.token))
    return CreatedCamelTokenItem(**shown, token=minted.secret)


def without_secret(created: CreatedTokenItem | CreatedCamelTokenItem, _actor: Actor) -> object:
    """What is kept of the answer, and told again (F-7)."""
    return msgspec.structs.replace(created, token=None, code="secret_already_shown")


SNAKE: Mapping[Shown, Shape] = {
    Shown.ONE: Shape(TokenItem, token_item),
    Shown.LIST: Shape(list[TokenItem], lambda found: [token_item(token) for token in found]),
    Shown.MINTED: Shape(CreatedTokenItem, created_token_item),
}
CAMEL: Mapping[Shown, Shape] = {
    Shown.ONE: Shape(CamelTokenItem, camel_token_item),
    Shown.LIST: Shape(list[CamelTokenItem], lambda found: [camel_token_item(token) for token in found]),
    Shown.MINTED: Shape(CreatedCamelTokenItem, created_camel_token_item),
}


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
        token.last_used_ip,
        token.last_used_client,
    )
