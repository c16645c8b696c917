"""The verbs on a person's own sessions (K-3)."""

from dataclasses import replace
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.credentials import queries
from lacewing.credentials.rows import SessionRow
from lacewing.credentials.session_steps import end_all_sessions, end_session
from lacewing.credentials.values import Session
from lacewing.events import EventKind
from lacewing.kit.errors import not_found, unauthenticated
from lacewing.storage import Database, Transaction


async def list_sessions(db: Database, actor: Actor) -> list[Session]:
    """The caller's own live sessions, newest first. Raises FORBIDDEN for anything but a session."""
    person = actor.require_self(Permission.ACCOUNT_WRITE)
    rows = await db.read(lambda tx: queries.sessions_of_person(tx, person.id))
    return [_session(row, actor.credential_id) for row in rows]


async def end_own_session(db: Database, actor: Actor, session_id: UUID) -> None:
    """Ends one of the caller's own. To end the very one that asks is to log out: it needs no fresh proof.

    Raises FORBIDDEN, NOT_FOUND.
    """
    person = actor.require_self(Permission.ACCOUNT_WRITE)
    if session_id != actor.credential_id:
        actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    await db.write(lambda tx: _end(tx, actor, session_id, person.id))


async def end_other_sessions(db: Database, actor: Actor) -> None:
    """Ends all of the caller's but the one that asks. Raises FORBIDDEN, UNAUTHENTICATED."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    await db.write(lambda tx: _end_others(tx, actor, person.id))


def _end(tx: Transaction, actor: Actor, session_id: UUID, person_id: UUID) -> None:
    if not end_session(tx, session_id, "ended by its owner", of=person_id):
        raise not_found("Session")
    events.append(tx, events.by_actor(EventKind.SESSION_ENDED, actor, subject_id=session_id))


def _end_others(tx: Transaction, actor: Actor, person_id: UUID) -> None:
    ended = end_all_sessions(tx, person_id, "ended by its owner", but=actor.credential_id)
    if not queries.lock_session(tx, actor.credential_id):
        raise unauthenticated("invalid_token", "Your session has ended. Log in again.")
    event = events.by_actor(EventKind.SESSION_ENDED, actor)
    events.append_many(tx, [replace(event, subject_id=each) for each in ended])


def _session(row: SessionRow, current: UUID) -> Session:
    seen = row.last_seen_at or row.created_at
    return Session(
        row.id, row.ip, row.user_agent, row.created_at, seen, row.expires_at, is_current=row.id == current
    )
