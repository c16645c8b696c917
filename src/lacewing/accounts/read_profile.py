"""The verb behind `me`."""

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts.people import profile
from lacewing.accounts.values import Profile
from lacewing.storage import Database


async def read_profile(db: Database, actor: Actor) -> Profile:
    """The caller's own account. Raises FORBIDDEN for a credential with no person behind it."""
    person = actor.require_self(Permission.ACCOUNT_READ)
    return await db.read(lambda tx: profile(tx, person.id))
