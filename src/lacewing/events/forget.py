"""The step that ends an organization's part of the log, once the organization is gone."""

from uuid import UUID

from sqlalchemy import delete, select

from lacewing.events.tables import events
from lacewing.events.values import EventKind
from lacewing.storage import Transaction


def forget_some_events(tx: Transaction, organization_id: UUID, count: int) -> int:
    """At most `count`; that it was deleted, and by whom, is kept."""
    its = (events.c.organization_id == organization_id, events.c.kind != EventKind.ORGANIZATION_DELETED)
    some = select(events.c.id).where(*its).limit(count)
    return tx.execute(delete(events).where(events.c.id.in_(some))).rowcount
