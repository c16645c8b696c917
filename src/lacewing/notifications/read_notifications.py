"""The verbs of a person's own list."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.errors import FieldError, invalid
from lacewing.notifications import queries
from lacewing.notifications.tables import notifications
from lacewing.notifications.values import NotificationPage, Unread
from lacewing.storage import Database, Transaction

LARGEST_PAGE = 100
MOST_READ_AT_ONCE = 500


async def list_notifications(
    db: Database, actor: Actor, cursor: UUID | None, size: int, *, only_unread: bool = False
) -> NotificationPage:
    """Of the live projects that the actor may read. Raises FORBIDDEN."""
    person = actor.require_self(Permission.REPORTS_READ)
    reach = actor.projects_with(Permission.REPORTS_READ)
    found = await db.read(
        lambda tx: queries.newest(tx, person.id, reach, cursor, size + 1, only_unread=only_unread)
    )
    items = tuple(found[:size])
    return NotificationPage(items, items[-1].id if len(found) > size else None)


async def count_unread(db: Database, actor: Actor) -> Unread:
    """Up to a thousand. Raises FORBIDDEN."""
    person = actor.require_self(Permission.REPORTS_READ)
    reach = actor.projects_with(Permission.REPORTS_READ)
    count = await db.read(lambda tx: queries.count_unread(tx, person.id, reach))
    return Unread(min(count, queries.MOST_COUNTED), count > queries.MOST_COUNTED)


async def read_notifications(db: Database, actor: Actor, ids: Sequence[UUID] | None) -> int:
    """Marks those as read that are the person's, or all (None): how many were not.

    Raises FORBIDDEN, INVALID.
    """
    person = actor.require_self(Permission.REPORTS_READ)
    if ids is not None and not 1 <= len(ids) <= MOST_READ_AT_ONCE:
        raise invalid(FieldError("ids", f"must be 1 to {MOST_READ_AT_ONCE} ids, or all", "out_of_range"))
    return await db.write(lambda tx: _mark(tx, person.id, ids))


def _mark(tx: Transaction, person_id: UUID, ids: Sequence[UUID] | None) -> int:
    unread = (notifications.c.person_id == person_id, notifications.c.read_at.is_(None))
    statement = update(notifications).where(*unread)
    if ids is not None:
        statement = statement.where(notifications.c.event_id.in_(ids))
    return tx.execute(statement.values(read_at=tx.now)).rowcount
