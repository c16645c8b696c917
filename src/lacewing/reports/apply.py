"""The one step that every change of a report goes through."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeVar
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError, not_found
from lacewing.reports import inserts, label_steps, search_index, triage_queries, updates, watching
from lacewing.reports.differences import differences
from lacewing.reports.values import Report
from lacewing.storage import Transaction

Alter = Callable[[Report], Report]
Outcome = Report | LacewingError
Value = TypeVar("Value")
NOBODY_ELSE: Final[Mapping[UUID, str]] = MappingProxyType({})


def apply(
    tx: Transaction,
    actor: Actor,
    place: Place,
    report_ids: Sequence[UUID],
    alter: Alter,
    kind: EventKind = EventKind.REPORT_UPDATED,
    *,
    others: Mapping[UUID, str] = NOBODY_ELSE,
) -> dict[UUID, Outcome]:
    """What became of each: counted, logged, with a change of its own where `alter` changed anything.

    All are of one project, in which the actor may do this. While it runs nobody else changes them. What
    `alter` refuses by a LacewingError is left as it was. `others` names, for the log, the report that the
    change of each has to do with.
    """
    updates.take_turns(tx, place)
    before = {report.id: report for report in triage_queries.rows(tx, place, report_ids)}
    outcomes = {report_id: _altered(before.get(report_id), alter) for report_id in report_ids}
    changed = [
        outcome
        for report_id, outcome in outcomes.items()
        if isinstance(outcome, Report) and outcome != before[report_id]
    ]
    stored = updates.update_reports(tx, place, changed)
    pairs = [(before[report.id], report) for report in stored]
    _follow(tx, actor, place, pairs, kind, others)
    return outcomes | {report.id: report for report in stored}


def apply_one(
    tx: Transaction,
    actor: Actor,
    place: Place,
    report_id: UUID,
    alter: Alter,
    kind: EventKind = EventKind.REPORT_UPDATED,
) -> Report:
    """The same for a single one. Raises what `alter` does, NOT_FOUND."""
    return the_one(apply(tx, actor, place, [report_id], alter, kind))


def the_one(outcomes: Mapping[UUID, Value | LacewingError]) -> Value:
    """What became of the only one that was asked for. Raises its refusal."""
    [outcome] = outcomes.values()
    if isinstance(outcome, LacewingError):
        raise outcome
    return outcome


def _altered(report: Report | None, alter: Alter) -> Outcome:
    if report is None:
        return not_found("Report")
    try:
        return alter(report)
    except LacewingError as refusal:
        return refusal


def _follow(
    tx: Transaction,
    actor: Actor,
    place: Place,
    pairs: list[tuple[Report, Report]],
    kind: EventKind,
    others: Mapping[UUID, str],
) -> None:
    """All that goes with the rows."""
    if not pairs:
        return
    reworded = [after for before, after in pairs if updates.texts_differ(before, after)]
    updates.update_texts(tx, reworded)
    for report in reworded:
        search_index.reindex(tx, report)
    inserts.count_reports(tx, [after for _, after in pairs], [before for before, _ in pairs])
    label_steps.relabel(tx, place, [after for before, after in pairs if before.labels != after.labels])
    watching.add_watchers(
        tx,
        [
            (after, after.assignee_id)
            for before, after in pairs
            if after.assignee_id is not None and after.assignee_id != before.assignee_id
        ],
    )
    events.append_many(
        tx,
        [
            events.by_actor(
                kind,
                actor,
                organization_id=place.organization_id,
                project_id=place.project_id,
                subject_id=after.id,
                data={
                    "report": after.tracking_id,
                    **({"other": others[after.id]} if after.id in others else {}),
                    **differences(before, after),
                },
            )
            for before, after in pairs
        ],
    )
