"""The SELECTs of the sweep that follows a purge."""

from uuid import UUID

from sqlalchemy import func, select

from lacewing.access.actor import Place
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import report_tombstones
from lacewing.storage import Transaction


def some_reports(tx: Transaction, place: Place, count: int) -> list[UUID]:
    query = select(reports.c.id).where(
        reports.c.organization_id == place.organization_id, reports.c.project_id == place.project_id
    )
    return list(tx.execute(query.limit(count)).scalars())


def first_tombstone(tx: Transaction, place: Place) -> int | None:
    query = select(func.min(report_tombstones.c.change)).where(
        report_tombstones.c.organization_id == place.organization_id,
        report_tombstones.c.project_id == place.project_id,
    )
    first: int | None = tx.execute(query).scalar_one()
    return first
