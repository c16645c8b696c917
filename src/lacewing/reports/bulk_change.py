"""The verbs that change or delete many reports at once: one transaction, one answer for each."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

from lacewing.access.actor import Actor, Place, Reach
from lacewing.access.permissions import Permission
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, not_found
from lacewing.reports import triage_queries
from lacewing.reports.apply import Outcome, apply
from lacewing.reports.change_report import alteration, check_change
from lacewing.reports.delete_report import record_deletions, remove_reports
from lacewing.reports.locate import project_deleted
from lacewing.reports.read_reports import CODE, ambiguous
from lacewing.reports.values import BulkOutcome, Found, ReportChange
from lacewing.storage import Database, Transaction

MOST_AT_ONCE = 500

Reference = UUID | str
Located = Found | LacewingError
InPlace = Callable[[Transaction, Place, list[UUID]], dict[UUID, Outcome]]


async def change_reports(
    db: Database, actor: Actor, references: Sequence[Reference], change: ReportChange
) -> list[BulkOutcome]:
    """In the order of `references`, from 1 to 500 ids or codes. Raises INVALID."""
    _check(references)
    check_change(change)
    located = await _locate_all(db, actor, references, Permission.REPORTS_WRITE)
    located = {reference: _live(found) for reference, found in located.items()}
    return await _in_places(
        db, references, located, lambda tx, place, ids: _change(tx, actor, place, ids, change)
    )


async def delete_reports(db: Database, actor: Actor, references: Sequence[Reference]) -> list[BulkOutcome]:
    """For good, as `delete_report` does. Raises INVALID."""
    _check(references)
    located = await _locate_all(db, actor, references, Permission.REPORTS_DELETE)
    return await _in_places(db, references, located, lambda tx, place, ids: _delete(tx, actor, place, ids))


def _check(references: Sequence[Reference]) -> None:
    checks = Checks()
    if not 1 <= len(references) <= MOST_AT_ONCE:
        checks.refuse("ids", f"must be from 1 to {MOST_AT_ONCE} ids or codes", "out_of_range")
    checks.finish()


async def _locate_all(
    db: Database, actor: Actor, references: Sequence[Reference], permission: Permission
) -> dict[Reference, Located]:
    sight = actor.sight()
    meant = await db.read(lambda tx: _meant(tx, sight, references))
    return {reference: _judged(actor, reference, meant[reference], permission) for reference in meant}


def _meant(tx: Transaction, sight: Reach, references: Sequence[Reference]) -> dict[Reference, list[Found]]:
    """In as many statements for five hundred as for one."""
    names = {reference: _code(reference) or reference for reference in references}
    ids = sorted({name for name in names.values() if isinstance(name, UUID)})
    numbers: dict[str, list[int]] = defaultdict(list)
    for code, number in sorted({name for name in names.values() if isinstance(name, tuple)}):
        numbers[code].append(number)
    by_name: dict[object, list[Found]] = defaultdict(list)
    named = triage_queries.found_by_numbers(tx, sight, numbers)
    for found in dict.fromkeys([*triage_queries.found_by_ids(tx, sight, ids), *named]):
        by_name[found.id].append(found)
        by_name[_code(found.tracking_id)].append(found)
    return {reference: by_name[name] for reference, name in names.items()}


def _code(reference: Reference) -> tuple[str, int] | None:
    code = CODE.fullmatch(reference) if isinstance(reference, str) else None
    return None if code is None else (code[1].upper(), int(code[2]))


def _judged(actor: Actor, reference: Reference, found: list[Found], permission: Permission) -> Located:
    if not found:
        return not_found("Report")
    if len(found) > 1:
        return ambiguous(reference, found)
    try:
        actor.require(permission, found[0].place, "Report")
    except LacewingError as refusal:
        return refusal
    return found[0]


def _live(found: Located) -> Located:
    return project_deleted() if isinstance(found, Found) and found.is_of_deleted_project else found


async def _in_places(
    db: Database, references: Sequence[Reference], located: dict[Reference, Located], run: InPlace
) -> list[BulkOutcome]:
    wanted: dict[Place, dict[UUID, None]] = defaultdict(dict)
    for found in located.values():
        if isinstance(found, Found):
            wanted[found.place][found.id] = None
    outcomes = await db.write(lambda tx: _run_all(tx, wanted, run), is_alone=True) if wanted else {}
    return [BulkOutcome(reference, _refusal(located[reference], outcomes)) for reference in references]


def _run_all(tx: Transaction, wanted: dict[Place, dict[UUID, None]], run: InPlace) -> dict[UUID, Outcome]:
    """Projects in sorted order, so that two such never wait for each other in a circle."""
    places = sorted(wanted, key=lambda place: (place.organization_id, place.project_id))
    outcomes: dict[UUID, Outcome] = {}
    for place in places:
        outcomes |= run(tx, place, list(wanted[place]))
    return outcomes


def _refusal(located: Located, outcomes: dict[UUID, Outcome]) -> LacewingError | None:
    outcome = outcomes[located.id] if isinstance(located, Found) else located
    return outcome if isinstance(outcome, LacewingError) else None


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
