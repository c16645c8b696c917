"""The SELECTs behind a sync: each reads a piece of one index range, so that any project is read in pages."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select, tuple_

from lacewing.access.actor import Place
from lacewing.reports.sync_values import CompactReport, Gone
from lacewing.reports.tables import report_counts, report_numbers, reports
from lacewing.reports.triage_tables import report_tombstones
from lacewing.reports.values import OPEN_STATUSES, Status
from lacewing.storage import Statement, Transaction

Position = tuple[datetime, UUID]
NEWEST: Position = (datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))

_COLUMNS = [reports.c[name] for name in CompactReport._fields]
_ITS_PROJECT = and_(
    reports.c.organization_id == bindparam("organization_id"),
    reports.c.project_id == bindparam("project_id"),
)
_BEFORE = tuple_(
    bindparam("created_at", type_=reports.c.created_at.type), bindparam("before_id", type_=reports.c.id.type)
)

_LAST = Statement(
    select(report_numbers.c.last_change).where(
        report_numbers.c.organization_id == bindparam("organization_id"),
        report_numbers.c.project_id == bindparam("project_id"),
    ),
    int,
)
_OPEN_COUNT = Statement(
    select(func.coalesce(func.sum(report_counts.c["count"]), 0)).where(
        report_counts.c.organization_id == bindparam("organization_id"),
        report_counts.c.project_id == bindparam("project_id"),
        or_(*(report_counts.c.status == status for status in sorted(OPEN_STATUSES))),
    ),
    int,
)
_IN_STATUS = Statement(
    select(*_COLUMNS)
    .where(
        _ITS_PROJECT,
        reports.c.status == bindparam("status"),
        tuple_(reports.c.created_at, reports.c.id) < _BEFORE,
    )
    .order_by(reports.c.created_at.desc(), reports.c.id.desc())
    .limit(bindparam("limit")),
    CompactReport,
)
_CHANGED = Statement(
    select(*_COLUMNS)
    .where(
        _ITS_PROJECT,
        reports.c.change > bindparam("since"),
        reports.c.change <= bindparam("until"),
    )
    .order_by(reports.c.change)
    .limit(bindparam("limit")),
    CompactReport,
)
_GONE = Statement(
    select(report_tombstones.c.change, report_tombstones.c.report_id)
    .where(
        report_tombstones.c.organization_id == bindparam("organization_id"),
        report_tombstones.c.project_id == bindparam("project_id"),
        report_tombstones.c.change > bindparam("since"),
        report_tombstones.c.change <= bindparam("until"),
    )
    .order_by(report_tombstones.c.change)
    .limit(bindparam("limit")),
    Gone,
)


def last_change(tx: Transaction, place: Place) -> int:
    return _LAST.one(tx, **_its(place)) or 0


def open_count(tx: Transaction, place: Place) -> int:
    return _OPEN_COUNT.the(tx, **_its(place))


def in_status(
    tx: Transaction, place: Place, status: Status, before: Position, most: int
) -> list[CompactReport]:
    """Newest first, from `before` on."""
    created_at, before_id = before
    return _IN_STATUS.all(
        tx, status=status, created_at=created_at, before_id=before_id, limit=most, **_its(place)
    )


def changed(tx: Transaction, place: Place, since: int, until: int, most: int) -> list[CompactReport]:
    return _CHANGED.all(tx, since=since, until=until, limit=most, **_its(place))


def gone(tx: Transaction, place: Place, since: int, until: int, most: int) -> list[Gone]:
    return _GONE.all(tx, since=since, until=until, limit=most, **_its(place))


def _its(place: Place) -> dict[str, UUID]:
    return {"organization_id": place.organization_id, "project_id": place.project_id}
