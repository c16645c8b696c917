"""What is done to the queue from time to time, by any process."""

from datetime import timedelta

from sqlalchemy import bindparam, delete, select, update

from lacewing.jobs import queries
from lacewing.jobs.tables import is_alive, jobs
from lacewing.storage import Database, Statement, Transaction
from lacewing.storage.types import Instant

KEPT_FOR = timedelta(days=30)
FORGOTTEN_AT_ONCE = 500
SKEW = timedelta(minutes=1)

_SOME = queries.FORGETTABLE.limit(FORGOTTEN_AT_ONCE).with_for_update(skip_locked=True).cte("some")
_FORGET = Statement(delete(jobs).where(jobs.c.id.in_(select(_SOME.c.id))), int)
_NOW = bindparam("now", type_=Instant())
_SET_ANEW = Statement(
    update(jobs)
    .where(is_alive(jobs), jobs.c.set_at > bindparam("horizon", type_=Instant()))
    .values(due_at=_NOW + (jobs.c.due_at - jobs.c.set_at), set_at=_NOW),
    int,
)


async def forget_failed_jobs(db: Database) -> None:
    """Those given up long ago; in bounded steps, a read where there are none. Raises UNAVAILABLE."""
    while await db.read(lambda tx: queries.has_forgettable(tx, tx.now - KEPT_FOR)):
        if await db.write(_forget_some) == 0:
            return


async def mend_after_clock_jump(db: Database) -> int:
    """What was put off by a clock that has been set back since waits as long from now. Raises UNAVAILABLE."""
    return await db.write(_set_anew, is_alone=True)


def _set_anew(tx: Transaction) -> int:
    tx.announce()
    return _SET_ANEW.run(tx, now=tx.now, horizon=tx.now + SKEW)


def _forget_some(tx: Transaction) -> int:
    return _FORGET.run(tx, horizon=tx.now - KEPT_FOR)
