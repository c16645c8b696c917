"""The verbs for jobs that were given up: an administrator looks at them, and has them tried again."""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, true

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind, append, by_actor
from lacewing.jobs import queries
from lacewing.jobs.add import insert_rows
from lacewing.jobs.tables import is_in, jobs
from lacewing.jobs.values import FailedPage, JobState
from lacewing.kit.checks import Checks
from lacewing.kit.errors import not_found
from lacewing.storage import Database, Transaction

LONGEST_KIND = 100
RETRIED_AT_ONCE = 500

_KEPT = tuple(
    jobs.c[name]
    for name in ("id", "organization_id", "project_id", "kind", "group_key", "lane", "payload", "created_at")
)


async def list_failed_jobs(
    db: Database, actor: Actor, size: int, cursor: UUID | None = None, kind: str | None = None
) -> FailedPage:
    """Of any kind unless told. Raises FORBIDDEN, INVALID."""
    actor.require_instance(Permission.INSTANCE_READ, db.clock())
    _check(kind)
    found = await db.read(lambda tx: queries.failed(tx, kind, cursor, size + 1))
    items = tuple(found[:size])
    return FailedPage(items, items[-1].id if len(found) > size else None)


async def retry_failed_job(db: Database, actor: Actor, job_id: UUID) -> None:
    """Behind whatever waits in its lane by now. Raises FORBIDDEN, NOT_FOUND."""
    actor.require_instance(Permission.INSTANCE_WRITE, db.clock())

    def unit(tx: Transaction) -> None:
        if _revive(tx, jobs.c.id == job_id, 1) == 0:
            raise not_found("Failed job")
        _record(tx, actor, 1)

    await db.write(unit)


async def retry_failed_jobs(db: Database, actor: Actor, kind: str | None = None) -> int:
    """All of them, or all of a kind, in bounded units; answers how many. Raises FORBIDDEN, INVALID."""
    actor.require_instance(Permission.INSTANCE_WRITE, db.clock())
    _check(kind)
    asked = true() if kind is None else jobs.c.kind == kind

    def unit(tx: Transaction) -> int:
        count = _revive(tx, asked & (jobs.c.dead_at <= begun), RETRIED_AT_ONCE)
        if count:
            _record(tx, actor, count)
        return count

    begun, total = db.clock(), 0
    while count := await db.write(unit):
        total += count
    return total


def _check(kind: str | None) -> None:
    checks = Checks()
    checks.text("kind", kind or "", longest=LONGEST_KIND)
    checks.finish()


def _revive(tx: Transaction, asked: ColumnElement[bool], count: int) -> int:
    """As if they were made now: in a lane, what was behind one when it died may run by now."""
    some = select(jobs.c.id).where(is_in(jobs, JobState.DEAD), asked).order_by(jobs.c.number).limit(count)
    held = some.with_for_update(skip_locked=True).cte("some")
    gone = delete(jobs).where(jobs.c.id.in_(select(held.c.id))).returning(jobs.c.number, *_KEPT)
    taken = sorted(tx.execute(gone).mappings(), key=lambda row: int(row["number"]))
    once_more = {"attempts": 0, "crashes": 0, "set_at": tx.now, "due_at": tx.now, "last_error": ""}
    insert_rows(tx, [{**{column.name: row[column.name] for column in _KEPT}, **once_more} for row in taken])
    return len(taken)


def _record(tx: Transaction, actor: Actor, count: int) -> None:
    append(tx, by_actor(EventKind.JOBS_RETRIED, actor, data={"count": str(count)}))
