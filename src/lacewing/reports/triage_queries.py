"""The SELECTs behind changes of reports."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lacewing.access.actor import Place, Reach
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import projects
from lacewing.reports.column_queries import COLUMNS
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import report_merges
from lacewing.reports.values import Found, Report
from lacewing.storage import Statement, Transaction

# Within the number of variables that one statement may have on either database.
AT_ONCE = 500

Item = TypeVar("Item")


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


def duplicates_of(tx: Transaction, place: Place, report_ids: Sequence[UUID]) -> list[Report]:
    query = _in_place(place).join(report_merges, report_merges.c.report_id == reports.c.id)
    found = (tx.execute(query.where(report_merges.c.into_id.in_(some))) for some in chunks(report_ids))
    return [Report._make(row) for some in found for row in some]


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
        )
        .join(projects, projects.c.id == reports.c.project_id)
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
) -> Found:
    place = Place(organization_id, project_id, bool(is_private))
    return Found(report_id, f"{code}-{number}", place, bool(is_of_deleted_project))
