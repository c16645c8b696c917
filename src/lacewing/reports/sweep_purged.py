"""What follows a purge: all that belonged to a project, or an organization, is deleted bit by bit.

It was out of everybody's reach with the purge itself; whatever ends the process meanwhile, the next goes on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete

from lacewing.access.actor import Place
from lacewing.credentials import forget_project_tokens
from lacewing.events import forget_some_events
from lacewing.projects import (
    forget_organization,
    forget_project,
    hold_deleted_organization,
    hold_purged_project,
    next_deleted_organization,
    next_purged_project,
)
from lacewing.reports import sweep_queries
from lacewing.reports.delete_report import remove_reports
from lacewing.reports.tables import report_counts, report_numbers
from lacewing.reports.triage_tables import report_tombstones
from lacewing.storage import Database, Transaction

# Whoever was let in just before has stored by then what it came with.
REST: Final = timedelta(minutes=1)
REPORTS_AT_ONCE: Final = 100
ROWS_AT_ONCE: Final = 2000

Step = Callable[[Transaction], bool]


async def sweep_purged(db: Database) -> None:
    """In bounded units, each alone; a read where there is nothing to sweep. Raises UNAVAILABLE."""
    while (place := await db.read(lambda tx: next_purged_project(tx, _before(tx)))) is not None:
        if not await db.write(_project(place), is_alone=True):
            return
    while (found := await db.read(lambda tx: next_deleted_organization(tx, _before(tx)))) is not None:
        if not await db.write(_organization(found), is_alone=True):
            return


def _before(tx: Transaction) -> datetime:
    return tx.now - REST


def _project(place: Place) -> Step:
    return lambda tx: hold_purged_project(tx, place) and _sweep_project(tx, place)


def _organization(organization_id: UUID) -> Step:
    return lambda tx: (
        hold_deleted_organization(tx, organization_id) and _sweep_organization(tx, organization_id)
    )


def _sweep_project(tx: Transaction, place: Place) -> bool:
    """The tombstones that its reports leave are nobody's either."""
    report_ids = sweep_queries.some_reports(tx, place, REPORTS_AT_ONCE)
    if report_ids:
        remove_reports(tx, place, report_ids)
    elif not _forget_tombstones(tx, place):
        _forget_the_rest(tx, place)
    return True


def _forget_tombstones(tx: Transaction, place: Place) -> bool:
    first = sweep_queries.first_tombstone(tx, place)
    if first is None:
        return False
    its = (
        report_tombstones.c.organization_id == place.organization_id,
        report_tombstones.c.project_id == place.project_id,
        report_tombstones.c.change < first + ROWS_AT_ONCE,
    )
    tx.execute(delete(report_tombstones).where(*its))
    return True


def _forget_the_rest(tx: Transaction, place: Place) -> None:
    for table in (report_counts, report_numbers):
        its = (table.c.organization_id == place.organization_id, table.c.project_id == place.project_id)
        tx.execute(delete(table).where(*its))
    forget_project_tokens(tx, place)
    forget_project(tx, place)


def _sweep_organization(tx: Transaction, organization_id: UUID) -> bool:
    if forget_some_events(tx, organization_id, ROWS_AT_ONCE) == 0:
        forget_organization(tx, organization_id)
    return True
