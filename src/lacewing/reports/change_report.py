"""The verb that changes one report, and what a change is as a function of reports."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.kit.checks import Checks
from lacewing.kit.errors import FieldError, changed_meanwhile, invalid
from lacewing.reports import history_queries, label_steps, people_queries, updates
from lacewing.reports.apply import Alter, apply_one
from lacewing.reports.compose import description_of, has_parts
from lacewing.reports.label_steps import Names
from lacewing.reports.locate import locate_live
from lacewing.reports.read_reports import get_report
from lacewing.reports.submit import LONGEST_TEXT, LONGEST_TITLE
from lacewing.reports.transitions import with_status
from lacewing.reports.values import Found, FullReport, Report, ReportChange, Status
from lacewing.storage import Database, Transaction

_PARTS = ("given", "when", "then", "notes")
_LABELS = frozenset({"labels", "add_labels", "remove_labels"})
TAKEN_BACK_WITHIN = timedelta(minutes=5)
CameFrom = Callable[[Report], Status | None]
_AS_GIVEN = ("title", "severity", "category", "assignee_id", *_PARTS)


async def change_report(
    db: Database,
    actor: Actor,
    reference: UUID | str,
    change: ReportChange,
    expected: frozenset[int] | None = None,
) -> FullReport:
    """The report as it is then: whoever changes it must be allowed to read it. `expected` are the counts
    (`Report.change`) at one of which it must stand.

    Raises INVALID, NOT_FOUND, FORBIDDEN, PRECONDITION_FAILED, CONFLICT: `ambiguous_code`,
    `invalid_transition`, `merged`, `project_deleted`.
    """
    found = await locate_live(db, actor, Permission.REPORTS_WRITE, reference)
    actor.require(Permission.REPORTS_READ, found.place, "Report")
    check_change(change)
    await db.write(lambda tx: _change(tx, actor, found, change, expected))
    return await get_report(db, actor, found.id)


def check_change(change: ReportChange) -> None:
    """Raises INVALID: all that is wrong with it before any report is looked at."""
    checks = Checks()
    if not change:
        checks.refuse("", "At least one field must be given", "blank")
    if "title" in change:
        checks.text("title", change["title"], shortest=1, longest=LONGEST_TITLE)
    for field in ("description", *_PARTS):
        checks.text(field, str(change.get(field, "")), longest=LONGEST_TEXT)
    for field in sorted(_LABELS & change.keys()):
        label_steps.check_names(checks, field, change[field])  # type: ignore[literal-required]
    checks.finish()


def is_labelling(change: ReportChange) -> bool:
    return not _LABELS.isdisjoint(change)


def alteration(
    tx: Transaction, actor: Actor, place: Place, report_ids: Sequence[UUID], change: ReportChange
) -> Alter:
    """What `change` makes of the reports of the place: from now on nobody else changes its reports or labels.

    A status that the same person changed in the last five minutes may be taken back, whatever may follow it.

    Raises INVALID for an assignee who can not read it.
    """
    updates.take_turns(tx, place)
    assignee_id = change.get("assignee_id")
    if assignee_id is not None and not people_queries.is_reader(tx, place, assignee_id):
        sentence = "must be somebody who can read the project"
        raise invalid(FieldError("assignee_id", sentence, "not_a_member"))
    names = label_steps.names(tx, place) if is_labelling(change) else {}
    came_from = _came_from(tx, actor, place, report_ids)
    return lambda report: _altered(report, change, names, tx.now, came_from)


def _change(
    tx: Transaction, actor: Actor, found: Found, change: ReportChange, expected: frozenset[int] | None
) -> Report:
    become = alteration(tx, actor, found.place, [found.id], change)

    def alter(report: Report) -> Report:
        if expected is not None and report.change not in expected:
            raise changed_meanwhile("The report")
        return become(report)

    return apply_one(tx, actor, found.place, found.id, alter)


def _came_from(tx: Transaction, actor: Actor, place: Place, report_ids: Sequence[UUID]) -> CameFrom:
    """What the actor's person has just taken a report from; asked of the log once, and seldom at all."""

    @cache
    def moves() -> dict[UUID, history_queries.Move]:
        return history_queries.last_moves(tx, place, report_ids, tx.now - TAKEN_BACK_WITHIN)

    def came_from(report: Report) -> Status | None:
        move = moves().get(report.id)
        is_own = move is not None and actor.person is not None and move.person_id == actor.person.id
        return move.status if move is not None and is_own else None

    return came_from


def _altered(
    report: Report, change: ReportChange, names: Names, now: datetime, came_from: CameFrom
) -> Report:
    altered = report._replace(**{name: change[name] for name in _AS_GIVEN if name in change})  # type: ignore[literal-required]
    if has_parts(altered) and not has_parts(report) and "notes" not in change:
        altered = altered._replace(notes=report.description)
    altered = altered._replace(description=_description(report, altered, change))
    if "status" in change:
        altered = with_status(altered, change["status"], now, came_from)
    return altered._replace(labels=_labels(report.labels, change, names))


def _description(before: Report, after: Report, change: ReportChange) -> str:
    """One that was composed of a ticket's parts follows them; without parts the notes are all of it."""
    if "description" in change:
        return change["description"]
    is_all = "notes" in change and not has_parts(after)
    is_composed = before.description == description_of(before)
    return description_of(after) if is_all or is_composed else before.description


def _labels(present: tuple[str, ...], change: ReportChange, names: Names) -> tuple[str, ...]:
    """In the order of their names. Raises INVALID for one that is none of the project's, and for too many."""
    if not is_labelling(change):
        return present
    kept = label_steps.known(names, "labels", change["labels"]) if "labels" in change else present
    added = label_steps.known(names, "add_labels", change.get("add_labels", ()))
    return label_steps.in_order((*kept, *added), without=change.get("remove_labels", ()))
