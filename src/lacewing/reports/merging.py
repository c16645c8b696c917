"""The verbs that make a report a duplicate of another, and take that back. Both keep what they are."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import delete, insert, update

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.errors import FieldError, LacewingError, conflict, invalid, not_found
from lacewing.reports import triage_queries, updates
from lacewing.reports.apply import apply
from lacewing.reports.locate import locate_live
from lacewing.reports.read_reports import get_report
from lacewing.reports.transitions import with_status
from lacewing.reports.triage_tables import report_merges
from lacewing.reports.values import Found, FullReport, Report, Status
from lacewing.storage import Database, Transaction


async def merge_report(db: Database, actor: Actor, reference: UUID | str, into: UUID | str) -> FullReport:
    """Closed, as a duplicate of `into`, which is answered with all its duplicates. Its own become those of
    `into` too. To merge it there again is no error.

    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT: `already_merged`, `ambiguous_code`, `project_deleted`,
    `target_is_duplicate`.
    """
    found, target = await _both(db, actor, reference, into)
    await db.write(lambda tx: _merge(tx, actor, found, target))
    return await get_report(db, actor, target.id)


async def unmerge_report(db: Database, actor: Actor, reference: UUID | str) -> FullReport:
    """A report of its own again, with the status that it had.

    Raises NOT_FOUND, FORBIDDEN, CONFLICT: `ambiguous_code`, `not_merged`, `project_deleted`.
    """
    found = await _writable(db, actor, reference)
    await db.write(lambda tx: _unmerge(tx, actor, found))
    return await get_report(db, actor, found.id)


async def _writable(db: Database, actor: Actor, reference: UUID | str) -> Found:
    found = await locate_live(db, actor, Permission.REPORTS_WRITE, reference)
    actor.require(Permission.REPORTS_READ, found.place, "Report")
    return found


async def _both(db: Database, actor: Actor, reference: UUID | str, into: UUID | str) -> tuple[Found, Found]:
    found = await _writable(db, actor, reference)
    try:
        target = await _writable(db, actor, into)
    except LacewingError as refusal:
        if refusal.code != "not_found":
            raise
        raise _bad_target("must be a report of the same project") from refusal
    if target.place.project_id != found.place.project_id:
        raise _bad_target("must be a report of the same project")
    if target.id == found.id:
        raise _bad_target("must be another report")
    return found, target


def _bad_target(message: str) -> LacewingError:
    return invalid(FieldError("into", message, "bad_target"))


def _merge(tx: Transaction, actor: Actor, found: Found, target: Found) -> None:
    place = found.place
    updates.take_turns(tx, place)
    report, into = _the_two(tx, place, found, target)
    if report.merged_into_id == into.id:
        return
    if report.merged_into_id is not None:
        raise conflict("already_merged", f"{report.tracking_id} is a duplicate already. Unmerge it first.")
    if into.merged_into_id is not None:
        raise conflict("target_is_duplicate", f"{into.tracking_id} is a duplicate itself.")
    moved = [duplicate.id for duplicate in triage_queries.duplicates_of(tx, place, [report.id])]
    _point(tx, actor, report, into, moved)
    become: dict[UUID, Callable[[Report], Report]] = {
        report.id: lambda it: with_status(it, Status.CLOSED, tx.now)._replace(
            merged_into_id=into.id, duplicates=0
        ),
        into.id: lambda it: it._replace(duplicates=it.duplicates + 1 + len(moved)),
    }
    become |= {moved_id: lambda it: it._replace(merged_into_id=into.id) for moved_id in moved}
    others = dict.fromkeys(become, into.tracking_id) | {into.id: report.tracking_id}
    kind = EventKind.REPORT_MERGED
    apply(tx, actor, place, list(become), lambda it: become[it.id](it), kind, others=others)


def _the_two(tx: Transaction, place: Place, found: Found, target: Found) -> tuple[Report, Report]:
    present = {report.id: report for report in triage_queries.rows(tx, place, [found.id, target.id])}
    if found.id not in present:
        raise not_found("Report")
    if target.id not in present:
        raise _bad_target("must be a report of the same project")
    return present[found.id], present[target.id]


def _point(tx: Transaction, actor: Actor, report: Report, into: Report, moved: list[UUID]) -> None:
    if moved:
        tx.execute(update(report_merges).where(report_merges.c.into_id == report.id).values(into_id=into.id))
    tx.execute(
        insert(report_merges).values(
            report_id=report.id,
            organization_id=report.organization_id,
            into_id=into.id,
            previous_status=report.status,
            previous_resolved_at=report.resolved_at,
            merged_by=actor.person.id if actor.person else None,
            merged_at=tx.now,
        )
    )


def _unmerge(tx: Transaction, actor: Actor, found: Found) -> None:
    updates.take_turns(tx, found.place)
    merge = triage_queries.merge_of(tx, found.place, found.id)
    if merge is None:
        raise conflict("not_merged", f"{found.tracking_id} is no duplicate.")
    tx.execute(delete(report_merges).where(report_merges.c.report_id == found.id))
    become: dict[UUID, Callable[[Report], Report]] = {
        found.id: lambda it: it._replace(
            merged_into_id=None, status=merge.previous_status, resolved_at=merge.previous_resolved_at
        ),
        merge.into_id: lambda it: it._replace(duplicates=it.duplicates - 1),
    }
    [into] = triage_queries.rows(tx, found.place, [merge.into_id])
    others = {found.id: into.tracking_id, into.id: found.tracking_id}
    kind = EventKind.REPORT_UNMERGED
    apply(tx, actor, found.place, list(become), lambda it: become[it.id](it), kind, others=others)
