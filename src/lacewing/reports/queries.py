"""Look-ups of one report, and what overviews count; lists have a module of their own."""

from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from lacewing.access.actor import Place, Reach
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import projects
from lacewing.reports.attachment_tables import attachments
from lacewing.reports.column_queries import COLUMNS
from lacewing.reports.tables import report_counts, report_evidence, report_numbers, reports
from lacewing.reports.values import (
    OPEN_STATUSES,
    Report,
    ReportCounts,
    Status,
)
from lacewing.storage import Statement, Transaction

_CODE = Statement(
    select(projects.c.code).where(projects.c.id == bindparam("project_id"), projects.c.purged_at.is_(None)),
    str,
)

_RECEIPT: Statement[tuple[str, int, Status]] = Statement(
    select(projects.c.code, reports.c.number, reports.c.status)
    .join(projects, projects.c.id == reports.c.project_id)
    .where(reports.c.id == bindparam("report_id")),
    lambda code, number, status: (code, number, status),
)

_LAST = Statement(
    select(report_numbers.c.last_number).where(
        report_numbers.c.organization_id == bindparam("organization_id"),
        report_numbers.c.project_id == bindparam("project_id"),
    ),
    int,
)


class Stored(NamedTuple):
    """A report as one statement finds it; its attachments take another."""

    report: Report
    packed_evidence: bytes | None
    has_attachments: bool


def counts(tx: Transaction, reach: Reach) -> list[ReportCounts]:
    """One row for every project that has, or had, a report."""
    return _counts(shape_of(reach)).all(tx, **reach_parameters(reach))


def by_id(tx: Transaction, reach: Reach, report_id: UUID) -> Stored | None:
    return _by_id(shape_of(reach)).one(tx, report_id=report_id, **reach_parameters(reach))


def by_number(tx: Transaction, reach: Reach, code: str, number: int) -> list[Stored]:
    """More than one where organizations of the caller use the same code."""
    return _by_number(shape_of(reach)).all(tx, code=code, number=number, **reach_parameters(reach))


def project_code(tx: Transaction, project_id: UUID) -> str | None:
    """None for a project that was purged."""
    return _CODE.one(tx, project_id=project_id)


def receipt(tx: Transaction, report_id: UUID) -> tuple[str, int, Status]:
    """All that whoever submitted a report may know of it."""
    return _RECEIPT.the(tx, report_id=report_id)


def last_number(tx: Transaction, place: Place) -> int:
    return _LAST.one(tx, organization_id=place.organization_id, project_id=place.project_id) or 0


@lru_cache(maxsize=256)
def _counts(shape: ReachShape) -> Statement[ReportCounts]:
    """The time of the newest report is the head of an index range."""
    counts = report_counts.c
    is_open = or_(*(counts.status == status for status in sorted(OPEN_STATUSES)))
    newest = (
        select(reports.c.created_at)
        .where(
            reports.c.organization_id == counts.organization_id,
            reports.c.project_id == counts.project_id,
        )
        .order_by(reports.c.created_at.desc(), reports.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            counts.project_id,
            func.sum(counts.count),
            func.sum(case((is_open, counts.count), else_=0)),
            newest,
        )
        .join(
            projects,
            and_(projects.c.organization_id == counts.organization_id, projects.c.id == counts.project_id),
        )
        .where(visible(shape))
        .group_by(counts.organization_id, counts.project_id)
    )
    return Statement(query, ReportCounts)


_HAS_ATTACHMENTS = select(attachments.c.id).where(attachments.c.report_id == reports.c.id).exists()


def _full(shape: ReachShape) -> Select[Any]:
    return (
        select(*COLUMNS, report_evidence.c.packed, _HAS_ATTACHMENTS)
        .join(projects, projects.c.id == reports.c.project_id)
        .outerjoin(report_evidence, report_evidence.c.report_id == reports.c.id)
        .where(visible(shape))
    )


def _stored(*columns: Any) -> Stored:  # noqa: ANN401 - the columns of _full, in order
    return Stored(Report(*columns[:-2]), columns[-2], bool(columns[-1]))


@lru_cache(maxsize=256)
def _by_id(shape: ReachShape) -> Statement[Stored]:
    return Statement(_full(shape).where(reports.c.id == bindparam("report_id")), _stored)


@lru_cache(maxsize=256)
def _by_number(shape: ReachShape) -> Statement[Stored]:
    query = _full(shape).where(
        projects.c.code == bindparam("code"),
        reports.c.organization_id == projects.c.organization_id,
        reports.c.number == bindparam("number"),
    )
    return Statement(query, _stored)
