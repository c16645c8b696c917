"""The verbs that read the log (U-2). None changes it."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import queries
from lacewing.events.queries import Owner
from lacewing.events.values import EventFilter, EventPage
from lacewing.storage import Database

LARGEST_PAGE = 100
LARGEST_EXPORT = 10_000


async def list_own_events(db: Database, actor: Actor, wanted: EventFilter, size: int) -> EventPage:
    """What the person did, and what was done to its account. Raises FORBIDDEN."""
    person = actor.require_self(Permission.EVENTS_READ)
    return await _page(db, Owner.PERSON, person.id, wanted, size)


async def list_organization_events(
    db: Database, actor: Actor, organization_id: UUID, wanted: EventFilter, size: int
) -> EventPage:
    """What happened in the organization; its people's own accounts are no matter of it.

    Raises NOT_FOUND, FORBIDDEN.
    """
    actor.require_in_organization(Permission.EVENTS_READ, organization_id)
    return await _page(db, Owner.ORGANIZATION, organization_id, wanted, size)


async def _page(db: Database, owner: Owner, owner_id: UUID, wanted: EventFilter, size: int) -> EventPage:
    found = await db.read(
        lambda tx: queries.newest(tx, owner, owner_id, wanted, size + 1), is_long=size > LARGEST_PAGE
    )
    items = tuple(found[:size])
    return EventPage(items, items[-1].id if len(found) > size else None)
