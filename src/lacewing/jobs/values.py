from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lacewing.storage import Transaction

Step = Callable[[Transaction], None]


class JobState(StrEnum):
    """A job that was done is no more: its row is gone."""

    BEHIND = "behind"  # another of its lane comes first
    DEAD = "dead"  # given up
    RUNNING = "running"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class NewJob:
    """`payload` names what is to be done, by ids: no secret, no text of anybody's.

    Of one `lane` one job runs at a time, in the order of their making; one that failed holds back those
    behind it until it is done or dead. Of one `group` a process runs so many at once as the kind says.
    """

    kind: str
    payload: Mapping[str, str]
    group: str = ""
    lane: str | None = None
    due_at: datetime | None = None
    organization_id: UUID | None = None
    project_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job that this worker alone may do; `attempts` have failed before."""

    id: UUID
    kind: str
    payload: Mapping[str, str]
    group_key: str
    lane: str | None
    attempts: int
    created_at: datetime
    organization_id: UUID | None
    project_id: UUID | None
    worker_id: UUID


class Verdict(StrEnum):
    DONE = "done"
    AGAIN = "again"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt; `step` runs in the unit that settles the job, so both hold, or neither."""

    verdict: Verdict
    error: str = ""
    after: timedelta | None = None
    step: Step | None = None


def done(step: Step | None = None) -> Outcome:
    return Outcome(Verdict.DONE, step=step)


def again(error: str, after: timedelta | None = None, step: Step | None = None) -> Outcome:
    """Later: by the kind's schedule, or `after` in place of its wait. Once the schedule is used up, dead."""
    return Outcome(Verdict.AGAIN, error, after, step)


def dead(error: str, step: Step | None = None) -> Outcome:
    """Never again, unless an administrator says so."""
    return Outcome(Verdict.DEAD, error, step=step)


Handler = Callable[[Job], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class JobKind:
    """How jobs of this name are done.

    `schedule` is the wait after each failure, the last one's failure is for good. What raises is tried again
    by it, and so is what takes longer than `longest_seconds`.
    """

    name: str
    handler: Handler
    schedule: tuple[timedelta, ...]
    concurrency_per_group: int
    longest_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    key: str
    first_due_at: datetime


@dataclass(frozen=True, slots=True)
class SeenWorker:
    """A worker's heartbeat, as it is stored."""

    id: UUID
    beats: int


@dataclass(frozen=True, slots=True)
class FailedJob:
    """One that was given up."""

    id: UUID
    kind: str
    attempts: int
    error: str
    created_at: datetime
    failed_at: datetime
    organization_id: UUID | None
    project_id: UUID | None


@dataclass(frozen=True, slots=True)
class FailedPage:
    """The newest first; `next_cursor` is None at the end."""

    items: tuple[FailedJob, ...]
    next_cursor: UUID | None
