"""The verbs on personal and project tokens."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, true, update

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import (
    PROJECT_TOKEN_DEFAULT_SCOPES,
    CredentialKind,
    Permission,
    Scope,
    permissions_of_scopes,
)
from lacewing.credentials import queries
from lacewing.credentials.rows import TokenRow
from lacewing.credentials.schemes import BEARER_KINDS, PERSONAL_KINDS, PREFIXES, shown_part
from lacewing.credentials.tables import tokens
from lacewing.credentials.values import MintedToken, NewToken, Token, Vault
from lacewing.events import EventKind
from lacewing.kit import tokens as secrets
from lacewing.kit.checks import Checks
from lacewing.kit.errors import FieldError, forbidden, invalid, not_found
from lacewing.kit.ids import new_id
from lacewing.projects import get_project
from lacewing.storage import Database, Transaction

LONGEST_DAYS = 3650


async def create_token(db: Database, actor: Actor, vault: Vault, new: NewToken) -> MintedToken:
    """A token of the caller's own, never stronger than the credential that makes it (S-6).

    Raises INVALID, FORBIDDEN.
    """
    person = actor.require_self(Permission.TOKENS_WRITE)
    if new.kind not in PERSONAL_KINDS:
        raise invalid(FieldError("kind", "must be that of a personal token", "not_allowed"))
    _check(new, vault)
    _require_attenuation(actor, new, db.clock())
    return await db.write(lambda tx: _mint(tx, actor, vault, new, person_id=person.id, place=None))


async def create_project_token(
    db: Database, actor: Actor, vault: Vault, project_id: UUID, new: NewToken
) -> MintedToken:
    """A token that belongs to the project; it outlives its maker's membership (S-3).

    Raises INVALID, FORBIDDEN, NOT_FOUND.
    """
    place = (await get_project(db, actor, project_id, Permission.TOKENS_WRITE)).place
    scopes = PROJECT_TOKEN_DEFAULT_SCOPES if new.scopes is None else new.scopes
    new = replace(new, kind=CredentialKind.PROJECT_TOKEN, scopes=scopes)
    _check(new, vault)
    _require_attenuation(actor, new, db.clock())
    return await db.write(lambda tx: _mint(tx, actor, vault, new, person_id=None, place=place))


async def list_tokens(db: Database, actor: Actor) -> list[Token]:
    """The caller's own live tokens, newest first, without their secrets. Raises FORBIDDEN."""
    person = actor.require_self(Permission.TOKENS_READ)
    rows = await db.read(lambda tx: queries.tokens_of_person(tx, person.id))
    return [_token(row) for row in rows]


async def list_project_tokens(db: Database, actor: Actor, project_id: UUID) -> list[Token]:
    """Raises FORBIDDEN, NOT_FOUND."""
    place = (await get_project(db, actor, project_id, Permission.TOKENS_READ)).place
    rows = await db.read(lambda tx: queries.tokens_of_project(tx, place.organization_id, project_id))
    return [_token(row) for row in rows]


async def revoke_token(db: Database, actor: Actor, token_id: UUID) -> None:
    """The next use, in any process, is refused (C-1). Raises NOT_FOUND, FORBIDDEN."""
    person = actor.require_self(Permission.TOKENS_WRITE)
    await db.write(lambda tx: _revoke(tx, actor, token_id, tokens.c.person_id == person.id))


async def read_own_token(db: Database, actor: Actor) -> Token:
    """The very token that asks, whatever its scopes (C-2). Raises FORBIDDEN for what is no token."""
    _require_token(actor)
    return _token(await db.read(lambda tx: queries.token_by_id(tx, actor.credential_id)))


async def revoke_own_token(db: Database, actor: Actor) -> None:
    """The very token that asks ends itself, whatever its scopes (C-2). Raises FORBIDDEN, NOT_FOUND."""
    _require_token(actor)
    await db.write(lambda tx: _revoke(tx, actor, actor.credential_id, true()))


async def revoke_project_token(db: Database, actor: Actor, project_id: UUID, token_id: UUID) -> None:
    """Raises NOT_FOUND, FORBIDDEN."""
    place = (await get_project(db, actor, project_id, Permission.TOKENS_WRITE)).place
    of_project = and_(tokens.c.organization_id == place.organization_id, tokens.c.project_id == project_id)
    await db.write(lambda tx: _revoke(tx, actor, token_id, of_project))


def _require_token(actor: Actor) -> None:
    if actor.kind not in BEARER_KINDS:
        raise forbidden("credential_not_allowed", "Only a token can ask about itself.")


def _check(new: NewToken, vault: Vault) -> None:
    checks = Checks()
    checks.text("name", new.name, shortest=1, longest=255)
    days = new.expires_in_days
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        checks.refuse("expires_in_days", f"must be from 1 to {LONGEST_DAYS}", "out_of_range")
    if vault.max_token_days and (days is None or days > vault.max_token_days):
        checks.refuse("expires_in_days", f"must be at most {vault.max_token_days}", "beyond_policy")
    checks.finish()


def _require_attenuation(actor: Actor, new: NewToken, now: datetime) -> None:
    if not permissions_of_scopes(new.scopes) <= actor.scoped_to:
        raise forbidden("exceeds_own_rights", "A token can only make tokens with scopes of its own.")
    if actor.expires_at is None:
        return
    if new.expires_in_days is None or now + timedelta(days=new.expires_in_days) > actor.expires_at:
        raise forbidden("exceeds_own_lifetime", "A token can only make tokens that end before it does.")


def _mint(
    tx: Transaction,
    actor: Actor,
    vault: Vault,
    new: NewToken,
    *,
    person_id: UUID | None,
    place: Place | None,
) -> MintedToken:
    secret = secrets.mint(PREFIXES[new.kind])
    digest = vault.ring.digest(secret)
    expires_at = None if new.expires_in_days is None else tx.now + timedelta(days=new.expires_in_days)
    token_id = new_id()
    token = Token(
        token_id, new.kind, new.name, shown_part(new.kind, secret), new.scopes, expires_at, tx.now, None
    )
    tx.execute(
        insert(tokens).values(
            id=token_id,
            kind=new.kind,
            digest=digest.value,
            kid=digest.kid,
            name=new.name,
            prefix=token.prefix,
            person_id=person_id,
            organization_id=place.organization_id if place else None,
            project_id=place.project_id if place else None,
            created_by=_maker(actor),
            family_id=token_id,
            scopes=None if new.scopes is None else sorted(new.scopes),
            expires_at=expires_at,
            created_at=tx.now,
        )
    )
    _record(tx, EventKind.TOKEN_CREATED, actor, token_id, place)
    return MintedToken(token, secret)


def _maker(actor: Actor) -> UUID:
    if actor.person is None:
        raise forbidden("credential_not_allowed", "A project token can not make tokens.")
    return actor.person.id


def _revoke(tx: Transaction, actor: Actor, token_id: UUID, owned: ColumnElement[bool]) -> None:
    revoked = tx.execute(
        update(tokens)
        .where(tokens.c.id == token_id, owned, tokens.c.revoked_at.is_(None))
        .values(
            revoked_at=tx.now,
            revoked_by=actor.person.id if actor.person else None,
            revoked_because="revoked by its owner",
        )
    )
    if revoked.rowcount == 0:
        raise not_found("Token")
    _record(tx, EventKind.TOKEN_REVOKED, actor, token_id, None)


def _record(tx: Transaction, kind: EventKind, actor: Actor, token_id: UUID, place: Place | None) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=place.organization_id if place else None,
        project_id=place.project_id if place else None,
        subject_id=token_id,
    )
    events.append(tx, event)


def _token(row: TokenRow) -> Token:
    scopes = None if row.scopes is None else frozenset(Scope(scope) for scope in row.scopes)
    return Token(
        row.id,
        row.kind,
        row.name,
        row.prefix,
        scopes,
        row.expires_at,
        row.created_at,
        row.last_used_at,
    )
