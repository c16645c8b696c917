"""Durable listeners: each hears every event of the feed once, however many processes try."""

from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy import bindparam, update

from lacewing.events import feed_queries
from lacewing.events.feed import read_feed
from lacewing.events.feed_tables import event_positions
from lacewing.events.feed_values import FedEvent, FeedPage
from lacewing.storage import Database, Statement, Transaction, upsert

AT_ONCE = 200

Step = Callable[[Transaction], None]

_BEGIN = Statement(upsert(event_positions).on_conflict_do_nothing(), int)
_ADVANCE = Statement(
    update(event_positions)
    .where(
        event_positions.c.name == bindparam("its_name"), event_positions.c.sequence == bindparam("expected")
    )
    .values(sequence=bindparam("through")),
    int,
)


class Listener(Protocol):
    """`name` is what its position is kept by: another name hears everything anew."""

    name: str

    async def hear(self, heard: Sequence[FedEvent]) -> Step:
        """Reads and renders what it needs; the step that it returns runs in the unit that advances its
        position: both are stored, or neither. It may be asked again, also by another process.
        """
        ...


async def follow(db: Database, listener: Listener) -> int:
    """One batch: how many places it went on; 0 if there was nothing, or another process was quicker.

    Raises what the listener raises; UNAVAILABLE.
    """
    after, page = await db.read(lambda tx: _next(tx, listener.name))
    if page.through == after:
        return 0
    step = await listener.hear(page.heard)
    return await db.write(lambda tx: _advance(tx, listener.name, after, page.through, step))


def _next(tx: Transaction, name: str) -> tuple[int, FeedPage]:
    after = feed_queries.position(tx, name)
    return after, read_feed(tx, after, AT_ONCE)


def _advance(tx: Transaction, name: str, after: int, through: int, step: Step) -> int:
    _BEGIN.run(tx, name=name, sequence=0)
    if _ADVANCE.run(tx, its_name=name, expected=after, through=through) == 0:
        return 0
    step(tx)
    return through - after
