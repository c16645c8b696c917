"""The verb by which a person changes what the account says of it."""

from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts.people import change_person, lock_person, profile
from lacewing.accounts.values import Profile, ProfileChange
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.storage import Database, Transaction

LONGEST_NAME = 255


async def change_profile(db: Database, actor: Actor, change: ProfileChange) -> Profile:
    """Through a fresh session alone (contract A5). Raises INVALID, FORBIDDEN (`reauth_required` too)."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    checks = Checks()
    if "name" in change:
        checks.text("name", change["name"], shortest=1, longest=LONGEST_NAME)
    checks.finish()
    return await db.write(lambda tx: _change(tx, actor, person.id, change))


def _change(tx: Transaction, actor: Actor, person_id: UUID, change: ProfileChange) -> Profile:
    current = lock_person(tx, person_id).profile
    notices = {**current.notices, **change.get("notices", {})}
    values: dict[str, object] = {}
    if change.get("name", current.name) != current.name:
        values["name"] = change["name"]
    if notices != current.notices:
        values["notification_preferences"] = notices
    if not values:
        return current
    change_person(tx, person_id, values)
    changed = {"changed": " ".join(sorted(values))}
    events.append(tx, events.by_actor(EventKind.ACCOUNT_CHANGED, actor, subject_id=person_id, data=changed))
    return profile(tx, person_id)
