"""The verbs that change or delete many reports at once: one transaction, one answer for each."""

from collections.abc import Sequence
from uuid import UUID

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.kit.errors import LacewingError, not_found
from lacewing.reports.apply import Outcome, apply
from lacewing.reports.at_once import Reference, change_each, in_places, locate_all
from lacewing.reports.change_report import alteration, check_change
from lacewing.reports.delete_report import record_deletions, remove_reports
from lacewing.reports.values import BulkOutcome, ReportChange
from lacewing.storage import Database, Transaction


async def change_reports(
    db: Database, actor: Actor, references: Sequence[Reference], change: ReportChange
) -> list[BulkOutcome]:
    """In the order of `references`, from 1 to 500 ids or codes. Raises INVALID."""
    check_change(change)
    return await change_each(
        db,
        actor,
        references,
        Permission.REPORTS_WRITE,
        lambda tx, place, ids: _change(tx, actor, place, ids, change),
    )


async def delete_reports(db: Database, actor: Actor, references: Sequence[Reference]) -> list[BulkOutcome]:
    """For good, as `delete_report` does. Raises INVALID."""
    located = await locate_all(db, actor, references, Permission.REPORTS_DELETE)
    return await in_places(db, references, located, lambda tx, place, ids: _delete(tx, actor, place, ids))


def _change(
    tx: Transaction, actor: Actor, place: Place, ids: list[UUID], change: ReportChange
) -> dict[UUID, Outcome]:
    try:
        alter = alteration(tx, actor, place, ids, change)
    except LacewingError as refusal:
        return dict.fromkeys(ids, refusal)
    return apply(tx, actor, place, ids, alter)


def _delete(tx: Transaction, actor: Actor, place: Place, ids: list[UUID]) -> dict[UUID, Outcome]:
    gone = remove_reports(tx, place, ids)
    record_deletions(tx, actor, gone)
    return {**{report_id: not_found("Report") for report_id in ids}, **{it.id: it for it in gone}}
