"""The verbs that add, change and end publishable keys."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import update

from lacewing.access.actor import Actor, Place
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import conflict
from lacewing.kit.ids import new_id
from lacewing.projects import keys, queries
from lacewing.projects.tables import publishable_keys
from lacewing.projects.values import KeyChange, NewKey, PublishableKey
from lacewing.storage import Database, Transaction


async def create_key(db: Database, actor: Actor, project_id: UUID, new: NewKey) -> PublishableKey:
    """Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `too_many_keys`."""
    place = await keys.writable_place(db, actor, project_id)
    checks = Checks()
    keys.check_settings(checks, new.label, new.daily_quota)
    new = replace(new, allowed_origins=keys.checked_origins(checks, new.allowed_origins))
    checks.finish()
    return await db.write(lambda tx: _create(tx, actor, place, new))


async def change_key(
    db: Database, actor: Actor, project_id: UUID, key_id: UUID, change: KeyChange
) -> PublishableKey:
    """Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `key_rotated`."""
    place = await keys.writable_place(db, actor, project_id)
    values = _checked(change)
    return await db.write(lambda tx: _change(tx, actor, place, key_id, values))


async def delete_key(db: Database, actor: Actor, project_id: UUID, key_id: UUID) -> None:
    """The next use, in any process, is refused. Raises NOT_FOUND, FORBIDDEN, CONFLICT `primary_key`."""
    place = await keys.writable_place(db, actor, project_id)
    await db.write(lambda tx: _delete(tx, actor, place, key_id))


def _create(tx: Transaction, actor: Actor, place: Place, new: NewKey) -> PublishableKey:
    keys.take_turns(tx, place)
    keys.require_room(tx, place)
    key_id = new_id()
    keys.add_key(tx, place, new, key_id)
    keys.record(tx, EventKind.KEY_CREATED, actor, place, key_id, label=new.label)
    return keys.the_live(tx, place, key_id)


def _checked(change: KeyChange) -> dict[str, object]:
    """The columns that change, with what they become."""
    checks = Checks()
    keys.check_settings(checks, change.label, change.daily_quota)
    values: dict[str, object] = {
        "label": change.label,
        "require_origin": change.require_origin,
        "daily_quota": change.daily_quota,
        "is_enabled": change.is_enabled,
        "is_primary": change.is_primary,
    }
    if change.allowed_origins is not None:
        values["allowed_origins"] = list(keys.checked_origins(checks, change.allowed_origins))
    if change.is_primary is False:
        checks.refuse("is_primary", "must be true: another key is made primary instead", "not_allowed")
    values = {name: value for name, value in values.items() if value is not None}
    if change.removes_quota:
        values["daily_quota"] = None
    if not values:
        checks.refuse("", "At least one field must be given", "blank")
    checks.finish()
    return values


def _change(
    tx: Transaction, actor: Actor, place: Place, key_id: UUID, values: dict[str, object]
) -> PublishableKey:
    keys.take_turns(tx, place)
    if "is_primary" in values:
        _make_room_for_primary(tx, place, key_id)
    changed = update(publishable_keys).where(keys.is_live(tx, place, key_id)).values(values)
    if tx.execute(changed).rowcount == 0:
        raise keys.missing(tx, place, key_id)
    keys.record(tx, EventKind.KEY_CHANGED, actor, place, key_id, changed=" ".join(sorted(values)))
    return keys.the_live(tx, place, key_id)


def _make_room_for_primary(tx: Transaction, place: Place, key_id: UUID) -> None:
    if queries.was_rotated(tx, place, key_id):
        raise keys.missing(tx, place, key_id)
    tx.execute(
        update(publishable_keys)
        .where(
            publishable_keys.c.organization_id == place.organization_id,
            publishable_keys.c.project_id == place.project_id,
            publishable_keys.c.is_primary.is_(True),
            publishable_keys.c.revoked_at.is_(None),
            publishable_keys.c.id != key_id,
        )
        .values(is_primary=False)
    )


def _delete(tx: Transaction, actor: Actor, place: Place, key_id: UUID) -> None:
    keys.take_turns(tx, place)
    ended = (
        update(publishable_keys)
        .where(keys.is_live(tx, place, key_id), publishable_keys.c.is_primary.is_(False))
        .values(revoked_at=tx.now)
    )
    if tx.execute(ended).rowcount == 0:
        keys.the_live(tx, place, key_id)
        raise conflict("primary_key", "The primary key can not be deleted. Make another one primary first.")
    keys.record(tx, EventKind.KEY_REVOKED, actor, place, key_id)
