"""The step that takes jobs for one worker: no job, and no lane, is ever held by two."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from lacewing.jobs import queries
from lacewing.jobs.tables import jobs
from lacewing.jobs.values import Job, JobState
from lacewing.jobs.workers import beat
from lacewing.storage import RaceLostError, Transaction

_TAKEN = (
    jobs.c.id,
    jobs.c.kind,
    jobs.c.payload,
    jobs.c.group_key,
    jobs.c.lane,
    jobs.c.attempts,
    jobs.c.created_at,
    jobs.c.organization_id,
    jobs.c.project_id,
    jobs.c.worker_id,
    jobs.c.number,
)


def claim(tx: Transaction, worker_id: UUID, counts: Mapping[str, int]) -> list[Job]:
    """Of each group at most so many. It counts as a heartbeat. Raises ReapedError."""
    beat(tx, worker_id)
    ids = queries.hold_due(tx, counts)
    if not ids:
        return []
    statement = (
        update(jobs)
        .where(jobs.c.id.in_(ids))
        .values(state=JobState.RUNNING, worker_id=worker_id)
        .returning(*_TAKEN)
    )
    try:
        rows: list[Any] = list(tx.execute(statement))
    except IntegrityError as error:  # another worker has just taken one of the same lane
        raise RaceLostError from error
    return [Job(*row[:-1]) for row in sorted(rows, key=lambda row: int(row.number))]
