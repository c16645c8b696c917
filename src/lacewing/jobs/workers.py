"""The steps by which workers are known to each other: who stops beating loses its jobs to the others.

A heartbeat is a count, not a time: how long it has stood still, each observer measures by its own clock.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, insert, update

from lacewing.jobs import queries
from lacewing.jobs.settle import advance
from lacewing.jobs.tables import is_in, job_workers, jobs
from lacewing.jobs.values import JobState, SeenWorker
from lacewing.storage import Statement, Transaction

# What ends its worker each time must not go round for ever.
MOST_CRASHES = 10
_CRASHED = f"{MOST_CRASHES} workers ended while they were at it"

_BEAT = Statement(
    update(job_workers).where(job_workers.c.id == bindparam("its_id")).values(beats=job_workers.c.beats + 1),
    int,
)


class ReapedError(Exception):
    """The others took this worker for dead: what it held is no longer its own."""


def join(tx: Transaction, worker_id: UUID) -> None:
    tx.execute(insert(job_workers).values(id=worker_id, beats=0, started_at=tx.now))


def beat(tx: Transaction, worker_id: UUID) -> None:
    """Raises ReapedError."""
    if _BEAT.run(tx, its_id=worker_id) == 0:
        raise ReapedError


def leave(tx: Transaction, worker_id: UUID) -> None:
    """What it held, others may have at once."""
    tx.execute(delete(job_workers).where(job_workers.c.id == worker_id))
    tx.execute(update(jobs).where(_held_by(worker_id)).values(state=JobState.WAITING, worker_id=None))
    tx.announce()


def reap(tx: Transaction, seen: SeenWorker) -> int:
    """Frees what the worker held; -1 if it has beaten since it was seen."""
    its_row = (job_workers.c.id == seen.id, job_workers.c.beats == seen.beats)
    if tx.execute(delete(job_workers).where(*its_row)).rowcount == 0:
        return -1
    given_up = _held_by(seen.id) & (jobs.c.crashes + 1 >= MOST_CRASHES)
    lanes = queries.lanes_running(tx, given_up)
    buried = {"state": JobState.DEAD, "dead_at": tx.now, "last_error": _CRASHED}
    once_more = {"worker_id": None, "crashes": jobs.c.crashes + 1}
    tx.execute(update(jobs).where(given_up).values(**buried, **once_more))
    freed = update(jobs).where(_held_by(seen.id)).values(state=JobState.WAITING, **once_more)
    count = tx.execute(freed).rowcount
    advance(tx, lanes)
    tx.announce()
    return count


def _held_by(worker_id: UUID) -> ColumnElement[bool]:
    return is_in(jobs, JobState.RUNNING) & (jobs.c.worker_id == worker_id)
