"""Every SELECT of reports. Lists never read evidence; totals come from counters."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    union_all,
)

from lacewing.access.actor import Place, Reach
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import projects
from lacewing.reports.column_queries import COLUMNS
from lacewing.reports.tables import report_counts, report_evidence, report_numbers, reports
from lacewing.reports.values import (
    OPEN_STATUSES,
    Page,
    Report,
    ReportCounts,
    ReportFilter,
    SortBy,
    Status,
)
from lacewing.storage import Statement, Transaction

MAX_COUNTED = 10_000
MAX_ARMS = 100

_CODE = Statement(select(projects.c.code).where(projects.c.id == bindparam("project_id")), str)

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


@dataclass(frozen=True, slots=True)
class ListShape:
    """What the text of a list's statement depends on; all else is a bind."""

    places: int
    statuses: int
    severities: int
    has_search: bool
    has_since: bool
    sort: SortBy


def places(tx: Transaction, reach: Reach, wanted: ReportFilter) -> list[Place]:
    """The projects that a list covers, soft-deleted ones too."""
    parameters: dict[str, object] = dict(reach_parameters(reach))
    has_project, has_organization = wanted.project_id is not None, wanted.organization_id is not None
    if has_project:
        parameters["wanted_project"] = wanted.project_id
    if has_organization:
        parameters["wanted_organization"] = wanted.organization_id
    return _places(shape_of(reach), has_project, has_organization).all(tx, **parameters)


def page(tx: Transaction, covered: list[Place], wanted: ReportFilter, page: Page) -> list[Report]:
    offset = (page.number - 1) * page.size
    parameters = _parameters(covered, wanted) | {
        "reach": offset + page.size,
        "limit": page.size,
        "skip": offset,
    }
    return _page(_shape(covered, wanted)).all(tx, **parameters)


def total(tx: Transaction, covered: list[Place], wanted: ReportFilter) -> int:
    """From the counters; with a search or a time, counted up to one more than 10,000."""
    return _total(_shape(covered, wanted)).the(tx, **_parameters(covered, wanted))


def counts(tx: Transaction, reach: Reach) -> list[ReportCounts]:
    """One row for every project that has, or had, a report."""
    return _counts(shape_of(reach)).all(tx, **reach_parameters(reach))


def by_id(tx: Transaction, reach: Reach, report_id: UUID) -> tuple[Report, bytes | None] | None:
    return _by_id(shape_of(reach)).one(tx, report_id=report_id, **reach_parameters(reach))


def by_number(tx: Transaction, reach: Reach, code: str, number: int) -> list[tuple[Report, bytes | None]]:
    """More than one where organizations of the caller use the same code."""
    return _by_number(shape_of(reach)).all(tx, code=code, number=number, **reach_parameters(reach))


def project_code(tx: Transaction, project_id: UUID) -> str:
    return _CODE.the(tx, project_id=project_id)


def receipt(tx: Transaction, report_id: UUID) -> tuple[str, int, Status]:
    """All that whoever submitted a report may know of it."""
    return _RECEIPT.the(tx, report_id=report_id)


def last_number(tx: Transaction, place: Place) -> int:
    return _LAST.one(tx, organization_id=place.organization_id, project_id=place.project_id) or 0


def _shape(covered: list[Place], wanted: ReportFilter) -> ListShape:
    return ListShape(
        len(covered),
        len(wanted.statuses),
        len(wanted.severities),
        bool(wanted.search),
        wanted.created_since is not None,
        wanted.sort,
    )


def _parameters(covered: list[Place], wanted: ReportFilter) -> dict[str, object]:
    values: dict[str, object] = {}
    for at, place in enumerate(covered):
        values[f"organization_{at}"] = place.organization_id
        values[f"project_{at}"] = place.project_id
    values |= {f"status_{at}": status for at, status in enumerate(sorted(wanted.statuses))}
    values |= {f"severity_{at}": severity for at, severity in enumerate(sorted(wanted.severities))}
    if wanted.search:
        values["pattern"] = f"%{_escaped(wanted.search)}%"
    if wanted.created_since is not None:
        values["since"] = wanted.created_since
    return values


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")


@lru_cache(maxsize=256)
def _places(shape: ReachShape, has_project: bool, has_organization: bool) -> Statement[Place]:
    query = select(projects.c.organization_id, projects.c.id, projects.c.is_private).where(visible(shape))
    if has_project:
        query = query.where(projects.c.id == bindparam("wanted_project"))
    if has_organization:
        query = query.where(projects.c.organization_id == bindparam("wanted_organization"))
    return Statement(query, Place)


@lru_cache(maxsize=256)
def _page(shape: ListShape) -> Statement[Report]:
    """Each arm reads the head of one index range, so that the cost does not grow with what is stored."""
    arms = [_ordered(_arm(shape, condition), shape.sort) for condition in _ranges(shape)]
    if len(arms) == 1:
        return Statement(arms[0].limit(bindparam("limit")).offset(bindparam("skip")), Report)
    heads = [arm.limit(bindparam("reach")).subquery().select() for arm in arms]
    rows = union_all(*heads).subquery()
    newest_first = shape.sort is SortBy.NEWEST
    order = (rows.c.created_at.desc(), rows.c.id.desc()) if newest_first else (rows.c.created_at, rows.c.id)
    query = select(*rows.c).order_by(*order).limit(bindparam("limit")).offset(bindparam("skip"))
    return Statement(query, Report)


def _ranges(shape: ListShape) -> list[ColumnElement[bool]]:
    """One index range each: a project; or a project and a status, or a project and a severity."""
    ranges = [_and_choice(shape, _in_place(at)) for at in range(shape.places)]
    flat = [condition for conditions in ranges for condition in conditions]
    return flat if len(flat) <= MAX_ARMS else [or_(*flat)]


def _in_place(at: int) -> ColumnElement[bool]:
    return and_(
        reports.c.organization_id == bindparam(f"organization_{at}"),
        reports.c.project_id == bindparam(f"project_{at}"),
    )


def _and_choice(shape: ListShape, place: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    if shape.statuses:
        return [and_(place, reports.c.status == bindparam(f"status_{n}")) for n in range(shape.statuses)]
    if shape.severities:
        return [and_(place, _is_severity(n)) for n in range(shape.severities)]
    return [place]


def _arm(shape: ListShape, condition: ColumnElement[bool]) -> Select[Any]:
    query = select(*COLUMNS).join(projects, projects.c.id == reports.c.project_id).where(condition)
    return query.where(*_both(shape), *_scanned(shape))


def _both(shape: ListShape) -> list[ColumnElement[bool]]:
    """The severities, where the ranges are already of statuses."""
    if not shape.statuses or not shape.severities:
        return []
    return [or_(*(_is_severity(n) for n in range(shape.severities)))]


def _is_severity(n: int) -> ColumnElement[bool]:
    return reports.c.severity == bindparam(f"severity_{n}")


def _scanned(shape: ListShape) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if shape.has_since:
        conditions.append(reports.c.created_at >= bindparam("since"))
    if shape.has_search:
        pattern: BindParameter[str] = bindparam("pattern")
        columns = (reports.c.title, reports.c.description)
        conditions.append(
            or_(*(func.lower(column).like(func.lower(pattern), escape="\\") for column in columns))
        )
    return conditions


def _ordered(query: Select[Any], sort: SortBy) -> Select[Any]:
    if sort is SortBy.NEWEST:
        return query.order_by(reports.c.created_at.desc(), reports.c.id.desc())
    return query.order_by(reports.c.created_at, reports.c.id)


@lru_cache(maxsize=256)
def _total(shape: ListShape) -> Statement[int]:
    if not shape.has_search and not shape.has_since:
        return Statement(_from_counters(shape), int)
    counted = (
        select(reports.c.id)
        .where(or_(*_ranges(shape)), *_both(shape), *_scanned(shape))
        .limit(MAX_COUNTED + 1)
        .subquery()
    )
    return Statement(select(func.count()).select_from(counted), int)


def _from_counters(shape: ListShape) -> Select[Any]:
    counts = report_counts.c
    places = [
        and_(
            counts.organization_id == bindparam(f"organization_{at}"),
            counts.project_id == bindparam(f"project_{at}"),
        )
        for at in range(shape.places)
    ]
    query = select(func.coalesce(func.sum(counts.count), 0)).where(or_(*places))
    if shape.statuses:
        query = query.where(or_(*(counts.status == bindparam(f"status_{n}") for n in range(shape.statuses))))
    if shape.severities:
        severities = (counts.severity == bindparam(f"severity_{n}") for n in range(shape.severities))
        query = query.where(or_(*severities))
    return query


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


def _full(shape: ReachShape) -> Select[Any]:
    return (
        select(*COLUMNS, report_evidence.c.packed)
        .join(projects, projects.c.id == reports.c.project_id)
        .outerjoin(report_evidence, report_evidence.c.report_id == reports.c.id)
        .where(visible(shape))
    )


def _with_evidence(*columns: Any) -> tuple[Report, bytes | None]:  # noqa: ANN401 - the columns of _full, in order
    return Report(*columns[:-1]), columns[-1]


@lru_cache(maxsize=256)
def _by_id(shape: ReachShape) -> Statement[tuple[Report, bytes | None]]:
    return Statement(_full(shape).where(reports.c.id == bindparam("report_id")), _with_evidence)


@lru_cache(maxsize=256)
def _by_number(shape: ReachShape) -> Statement[tuple[Report, bytes | None]]:
    query = _full(shape).where(
        projects.c.code == bindparam("code"),
        reports.c.organization_id == projects.c.organization_id,
        reports.c.number == bindparam("number"),
    )
    return Statement(query, _with_evidence)
