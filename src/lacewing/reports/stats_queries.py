"""The SELECTs of statistics: of each project an index range, of its reports no row."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, or_, select

from lacewing.access.actor import Reach
from lacewing.access.permissions import SEES_PRIVATE_PROJECTS
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import memberships, projects
from lacewing.reports.stats_values import ProjectUsage, Usage
from lacewing.reports.tables import report_counts, reports
from lacewing.reports.values import Severity, Status
from lacewing.storage import Statement, Transaction, microseconds_between

_IS_OF_PROJECT = and_(
    reports.c.organization_id == projects.c.organization_id, reports.c.project_id == projects.c.id
)

_IS_LIVE = projects.c.deleted_at.is_(None)
_COVERS_PROJECT = and_(
    memberships.c.project_id.is_(None),
    or_(
        projects.c.is_private.is_(False),
        *(memberships.c.role == str(role) for role in sorted(SEES_PRIVATE_PROJECTS)),
    ),
)


def counts(tx: Transaction, reach: Reach) -> list[tuple[Status, Severity, int]]:
    """From the counters."""
    return _counts(shape_of(reach)).all(tx, **reach_parameters(reach))


def resolutions(
    tx: Transaction, reach: Reach, today: datetime, since: datetime
) -> tuple[int, int, timedelta]:
    """How many were resolved today; how many since `since`, and how long these took together."""
    return _resolutions(shape_of(reach)).the(tx, today=today, since=since, **reach_parameters(reach))


def created_by_day(tx: Transaction, reach: Reach, first: datetime, days: int) -> tuple[int, ...]:
    """One number for each day from `first` on."""
    bounds = {f"midnight_{at}": first + timedelta(days=at) for at in range(days + 1)}
    return _created_by_day(shape_of(reach), days).the(tx, **bounds, **reach_parameters(reach))


def usage(tx: Transaction, reach: Reach, since: datetime) -> Usage:
    """Of live projects."""
    return _usage(shape_of(reach)).the(tx, since=since, **reach_parameters(reach))


def usage_by_project(tx: Transaction, reach: Reach) -> list[ProjectUsage]:
    """Of live projects, the oldest first."""
    return _usage_by_project(shape_of(reach)).all(tx, **reach_parameters(reach))


@lru_cache(maxsize=256)
def _counts(shape: ReachShape) -> Statement[tuple[Status, Severity, int]]:
    counted = report_counts.c
    is_of_project = and_(
        counted.organization_id == projects.c.organization_id, counted.project_id == projects.c.id
    )
    query = (
        select(counted.status, counted.severity, func.sum(counted["count"]))
        .join_from(projects, report_counts, is_of_project)
        .where(visible(shape))
        .group_by(counted.status, counted.severity)
    )
    return Statement(query, lambda status, severity, count: (status, severity, int(count)))


@lru_cache(maxsize=256)
def _resolutions(shape: ReachShape) -> Statement[tuple[int, int, timedelta]]:
    took = func.sum(microseconds_between(reports.c.created_at, reports.c.resolved_at))
    query = select(
        _over_projects(func.count(), reports.c.resolved_at >= _instant("today")),
        _over_projects(func.count(), reports.c.resolved_at >= _instant("since")),
        _over_projects(took, reports.c.resolved_at >= _instant("since")),
    ).where(visible(shape))
    return Statement(query, _resolved)


def _resolved(today: int, count: int, microseconds: int) -> tuple[int, int, timedelta]:
    return int(today), int(count), timedelta(microseconds=int(microseconds))


@lru_cache(maxsize=256)
def _created_by_day(shape: ReachShape, days: int) -> Statement[tuple[int, ...]]:
    columns = [
        _over_projects(
            func.count(),
            reports.c.created_at >= _instant(f"midnight_{at}"),
            reports.c.created_at < _instant(f"midnight_{at + 1}"),
        )
        for at in range(days)
    ]
    return Statement(select(*columns).where(visible(shape)), lambda *found: tuple(map(int, found)))


@lru_cache(maxsize=256)
def _usage(shape: ReachShape) -> Statement[Usage]:
    this_month = _over_projects(func.count(), reports.c.created_at >= _instant("since"))
    query = select(func.count(), this_month).select_from(projects).where(visible(shape), _IS_LIVE)
    return Statement(query, lambda projects, reports: Usage(projects, int(reports)))


@lru_cache(maxsize=256)
def _usage_by_project(shape: ReachShape) -> Statement[ProjectUsage]:
    kept = (
        select(func.coalesce(func.sum(report_counts.c["count"]), 0))
        .where(
            report_counts.c.organization_id == projects.c.organization_id,
            report_counts.c.project_id == projects.c.id,
        )
        .scalar_subquery()
    )
    members = (
        select(func.count(memberships.c.person_id.distinct()))
        .where(
            memberships.c.organization_id == projects.c.organization_id,
            or_(memberships.c.project_id == projects.c.id, _COVERS_PROJECT),
        )
        .scalar_subquery()
    )
    query = (
        select(projects.c.id, projects.c.name, kept, members)
        .where(visible(shape), _IS_LIVE)
        .order_by(projects.c.created_at, projects.c.id)
    )
    return Statement(query, lambda id, name, kept, members: ProjectUsage(id, name, int(kept), members))


def _over_projects(value: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    """The sum over the projects of what is read of each."""
    of_one = select(value).select_from(reports).where(_IS_OF_PROJECT, *conditions)
    return func.coalesce(func.sum(of_one.correlate(projects).scalar_subquery()), 0)


def _instant(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=reports.c.created_at.type)
