"""The steps that store what is taken over: everything at its own time, told to no listener."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lacewing import events
from lacewing.access.actor import NOBODYS_ID, Place, Visit
from lacewing.events import Event, EventKind
from lacewing.kit.errors import not_found
from lacewing.reports import attachment_steps as steps
from lacewing.reports import import_queries, inserts, queries, triage_queries, updates
from lacewing.reports.attachment_values import Attachment
from lacewing.reports.history_queries import ELSEWHERE
from lacewing.reports.import_values import PastComment, PastReport
from lacewing.reports.triage_tables import comments
from lacewing.reports.values import Facets, FieldChange, NewReport, Report
from lacewing.reports.watching import add_watchers
from lacewing.storage import Statement, Transaction, upsert

# Beyond what any tracker has counted to, and far below what the column holds.
HIGHEST_NUMBER = 100_000_000

_ELSEWHERE = Visit("", "", "lacewing import", "import", is_local=True)
_COMMENTS = Statement(upsert(comments).on_conflict_do_nothing(), int)


class Arrival(NamedTuple):
    """A report that is new here: `new` is what is left of it without its secrets."""

    past: PastReport
    new: NewReport
    facets: Facets
    packed: bytes | None
    words: list[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a report's comments and files is new here; the files' bytes are stored."""

    past: PastReport
    comments: Sequence[PastComment]
    files: Sequence[Attachment]


def add_past_reports(tx: Transaction, place: Place, arrivals: Sequence[Arrival]) -> int:
    """How many: another import may have been quicker with some. Raises NOT_FOUND."""
    there = import_queries.present(tx, place.organization_id, [each.past.id for each in arrivals])
    arrivals = [each for each in arrivals if each.past.id not in there]
    if not arrivals:
        return 0
    stored = _numbered(tx, place, arrivals)
    inserts.insert_reports(tx, stored, [each.words for each in arrivals])
    packed = [(report, each.packed) for report, each in zip(stored, arrivals, strict=True)]
    inserts.insert_evidence(tx, [(report, blob) for report, blob in packed if blob is not None])
    inserts.count_reports(tx, stored)
    add_watchers(tx, [(report, each) for report in stored if (each := report.assignee_id) is not None])
    events.append_past(tx, [told for each in arrivals for told in _happened(place, each.past)])
    return len(stored)


def add_past_parts(tx: Transaction, place: Place, parts: Sequence[Parts]) -> None:
    """A report that was there before has changed by them."""
    for each in parts:
        for file in each.files:
            steps.attach(tx, file)
    rows = [_comment(place, each.past.id, comment) for each in parts for comment in each.comments]
    if rows:
        _COMMENTS.run_many(tx, rows)
    events.append_past(
        tx, [_said(place, each.past.id, comment) for each in parts for comment in each.comments]
    )
    changed = [each.past.id for each in parts if each.files]
    updates.update_reports(tx, place, triage_queries.rows(tx, place, changed), is_in_passing=True)


def _numbered(tx: Transaction, place: Place, arrivals: Sequence[Arrival]) -> list[Report]:
    code = queries.project_code(tx, place.project_id)
    if code is None:
        raise not_found("Project")
    last = queries.last_number(tx, place)
    numbers = _numbers([each.past.number for each in arrivals], last)
    change = inserts.advance(tx, place, numbers[-1] - last, len(arrivals))
    return [
        _report(place, each, code=code, number=number, change=change + nth)
        for nth, (each, number) in enumerate(zip(arrivals, numbers, strict=True))
    ]


def _numbers(wanted: Sequence[int | None], last: int) -> list[int]:
    """Its own for each that comes after the last one, else the next: no number is ever given twice."""
    taken = []
    for number in wanted:
        last = number if number is not None and last < number <= HIGHEST_NUMBER else last + 1
        taken.append(last)
    return taken


def _report(place: Place, arrival: Arrival, *, code: str, number: int, change: int) -> Report:
    past, new = arrival.past, arrival.new
    return Report(
        id=past.id,
        organization_id=place.organization_id,
        project_id=place.project_id,
        project_code=code,
        number=number,
        title=new.title,
        description=new.description,
        severity=new.severity,
        category=new.category,
        status=past.status,
        reporter_identifier=new.reporter_identifier,
        assignee_id=past.assignee_id,
        given=new.given,
        when=new.when,
        then=new.then,
        notes=new.notes,
        created_at=past.created_at,
        updated_at=past.updated_at,
        change=change,
        resolved_at=past.resolved_at,
        **arrival.facets._asdict(),
    )


def _happened(place: Place, past: PastReport) -> Iterator[tuple[datetime, Event]]:
    """Its creation, and what was changed of it since."""
    yield (
        past.created_at,
        _event(EventKind.REPORT_CREATED, place, past.id, None, {"imported_from": past.origin}),
    )
    for change in past.changes:
        data = {} if change.by is None else {ELSEWHERE: change.by}
        for field in change.changes:
            data |= _sides(field)
        yield change.at, _event(EventKind.REPORT_UPDATED, place, past.id, change.person_id, data)


def _sides(change: FieldChange) -> dict[str, str]:
    sides = (("from", change.before), ("to", change.after))
    return {f"{change.field}.{side}": text for side, text in sides if text}


def _said(place: Place, report_id: UUID, comment: PastComment) -> tuple[datetime, Event]:
    data = {"comment_id": str(comment.id)}
    if comment.author_id is None:
        data[ELSEWHERE] = comment.author_name
    told = _event(EventKind.COMMENT_CREATED, place, report_id, comment.author_id, data)
    return comment.created_at, told


def _event(
    kind: EventKind, place: Place, report_id: UUID, person_id: UUID | None, data: dict[str, str]
) -> Event:
    return Event(
        kind,
        _ELSEWHERE,
        organization_id=place.organization_id,
        project_id=place.project_id,
        person_id=person_id,
        subject_id=report_id,
        data=data,
    )


def _comment(place: Place, report_id: UUID, comment: PastComment) -> dict[str, object]:
    return {
        "id": comment.id,
        "organization_id": place.organization_id,
        "project_id": place.project_id,
        "report_id": report_id,
        "author_id": comment.author_id,
        "credential_id": NOBODYS_ID,
        "credential_name": None if comment.author_id else comment.author_name,
        "body": comment.body,
        "created_at": comment.created_at,
        "visible_to_reporter": comment.visible_to_reporter,
        "is_from_reporter": False,
    }
