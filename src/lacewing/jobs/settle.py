"""The step that ends an attempt, with what its handler wants to be stored along with that."""

import random
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update

from lacewing.jobs.tables import is_in, jobs
from lacewing.jobs.values import Job, JobState, Outcome, Verdict
from lacewing.storage import Statement, Transaction

JITTER = 0.1

_HELD = (jobs.c.id == bindparam("its_id"), jobs.c.worker_id == bindparam("its_worker"))
_DONE = Statement(delete(jobs).where(*_HELD), int)


class LostError(Exception):
    """The job is no longer this worker's: whoever has it now settles it."""


def settle(tx: Transaction, job: Job, outcome: Outcome, schedule: tuple[timedelta, ...]) -> datetime | None:
    """When it is due again, if it is. Raises LostError, and then nothing is stored."""
    due_at = _due_again(tx, job, outcome, schedule)
    if due_at is not None:
        _set(tx, job, outcome.error, state=JobState.WAITING, due_at=due_at, set_at=tx.now)
    elif outcome.verdict is Verdict.DONE:
        if _DONE.run(tx, its_id=job.id, its_worker=job.worker_id) == 0:
            raise LostError
    else:
        _set(tx, job, outcome.error, state=JobState.DEAD, dead_at=tx.now)
    if due_at is None and job.lane is not None:
        advance(tx, [job.lane])
    if outcome.step is not None:
        outcome.step(tx)
    return due_at


def let_go(tx: Transaction, worker_id: UUID, kept: Collection[UUID]) -> None:
    """All else that the worker holds, any worker may have at once."""
    its = (is_in(jobs, JobState.RUNNING), jobs.c.worker_id == worker_id, jobs.c.id.not_in(kept))
    tx.execute(update(jobs).where(*its).values(state=JobState.WAITING, worker_id=None))
    tx.announce()


def advance(tx: Transaction, lanes: Collection[str]) -> None:
    """The next of each lane, whose first has ended, may run."""
    if not lanes:
        return
    behind = is_in(jobs, JobState.BEHIND)
    first = select(func.min(jobs.c.number)).where(jobs.c.lane.in_(lanes), behind).group_by(jobs.c.lane)
    tx.execute(update(jobs).where(jobs.c.number.in_(first), behind).values(state=JobState.WAITING))


def _due_again(
    tx: Transaction, job: Job, outcome: Outcome, schedule: tuple[timedelta, ...]
) -> datetime | None:
    """Spread, so that what failed together does not come back together."""
    if outcome.verdict is not Verdict.AGAIN or job.attempts >= len(schedule):
        return None
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
    return tx.now + (schedule[job.attempts] * spread if outcome.after is None else outcome.after)


def _set(tx: Transaction, job: Job, error: str, **values: object) -> None:
    held = (jobs.c.id == job.id, jobs.c.worker_id == job.worker_id)
    changed = {**values, "worker_id": None, "attempts": job.attempts + 1, "last_error": error}
    if tx.execute(update(jobs).where(*held).values(**changed)).rowcount == 0:
        raise LostError
