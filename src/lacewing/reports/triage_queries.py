"""The SELECTs behind changes of reports."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lacewing.access.actor import Place, Reach
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import organizations, projects
from lacewing.reports.column_queries import COLUMNS
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import report_merges
from lacewing.reports.values import Duplicate, Found, Report, Status
from lacewing.storage import Statement, Transaction

# Within the number of variables that one statement may have on either database.
AT_ONCE = 500

Item = TypeVar("Item")


class Merge(NamedTuple):
    into_id: UUID
    previous_status: Status
    previous_resolved_at: datetime | None


def _duplicate(  # noqa: PLR0917 - the columns of _TOLD, in order
    report_id: UUID,
    code: str,
    number: int,
    title: str,
    reporter_identifier: str | None,
    created_at: datetime,
    merged_at: datetime,
) -> Duplicate:
    return Duplicate(report_id, f"{code}-{number}", title, reporter_identifier, created_at, merged_at)


_TOLD = Statement(
    select(
        reports.c.id,
        projects.c.code,
        reports.c.number,
        reports.c.title,
        reports.c.reporter_identifier,
        reports.c.created_at,
        report_merges.c.merged_at,
    )
    .join(report_merges, report_merges.c.report_id == reports.c.id)
    .join(projects, projects.c.id == reports.c.project_id)
    .where(
        report_merges.c.organization_id == bindparam("organization_id"),
        report_merges.c.into_id == bindparam("report_id"),
    )
    .order_by(report_merges.c.merged_at, reports.c.number),
    _duplicate,
)


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]


def found_by_id(tx: Transaction, reach: Reach, report_id: UUID) -> list[Found]:
    return _found_by_id(shape_of(reach)).all(tx, report_id=report_id, **reach_parameters(reach))


def found_by_number(tx: Transaction, reach: Reach, code: str, number: int) -> list[Found]:
    """More than one where organizations of the caller use the same code."""
    parameters = {"code": code, "number": number, **reach_parameters(reach)}
    return _found_by_number(shape_of(reach)).all(tx, **parameters)


def rows(tx: Transaction, place: Place, report_ids: Sequence[UUID]) -> list[Report]:
    """Those of them that are there, in this project."""
    query = _in_place(place)
    found = (tx.execute(query.where(reports.c.id.in_(some))) for some in chunks(report_ids))
    return [Report._make(row) for some in found for row in some]


def reports_by_id(tx: Transaction, report_ids: Sequence[UUID]) -> dict[UUID, Report]:
    """Those of them that are there, of any project: for who tells of events that nobody asked for."""
    query = select(*COLUMNS).join(projects, projects.c.id == reports.c.project_id)
    found = (tx.execute(query.where(reports.c.id.in_(some))) for some in chunks(report_ids))
    return {report.id: report for some in found for report in map(Report._make, some)}


def duplicates_of(tx: Transaction, place: Place, report_ids: Sequence[UUID]) -> list[Report]:
    query = _in_place(place).join(report_merges, report_merges.c.report_id == reports.c.id)
    found = (tx.execute(query.where(report_merges.c.into_id.in_(some))) for some in chunks(report_ids))
    return [Report._make(row) for some in found for row in some]


def merges_of(tx: Transaction, place: Place, report_ids: Sequence[UUID]) -> dict[UUID, Merge]:
    """Those of the reports that are duplicates."""
    query = select(
        report_merges.c.report_id,
        report_merges.c.into_id,
        report_merges.c.previous_status,
        report_merges.c.previous_resolved_at,
    ).where(report_merges.c.organization_id == place.organization_id)
    found = (tx.execute(query.where(report_merges.c.report_id.in_(some))) for some in chunks(report_ids))
    return {row.report_id: Merge._make(tuple(row)[1:]) for some in found for row in some}


def told_duplicates(tx: Transaction, report: Report) -> tuple[Duplicate, ...]:
    """The first that was merged comes first."""
    return tuple(_TOLD.all(tx, organization_id=report.organization_id, report_id=report.id))


def _in_place(place: Place) -> Select[Any]:
    return (
        select(*COLUMNS)
        .join(projects, projects.c.id == reports.c.project_id)
        .where(reports.c.organization_id == place.organization_id, reports.c.project_id == place.project_id)
    )


@lru_cache(maxsize=256)
def _found_by_id(shape: ReachShape) -> Statement[Found]:
    return Statement(_found(shape).where(reports.c.id == bindparam("report_id")), _as_found)


@lru_cache(maxsize=256)
def _found_by_number(shape: ReachShape) -> Statement[Found]:
    query = _found(shape).where(
        projects.c.code == bindparam("code"),
        reports.c.organization_id == projects.c.organization_id,
        reports.c.number == bindparam("number"),
    )
    return Statement(query, _as_found)


def found_by_ids(tx: Transaction, reach: Reach, report_ids: Sequence[UUID]) -> list[Found]:
    some, parameters = _found(shape_of(reach)), reach_parameters(reach)
    found = [tx.execute(some.where(reports.c.id.in_(part)), parameters) for part in chunks(report_ids)]
    return [_as_found(*tuple(row)) for rows in found for row in rows]


def found_by_numbers(tx: Transaction, reach: Reach, numbers: Mapping[str, Sequence[int]]) -> list[Found]:
    """Those of each project code; a project that the caller does not see costs nothing."""
    some, parameters = _found(shape_of(reach)), reach_parameters(reach)
    seen = [tx.execute(_coded(shape_of(reach), part), parameters) for part in chunks(sorted(numbers))]
    return [
        _as_found(*tuple(row))
        for organization_id, project_id, code in (tuple(place) for places in seen for place in places)
        for part in chunks(numbers[code])
        for row in tx.execute(
            some.where(
                reports.c.organization_id == organization_id,
                reports.c.project_id == project_id,
                reports.c.number.in_(part),
            ),
            parameters,
        )
    ]


def _coded(shape: ReachShape, codes: Sequence[str]) -> Select[Any]:
    its = (projects.c.organization_id, projects.c.id, projects.c.code)
    return select(*its).where(projects.c.code.in_(codes), visible(shape))


def _found(shape: ReachShape) -> Select[Any]:
    return (
        select(
            reports.c.id,
            projects.c.code,
            reports.c.number,
            projects.c.organization_id,
            projects.c.id,
            projects.c.is_private,
            projects.c.deleted_at.is_not(None),
            organizations.c.slug,
        )
        .join(projects, projects.c.id == reports.c.project_id)
        .join(organizations, organizations.c.id == projects.c.organization_id)
        .where(visible(shape))
    )


def _as_found(  # noqa: PLR0917 - the columns of _found, in order
    report_id: UUID,
    code: str,
    number: int,
    organization_id: UUID,
    project_id: UUID,
    is_private: bool,
    is_of_deleted_project: bool,
    organization_slug: str,
) -> Found:
    place = Place(organization_id, project_id, bool(is_private))
    return Found(report_id, f"{code}-{number}", place, bool(is_of_deleted_project), organization_slug)
