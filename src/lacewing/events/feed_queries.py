"""Every SELECT of the feed."""

from uuid import UUID

from sqlalchemy import bindparam, func, select

from lacewing.events.feed_tables import event_arrivals, event_feed, event_positions
from lacewing.events.queries import COLUMNS
from lacewing.events.tables import events
from lacewing.events.values import ToldEvent
from lacewing.storage import Statement, Transaction

WRITTEN = "feed"

_AT = Statement(
    select(event_positions.c.sequence).where(event_positions.c.name == bindparam("its_name")), int
)
_ARRIVED: Statement[tuple[int, UUID]] = Statement(
    select(event_arrivals.c.position, event_arrivals.c.event_id)
    .order_by(event_arrivals.c.position)
    .limit(bindparam("count")),
    lambda position, event_id: (position, event_id),
)
_FEED: Statement[tuple[int, ToldEvent]] = Statement(
    select(event_feed.c.sequence, *COLUMNS)
    .join(events, events.c.id == event_feed.c.event_id)
    .where(event_feed.c.sequence > bindparam("after"), event_feed.c.sequence <= bindparam("through"))
    .order_by(event_feed.c.sequence),
    lambda sequence, *told: (sequence, ToldEvent(*told)),
)
_FIRST = Statement(select(func.min(event_feed.c.sequence)), lambda sequence: sequence)
_HEARD = Statement(
    select(func.min(event_positions.c.sequence)).where(event_positions.c.name != WRITTEN),
    lambda sequence: sequence,
)
_HEAD: Statement[tuple[int, UUID]] = Statement(
    select(event_feed.c.sequence, event_feed.c.event_id)
    .order_by(event_feed.c.sequence)
    .limit(bindparam("count")),
    lambda sequence, event_id: (sequence, event_id),
)


def position(tx: Transaction, name: str) -> int:
    """How far the listener has heard; 0 if it has heard nothing yet."""
    return _AT.one(tx, its_name=name) or 0


def arrivals(tx: Transaction, count: int) -> list[tuple[int, UUID]]:
    return _ARRIVED.all(tx, count=count)


def fed(tx: Transaction, after: int, through: int) -> list[tuple[int, ToldEvent]]:
    """Those that are still in the log."""
    return _FEED.all(tx, after=after, through=through)


def first(tx: Transaction) -> int | None:
    return _FIRST.one(tx)


def heard_by_all(tx: Transaction) -> int | None:
    return _HEARD.one(tx)


def oldest(tx: Transaction, count: int) -> list[tuple[int, UUID]]:
    return _HEAD.all(tx, count=count)
