"""Every SELECT of jobs; none of the hot ones grows with how many wait."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, union_all

from lacewing.jobs.tables import is_alive, is_in, job_workers, jobs
from lacewing.jobs.values import FailedJob, JobState, SeenWorker, WaitingGroup
from lacewing.storage import Statement, Transaction

_LAST_ID = UUID(int=(1 << 128) - 1)
_WAITING = is_in(jobs, JobState.WAITING)
_DEAD = is_in(jobs, JobState.DEAD)


def _waiting_groups() -> Select[tuple[str, datetime]]:
    """From each group straight to the next: a group of a million jobs costs what a group of one does."""
    groups = select(func.min(jobs.c.group_key).label("key")).where(_WAITING).cte("groups", recursive=True)
    others = jobs.alias("others")
    following = (
        select(func.min(others.c.group_key))
        .where(is_in(others, JobState.WAITING), others.c.group_key > groups.c.key)
        .scalar_subquery()
    )
    groups = groups.union_all(select(following).where(groups.c.key.is_not(None)))
    first_due = (
        select(func.min(jobs.c.due_at)).where(_WAITING, jobs.c.group_key == groups.c.key).scalar_subquery()
    )
    return select(groups.c.key, first_due).where(groups.c.key.is_not(None))


def _is_held_back() -> ColumnElement[bool]:
    others = jobs.alias("others")
    comes_first = or_(others.c.number < jobs.c.number, is_in(others, JobState.RUNNING))
    return exists().where(others.c.lane == jobs.c.lane, is_alive(others), comes_first)


_GROUPS = Statement(_waiting_groups(), WaitingGroup)
_WORKERS = Statement(select(job_workers.c.id, job_workers.c.beats), SeenWorker)
_FAILED = (
    select(
        jobs.c.id,
        jobs.c.kind,
        jobs.c.attempts,
        jobs.c.last_error,
        jobs.c.created_at,
        jobs.c.dead_at,
        jobs.c.organization_id,
        jobs.c.project_id,
    )
    .where(_DEAD, jobs.c.id < bindparam("below"))
    .order_by(jobs.c.id.desc())
    .limit(bindparam("count"))
)
_COUNT_FAILED = Statement(select(func.count()).select_from(jobs).where(_DEAD), int)
_ANY_FAILED = Statement(_FAILED, FailedJob)
_FAILED_OF_KIND = Statement(_FAILED.where(jobs.c.kind == bindparam("its_kind")), FailedJob)
FORGETTABLE = (
    select(jobs.c.id)
    .where(_DEAD, jobs.c.dead_at < bindparam("horizon", type_=jobs.c.dead_at.type))
    .order_by(jobs.c.id)
)
_ANY_FORGETTABLE = Statement(FORGETTABLE.limit(1), lambda job_id: job_id)


def waiting_groups(tx: Transaction) -> list[WaitingGroup]:
    """Each group that has jobs to be claimed, now or later."""
    return _GROUPS.all(tx)


def hold_due(tx: Transaction, counts: Mapping[str, int]) -> list[UUID]:
    """Of each group at most so many that may run now, those first that have been due the longest.

    What another worker is about to claim is passed over.
    """
    groups = {f"group_{at}": key for at, key in enumerate(counts)}
    limits = {f"count_{at}": count for at, count in enumerate(counts.values())}
    return _due(len(counts)).all(tx, now=tx.now, **groups, **limits)


@lru_cache(maxsize=128)
def _due(groups: int) -> Statement[UUID]:
    held_back = _is_held_back()
    arms = [
        select(jobs.c.id)
        .where(_WAITING, jobs.c.group_key == bindparam(f"group_{at}"), jobs.c.due_at <= bindparam("now"))
        .where(or_(jobs.c.lane.is_(None), ~held_back))
        .order_by(jobs.c.due_at, jobs.c.number)
        .limit(bindparam(f"count_{at}"))
        .with_for_update(skip_locked=True)
        for at in range(groups)
    ]
    each = [select(arm.subquery(f"arm_{at}")) for at, arm in enumerate(arms)]
    return Statement(each[0] if groups == 1 else union_all(*each), lambda job_id: job_id)


def hold_lanes(tx: Transaction, lanes: Collection[str]) -> set[str]:
    """Those lanes that have a job; who settles a lane's last one waits until this unit has ended."""
    if not lanes:
        return set()
    last = select(func.max(jobs.c.number)).where(jobs.c.lane.in_(lanes), is_alive(jobs)).group_by(jobs.c.lane)
    query = select(jobs.c.lane).where(jobs.c.number.in_(last), is_alive(jobs)).order_by(jobs.c.number)
    return {str(lane) for lane in tx.execute(query.with_for_update()).scalars()}


def workers(tx: Transaction) -> list[SeenWorker]:
    return _WORKERS.all(tx)


def lanes_running(tx: Transaction, condition: ColumnElement[bool]) -> list[str]:
    query = select(jobs.c.lane).where(and_(condition, jobs.c.lane.is_not(None)))
    return [str(lane) for lane in tx.execute(query).scalars()]


def failed(tx: Transaction, kind: str | None, cursor: UUID | None, count: int) -> list[FailedJob]:
    """At most `count` that were made before `cursor`, the newest first."""
    below = cursor or _LAST_ID
    if kind is None:
        return _ANY_FAILED.all(tx, below=below, count=count)
    return _FAILED_OF_KIND.all(tx, below=below, count=count, its_kind=kind)


def has_forgettable(tx: Transaction, horizon: datetime) -> bool:
    return _ANY_FORGETTABLE.one(tx, horizon=horizon) is not None


def count_failed_jobs(tx: Transaction) -> int:
    return _COUNT_FAILED.the(tx)
