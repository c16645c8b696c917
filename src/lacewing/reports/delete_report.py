"""The verb that deletes a report, and the step behind every deletion of reports."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, insert

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.errors import not_found
from lacewing.reports import inserts, triage_queries, updates
from lacewing.reports.locate import locate
from lacewing.reports.tables import reports
from lacewing.reports.triage_queries import chunks
from lacewing.reports.triage_tables import report_tombstones
from lacewing.reports.values import Report
from lacewing.storage import Database, Statement, Transaction

_TOMBSTONE = Statement(insert(report_tombstones), int)


async def delete_report(db: Database, actor: Actor, reference: UUID | str) -> None:
    """For good, with its evidence and comments. Its duplicates stay, closed, as reports of their own.

    Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`.
    """
    found = await locate(db, actor, Permission.REPORTS_DELETE, reference)
    await db.write(lambda tx: _delete(tx, actor, found.place, found.id))


def remove_reports(tx: Transaction, place: Place, report_ids: Sequence[UUID]) -> list[Report]:
    """The step: those that were there, removed with all that hangs on them, each with a change of its own.

    The caller records why. A unit that removes very many does so in parts, each in a transaction of its own.
    """
    updates.take_turns(tx, place)
    gone = triage_queries.rows(tx, place, report_ids)
    if not gone:
        return []
    _let_duplicates_go(tx, place, gone)
    _bury(tx, place, gone)
    its = delete(reports).where(reports.c.organization_id == place.organization_id)
    for some in chunks([report.id for report in gone]):
        tx.execute(its.where(reports.c.id.in_(some)))
    inserts.count_reports(tx, (), gone)
    return gone


def record_deletions(tx: Transaction, actor: Actor, gone: Sequence[Report]) -> None:
    events.append_many(
        tx,
        [
            events.by_actor(
                EventKind.REPORT_DELETED,
                actor,
                organization_id=report.organization_id,
                project_id=report.project_id,
                subject_id=report.id,
                data={"report": report.tracking_id},
            )
            for report in gone
        ],
    )


def _delete(tx: Transaction, actor: Actor, place: Place, report_id: UUID) -> None:
    gone = remove_reports(tx, place, [report_id])
    if not gone:
        raise not_found("Report")
    record_deletions(tx, actor, gone)


def _let_duplicates_go(tx: Transaction, place: Place, gone: Sequence[Report]) -> None:
    """Those of what is gone stand alone; what lost a duplicate counts one less."""
    ids = frozenset(report.id for report in gone)
    orphans = triage_queries.duplicates_of(tx, place, [report.id for report in gone if report.duplicates])
    changed = [report._replace(merged_into_id=None) for report in orphans if report.id not in ids]
    lost = Counter(report.merged_into_id for report in gone if report.merged_into_id is not None)
    targets = triage_queries.rows(tx, place, sorted(lost.keys() - ids))
    changed += [report._replace(duplicates=report.duplicates - lost[report.id]) for report in targets]
    updates.update_reports(tx, place, changed)


def _bury(tx: Transaction, place: Place, gone: Sequence[Report]) -> None:
    first = inserts.take_changes(tx, place.organization_id, place.project_id, len(gone))
    _TOMBSTONE.run_many(
        tx,
        [
            {
                "organization_id": place.organization_id,
                "project_id": place.project_id,
                "change": first + nth,
                "report_id": report.id,
            }
            for nth, report in enumerate(gone)
        ],
    )
