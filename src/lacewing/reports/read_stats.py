"""The verbs that count reports: how many stand where, how many came in, how long they took."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from lacewing.access.actor import Actor, Reach
from lacewing.access.permissions import Permission
from lacewing.projects import get_project
from lacewing.reports import stats_queries
from lacewing.reports.stats_values import Breakdown, Overview
from lacewing.reports.values import OPEN_STATUSES, Severity, Status
from lacewing.storage import Database, Transaction

DAYS = 30


async def read_overview(db: Database, actor: Actor, project_id: UUID | None = None) -> Overview:
    """Over every project that the caller may read, or one. Raises NOT_FOUND, FORBIDDEN."""
    reach = await _reach(db, actor, project_id)
    return await db.read(lambda tx: _overview(tx, reach), is_long=True)


async def read_breakdown(db: Database, actor: Actor, project_id: UUID | None = None) -> Breakdown:
    """The same, by severity, status and day. Raises NOT_FOUND, FORBIDDEN."""
    reach = await _reach(db, actor, project_id)
    return await db.read(lambda tx: _breakdown(tx, reach), is_long=True)


async def _reach(db: Database, actor: Actor, project_id: UUID | None) -> Reach:
    if project_id is None:
        return actor.projects_with(Permission.STATS_READ)
    project = await get_project(db, actor, project_id, Permission.STATS_READ)
    return Reach(frozenset(), frozenset(), frozenset({project.id}))


def _overview(tx: Transaction, reach: Reach) -> Overview:
    by_status = Counter[Status]()
    for status, _, count in stats_queries.counts(tx, reach):
        by_status[status] += count
    today = midnight(tx.now)
    resolved_today, resolved, took = stats_queries.resolutions(tx, reach, today, today - _window())
    mean = took / resolved if resolved else None
    return Overview(
        total=by_status.total(),
        open=sum(by_status[status] for status in OPEN_STATUSES),
        resolved_today=resolved_today,
        mean_resolution=mean,
    )


def _breakdown(tx: Transaction, reach: Reach) -> Breakdown:
    by_severity, by_status = dict.fromkeys(Severity, 0), dict.fromkeys(Status, 0)
    for status, severity, count in stats_queries.counts(tx, reach):
        by_severity[severity] += count
        by_status[status] += count
    first = midnight(tx.now) - _window()
    counted = stats_queries.created_by_day(tx, reach, first, DAYS)
    days = ((first.date() + timedelta(days=at), count) for at, count in enumerate(counted))
    return Breakdown(by_severity, by_status, tuple((day, count) for day, count in days if count))


def midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _window() -> timedelta:
    """Today is one of the days."""
    return timedelta(days=DAYS - 1)
