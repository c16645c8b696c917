"""The background verb that shortens the feed; the log itself stays."""

from datetime import timedelta

from sqlalchemy import bindparam, delete

from lacewing.events import feed_queries
from lacewing.events.feed_tables import event_feed
from lacewing.kit.ids import first_id_at
from lacewing.storage import Database, Statement, Transaction

KEPT_FOR = timedelta(days=3)
KEPT_AT_MOST = timedelta(days=30)
FORGOTTEN_AT_ONCE = 1000

_FORGET = Statement(delete(event_feed).where(event_feed.c.sequence <= bindparam("last")), int)


async def forget_old_feed(db: Database) -> None:
    """What all listeners have heard, after three days; after thirty whoever lags behind has lost it.

    In bounded steps; a read where there is nothing to forget. Raises UNAVAILABLE.
    """
    while (last := await db.read(_last_to_forget)) is not None:
        await db.write(lambda tx, last=last: _FORGET.run(tx, last=last))  # type: ignore[misc]


def _last_to_forget(tx: Transaction) -> int | None:
    heard = feed_queries.heard_by_all(tx) or 0
    horizon, limit = (first_id_at(tx.now - kept) for kept in (KEPT_FOR, KEPT_AT_MOST))
    last = None
    for sequence, event_id in feed_queries.oldest(tx, FORGOTTEN_AT_ONCE):
        if event_id >= (horizon if sequence <= heard else limit):
            break
        last = sequence
    return last
