"""The steps by which reports of one project become duplicates of another, and are parted again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update

from lacewing.access.actor import Actor, Place
from lacewing.events import EventKind
from lacewing.kit.errors import FieldError, LacewingError, conflict, invalid, not_found
from lacewing.reports import triage_queries, updates
from lacewing.reports.apply import Outcome, apply
from lacewing.reports.differences import LONGEST_TOLD
from lacewing.reports.transitions import with_status
from lacewing.reports.triage_queries import chunks
from lacewing.reports.triage_tables import report_merges
from lacewing.reports.values import Found, Report, Status
from lacewing.storage import Statement, Transaction

_MERGE = Statement(insert(report_merges), int)


def bad_target(message: str) -> LacewingError:
    return invalid(FieldError("into", message, "bad_target"))


def merge_all(
    tx: Transaction, actor: Actor, place: Place, report_ids: Sequence[UUID], target: Found
) -> dict[UUID, Outcome]:
    """What became of each; those of one that is merged along with them go where it goes."""
    updates.take_turns(tx, place)
    present = {report.id: report for report in triage_queries.rows(tx, place, [*report_ids, target.id])}
    into = present.get(target.id)
    if into is None:
        missing = bad_target("must be a report of the same project")
        return {each: missing if each in present else not_found("Report") for each in report_ids}
    outcomes = {each: _judged(present.get(each), into, frozenset(report_ids)) for each in report_ids}
    accepted = [report for report in outcomes.values() if isinstance(report, Report)]
    merged = [report for report in accepted if report.merged_into_id is None]
    became = _merge(tx, actor, place, merged, into)
    return {each: became.get(each, it) if isinstance(it, Report) else it for each, it in outcomes.items()}


def unmerge_all(
    tx: Transaction, actor: Actor, place: Place, report_ids: Sequence[UUID]
) -> dict[UUID, Outcome]:
    """Each with the status that it had."""
    updates.take_turns(tx, place)
    present = {report.id: report for report in triage_queries.rows(tx, place, report_ids)}
    merges = triage_queries.merges_of(tx, place, list(present))
    targets = triage_queries.rows(tx, place, sorted({merge.into_id for merge in merges.values()}))
    _part(tx, place, list(merges))
    parted: dict[UUID, list[Report]] = defaultdict(list)
    for report_id, merge in merges.items():
        parted[merge.into_id].append(present[report_id])

    def alone(it: Report) -> Report:
        if it.id not in merges:
            return it._replace(duplicates=it.duplicates - len(parted[it.id]))
        was = merges[it.id]
        return it._replace(
            merged_into_id=None, status=was.previous_status, resolved_at=was.previous_resolved_at
        )

    others = {each.id: into.tracking_id for into in targets for each in parted[into.id]}
    others |= {into.id: _codes(parted[into.id]) for into in targets}
    became = apply(tx, actor, place, list(others), alone, EventKind.REPORT_UNMERGED, others=others)
    return {each: became[each] if each in merges else _no_duplicate(present.get(each)) for each in report_ids}


def _judged(report: Report | None, into: Report, along: frozenset[UUID]) -> Outcome:
    if report is None:
        return not_found("Report")
    if report.id == into.id:
        return bad_target("must be another report")
    if report.merged_into_id == into.id:
        return report
    if report.merged_into_id is not None and report.merged_into_id not in along:
        return conflict("already_merged", f"{report.tracking_id} is a duplicate already. Unmerge it first.")
    if into.merged_into_id is not None:
        return conflict("target_is_duplicate", f"{into.tracking_id} is a duplicate itself.")
    return report


def _merge(
    tx: Transaction, actor: Actor, place: Place, merged: Sequence[Report], into: Report
) -> dict[UUID, Outcome]:
    if not merged:
        return {}
    ids = [report.id for report in merged]
    moved = [duplicate.id for duplicate in triage_queries.duplicates_of(tx, place, ids)]
    _point(tx, actor, place, merged, into)

    def become(it: Report) -> Report:
        if it.id == into.id:
            return it._replace(duplicates=it.duplicates + len(merged) + len(moved))
        if it.merged_into_id is None:
            it = with_status(it, Status.CLOSED, tx.now)._replace(duplicates=0)
        return it._replace(merged_into_id=into.id)

    others = dict.fromkeys([*ids, *moved], into.tracking_id) | {into.id: _codes(merged)}
    return apply(tx, actor, place, list(others), become, EventKind.REPORT_MERGED, others=others)


def _point(tx: Transaction, actor: Actor, place: Place, merged: Sequence[Report], into: Report) -> None:
    its = update(report_merges).where(report_merges.c.organization_id == place.organization_id)
    for some in chunks([report.id for report in merged if report.duplicates]):
        tx.execute(its.where(report_merges.c.into_id.in_(some)).values(into_id=into.id))
    _MERGE.run_many(tx, [_row(tx, actor, report, into) for report in merged])


def _row(tx: Transaction, actor: Actor, report: Report, into: Report) -> dict[str, Any]:
    return {
        "report_id": report.id,
        "organization_id": report.organization_id,
        "into_id": into.id,
        "previous_status": report.status,
        "previous_resolved_at": report.resolved_at,
        "merged_by": actor.person.id if actor.person else None,
        "merged_at": tx.now,
    }


def _part(tx: Transaction, place: Place, report_ids: Sequence[UUID]) -> None:
    its = delete(report_merges).where(report_merges.c.organization_id == place.organization_id)
    for some in chunks(report_ids):
        tx.execute(its.where(report_merges.c.report_id.in_(some)))


def _no_duplicate(report: Report | None) -> LacewingError:
    if report is None:
        return not_found("Report")
    return conflict("not_merged", f"{report.tracking_id} is no duplicate.")


def _codes(merged: Iterable[Report]) -> str:
    """As the log keeps a list: whole codes, and `…` for those that find no room."""
    told = ", ".join(report.tracking_id for report in sorted(merged, key=lambda it: it.number))
    if len(told) <= LONGEST_TOLD:
        return told
    whole, _, _ = told[: LONGEST_TOLD - 1].rpartition(", ")
    return f"{whole}, …"
