"""The feed: the log in one order, for who reads on from where it was.

Ids tell when an event happened by the clock of its process, and transactions end in another order than they
begin: who reads on by ids would miss what is committed late. So events arrive, and are given their place when
they can be seen.
"""

from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from lacewing.events import feed_queries
from lacewing.events.feed_queries import WRITTEN
from lacewing.events.feed_tables import event_arrivals, event_feed, event_positions
from lacewing.events.feed_values import FedEvent, FeedPage
from lacewing.storage import Database, Statement, Transaction

AT_ONCE = 1000

_ARRIVE = Statement(insert(event_arrivals).values(event_id=bindparam("event_id")).inline(), int)
_PLACE = Statement(insert(event_feed), int)
_LEAVE = Statement(delete(event_arrivals).where(event_arrivals.c.position == bindparam("its_position")), int)
_MINE = event_positions.c.name == WRITTEN
# Who would have to wait for another process does not: it goes by what that one tells when it is done.
_HOLD = Statement(select(event_positions.c.sequence).where(_MINE).with_for_update(skip_locked=True), int)
_ADVANCE = Statement(update(event_positions).where(_MINE).values(sequence=bindparam("last")), int)


def arrive(tx: Transaction, event_ids: list[UUID]) -> None:
    """The step that hands events of this unit to the feed."""
    _ARRIVE.run_many(tx, [{"event_id": event_id} for event_id in event_ids])
    tx.announce()


async def order_arrivals(db: Database) -> int:
    """Gives places to a bounded number of those that have arrived: how many; 0 also while another process
    does so. Raises UNAVAILABLE.
    """
    if not await db.read(lambda tx: feed_queries.arrivals(tx, 1)):
        return 0
    return await db.write(_order_some)


def read_feed(tx: Transaction, after: int, count: int) -> FeedPage:
    """What follows `after`, at most `count` places."""
    through = min(feed_queries.position(tx, WRITTEN), after + count)
    if through <= after:
        return FeedPage((), after)
    told = feed_queries.fed(tx, after, through)
    return FeedPage(tuple(FedEvent(sequence, event) for sequence, event in told), through)


def newest_sequence(tx: Transaction) -> int:
    """0 before the first."""
    return feed_queries.position(tx, WRITTEN)


def oldest_sequence(tx: Transaction) -> int:
    """What is before it is forgotten: who read less than that has missed something."""
    first = feed_queries.first(tx)
    return newest_sequence(tx) + 1 if first is None else first


def _order_some(tx: Transaction) -> int:
    last = _HOLD.one(tx)
    arrived = [] if last is None else feed_queries.arrivals(tx, AT_ONCE)
    if last is None or not arrived:
        return 0
    placed = enumerate((event_id for _, event_id in arrived), start=last + 1)
    _PLACE.run_many(tx, [{"sequence": sequence, "event_id": event_id} for sequence, event_id in placed])
    _LEAVE.run_many(tx, [{"its_position": position} for position, _ in arrived])
    _ADVANCE.run(tx, last=last + len(arrived))
    tx.announce()
    return len(arrived)
