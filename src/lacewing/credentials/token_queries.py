"""Every SELECT of tokens that shows or holds them; `queries` looks them up."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from lacewing.accounts.tables import people
from lacewing.credentials.rows import (
    HeldToken,
    TokenRow,
)
from lacewing.credentials.tables import (
    sessions,
    tokens,
)
from lacewing.projects.tables import projects
from lacewing.storage import Statement, Transaction

_NOW = bindparam("now", type_=sessions.c.expires_at.type)
_DIGEST = bindparam("digest", type_=tokens.c.digest.type)
LIVE_PERSON = and_(people.c.id == tokens.c.person_id, people.c.disabled_at.is_(None))
LIVE_PROJECT = and_(projects.c.id == tokens.c.project_id, projects.c.deleted_at.is_(None))
HAS_OWNER = or_(people.c.id.is_not(None), projects.c.id.is_not(None))
_UNUSED_SINCE = bindparam("unused_since", type_=tokens.c.created_at.type)


def live_token() -> ColumnElement[bool]:
    """Not revoked, not expired, and not forgotten for a year (C-10)."""
    return and_(
        tokens.c.revoked_at.is_(None),
        or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > _NOW),
        func.coalesce(tokens.c.last_used_at, tokens.c.created_at) > _UNUSED_SINCE,
    )


_SHOWN = select(
    tokens.c.id,
    tokens.c.kind,
    tokens.c.name,
    tokens.c.prefix,
    tokens.c.scopes,
    tokens.c.expires_at,
    tokens.c.created_at,
    tokens.c.last_used_at,
    tokens.c.last_used_ip,
    tokens.c.last_used_client,
)
_TOKEN_BY_ID = Statement(_SHOWN.where(tokens.c.id == bindparam("token_id")), TokenRow)
_LIVE_TOKENS = _SHOWN.where(live_token()).order_by(tokens.c.id.desc())
_TOKENS_OF_PERSON = Statement(_LIVE_TOKENS.where(tokens.c.person_id == bindparam("person_id")), TokenRow)
_TOKENS_OF_PROJECT = Statement(
    _LIVE_TOKENS.where(
        tokens.c.organization_id == bindparam("organization_id"),
        tokens.c.project_id == bindparam("project_id"),
    ),
    TokenRow,
)
_HELD = (
    select(
        tokens.c.id,
        tokens.c.kind,
        tokens.c.name,
        tokens.c.prefix,
        tokens.c.scopes,
        tokens.c.person_id,
        tokens.c.organization_id,
        tokens.c.project_id,
        tokens.c.created_by,
        tokens.c.family_id,
        tokens.c.created_at,
        tokens.c.expires_at,
        tokens.c.would_expire_at,
        tokens.c.rotated_at,
        tokens.c.replaced_by,
        HAS_OWNER,
    )
    .outerjoin_from(tokens, people, LIVE_PERSON)
    .outerjoin(projects, LIVE_PROJECT)
    .with_for_update(of=tokens)
)
_HELD_BY_ID = Statement(_HELD.where(tokens.c.id == bindparam("token_id"), live_token()), HeldToken)
_HELD_IN_ANY_CASE = Statement(_HELD.where(tokens.c.id == bindparam("token_id")), HeldToken)
_HELD_BY_DIGEST = Statement(_HELD.where(tokens.c.digest == _DIGEST, tokens.c.revoked_at.is_(None)), HeldToken)
_REUSED = Statement(
    select(tokens.c.id).where(
        tokens.c.digest == _DIGEST,
        tokens.c.rotated_at < bindparam("rotated_before", type_=tokens.c.rotated_at.type),
        tokens.c.expires_at <= _NOW,
        tokens.c.revoked_at.is_(None),
        tokens.c.reuse_told_at.is_(None),
    ),
    lambda token_id: token_id,
)


def tokens_of_person(tx: Transaction, person_id: UUID, unused_since: datetime) -> list[TokenRow]:
    return _TOKENS_OF_PERSON.all(tx, person_id=person_id, now=tx.now, unused_since=unused_since)


def tokens_of_project(
    tx: Transaction, organization_id: UUID, project_id: UUID, unused_since: datetime
) -> list[TokenRow]:
    return _TOKENS_OF_PROJECT.all(
        tx, organization_id=organization_id, project_id=project_id, now=tx.now, unused_since=unused_since
    )


def hold_live_token(tx: Transaction, token_id: UUID, unused_since: datetime) -> HeldToken | None:
    return _HELD_BY_ID.one(tx, token_id=token_id, now=tx.now, unused_since=unused_since)


def hold_token(tx: Transaction, digest: bytes) -> HeldToken | None:
    """Unless it was revoked; one that has ended too."""
    return _HELD_BY_DIGEST.one(tx, digest=digest)


def held_token(tx: Transaction, token_id: UUID) -> HeldToken:
    """One that is there for certain."""
    return _HELD_IN_ANY_CASE.the(tx, token_id=token_id)


def reused_token(tx: Transaction, digest: bytes, rotated_before: datetime) -> UUID | None:
    """A token that was rotated out and has ended, of whose use nobody was told yet."""
    return _REUSED.one(tx, digest=digest, rotated_before=rotated_before, now=tx.now)


def token_by_id(tx: Transaction, token_id: UUID) -> TokenRow:
    """The token of an actor: it is there for certain."""
    return _TOKEN_BY_ID.the(tx, token_id=token_id)
