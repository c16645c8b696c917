"""The verbs that put a new publishable key in the place of an old one."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from lacewing.access.actor import Actor, Place
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import not_found
from lacewing.kit.ids import new_id
from lacewing.projects import keys, queries
from lacewing.projects.read_projects import get_project
from lacewing.projects.tables import publishable_keys
from lacewing.projects.values import NewKey, Project, PublishableKey
from lacewing.storage import Database, Transaction


async def rotate_key(
    db: Database, actor: Actor, project_id: UUID, key_id: UUID, grace: timedelta = timedelta(0)
) -> PublishableKey:
    """A new key of the same settings; the old one ends at once, or at the end of `grace` (at most a day).

    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `key_rotated`, `too_many_keys`.
    """
    place = await keys.writable_place(db, actor, project_id)
    _check(grace)
    return await db.write(lambda tx: _rotate(tx, actor, place, key_id, grace))


async def rotate_primary_key(
    db: Database, actor: Actor, project_id: UUID, grace: timedelta = timedelta(0)
) -> Project:
    """The same for the project's primary key; the project tells the new one. Raises the same."""
    place = await keys.writable_place(db, actor, project_id)
    _check(grace)
    live = await db.read(lambda tx: queries.live_keys(tx, place))
    primary = next((key for key in live if key.is_primary), None)
    if primary is None:
        raise not_found("Key")
    await db.write(lambda tx: _rotate(tx, actor, place, primary.id, grace))
    return await get_project(db, actor, project_id)


def _check(grace: timedelta) -> None:
    checks = Checks()
    if not timedelta(0) <= grace <= keys.LONGEST_GRACE:
        most = round(keys.LONGEST_GRACE.total_seconds())
        checks.refuse("grace_seconds", f"must be from 0 to {most}", "out_of_range")
    checks.finish()


def _rotate(tx: Transaction, actor: Actor, place: Place, key_id: UUID, grace: timedelta) -> PublishableKey:
    keys.take_turns(tx, place)
    if grace:
        keys.require_room(tx, place)
    old, successor_id = keys.the_live(tx, place, key_id), new_id()
    ends = {"expires_at": tx.now + grace} if grace else {"revoked_at": tx.now}
    retired = (
        update(publishable_keys)
        .where(keys.is_live(tx, place, key_id), publishable_keys.c.successor_id.is_(None))
        .values(is_primary=False, successor_id=successor_id, **ends)
    )
    if tx.execute(retired).rowcount == 0:
        raise keys.missing(tx, place, key_id)
    new = NewKey(old.label, tuple(old.allowed_origins), old.require_origin, old.daily_quota)
    keys.add_key(tx, place, new, successor_id, is_primary=old.is_primary, is_enabled=old.is_enabled)
    told = {"successor": str(successor_id), "grace_seconds": str(round(grace.total_seconds()))}
    keys.record(tx, EventKind.KEY_ROTATED, actor, place, key_id, **told)
    return keys.the_live(tx, place, successor_id)
