"""The verbs that end a token: the next use, in any process, is refused (C-1). The row stays."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, true, update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.credentials.schemes import require_token
from lacewing.credentials.tables import tokens
from lacewing.events import EventKind
from lacewing.kit.errors import not_found
from lacewing.projects import get_project
from lacewing.storage import Database, Transaction


async def revoke_token(db: Database, actor: Actor, token_id: UUID) -> None:
    """One of the caller's own. Raises NOT_FOUND, FORBIDDEN."""
    person = actor.require_self(Permission.TOKENS_WRITE)
    await db.write(lambda tx: _revoke(tx, actor, token_id, tokens.c.person_id == person.id))


async def revoke_own_token(db: Database, actor: Actor) -> None:
    """The very token that asks ends itself, whatever its scopes (C-2). Raises FORBIDDEN, NOT_FOUND."""
    require_token(actor)
    await db.write(lambda tx: _revoke(tx, actor, actor.credential_id, true()))


async def revoke_project_token(db: Database, actor: Actor, project_id: UUID, token_id: UUID) -> None:
    """Raises NOT_FOUND, FORBIDDEN."""
    place = (await get_project(db, actor, project_id, Permission.TOKENS_WRITE)).place
    of_project = and_(tokens.c.organization_id == place.organization_id, tokens.c.project_id == project_id)
    await db.write(lambda tx: _revoke(tx, actor, token_id, of_project))


def _revoke(tx: Transaction, actor: Actor, token_id: UUID, owned: ColumnElement[bool]) -> None:
    """What has ended is not there: who loses a race to a rotation must not believe that it won.

    A rotation without grace that this unit had to wait for is later than `tx.now`, and ends it all the same.
    """
    is_there = and_(
        tokens.c.revoked_at.is_(None),
        or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > tx.now),
        or_(tokens.c.rotated_at.is_(None), tokens.c.expires_at > tokens.c.rotated_at),
    )
    revoked = tx.execute(
        update(tokens)
        .where(tokens.c.id == token_id, owned, is_there)
        .values(
            revoked_at=tx.now,
            revoked_by=actor.person.id if actor.person else None,
            revoked_because="revoked by its owner",
        )
        .returning(tokens.c.name, tokens.c.organization_id, tokens.c.project_id)
    ).first()
    if revoked is None:
        raise not_found("Token")
    event = events.by_actor(
        EventKind.TOKEN_REVOKED,
        actor,
        organization_id=revoked.organization_id,
        project_id=revoked.project_id,
        subject_id=token_id,
        data={"name": revoked.name},
    )
    events.append(tx, event)
