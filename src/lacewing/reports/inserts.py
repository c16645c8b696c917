"""The statements that store new reports: each is hot, each stores many rows at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import insert, update

from lacewing.access.actor import Place
from lacewing.reports import search_index
from lacewing.reports.tables import report_counts, report_evidence, report_numbers, reports
from lacewing.reports.values import Report, Severity, Status
from lacewing.storage import Statement, Transaction, upsert

_NEW_NUMBERS = upsert(report_numbers)
_NUMBERS: Statement[tuple[int, int]] = Statement(
    _NEW_NUMBERS.on_conflict_do_update(
        index_elements=[report_numbers.c.organization_id, report_numbers.c.project_id],
        set_={
            "last_number": report_numbers.c.last_number + _NEW_NUMBERS.excluded.last_number,
            "last_change": report_numbers.c.last_change + _NEW_NUMBERS.excluded.last_change,
        },
    ).returning(report_numbers.c.last_number, report_numbers.c.last_change),
    lambda number, change: (number, change),
)
_NEW_COUNTS = upsert(report_counts)
_COUNTS = Statement(
    _NEW_COUNTS.on_conflict_do_update(
        index_elements=[
            report_counts.c.organization_id,
            report_counts.c.project_id,
            report_counts.c.status,
            report_counts.c.severity,
        ],
        set_={"count": report_counts.c["count"] + _NEW_COUNTS.excluded["count"]},
    ),
    int,
)
_REPORT = Statement(insert(reports), int)
_EVIDENCE = Statement(insert(report_evidence), int)


def take_numbers(tx: Transaction, organization_id: UUID, project_id: UUID, count: int) -> tuple[int, int]:
    """The first of `count` numbers that follow the project's last one without a gap; the same of changes."""
    number, change = _NUMBERS.the(
        tx, organization_id=organization_id, project_id=project_id, last_number=count, last_change=count
    )
    return number - count + 1, change - count + 1


def take_changes(tx: Transaction, organization_id: UUID, project_id: UUID, count: int) -> int:
    """The first of `count` changes to reports that are there already; others wait until the COMMIT."""
    _, change = _NUMBERS.the(
        tx, organization_id=organization_id, project_id=project_id, last_number=0, last_change=count
    )
    return change - count + 1


def advance(tx: Transaction, place: Place, numbers: int, changes: int) -> int:
    """So many numbers are taken or passed over, and so many changes made: the first of those."""
    _, change = _NUMBERS.the(
        tx,
        organization_id=place.organization_id,
        project_id=place.project_id,
        last_number=numbers,
        last_change=changes,
    )
    return change - changes + 1


def insert_reports(tx: Transaction, new: list[Report], cut: Sequence[list[str]]) -> None:
    """With the words of each, so that a search finds them."""
    _REPORT.run_many(tx, [_row(report) for report in new])
    search_index.index(tx, list(zip(new, cut, strict=True)))


def insert_evidence(tx: Transaction, packed: list[tuple[Report, bytes]]) -> None:
    rows = [
        {"report_id": report.id, "organization_id": report.organization_id, "packed": blob}
        for report, blob in packed
    ]
    if rows:
        _EVIDENCE.run_many(tx, rows)


def replace_evidence(tx: Transaction, report_id: UUID, packed: bytes | None) -> None:
    row = report_evidence.c.report_id == report_id
    tx.execute(update(report_evidence).where(row).values(packed=packed))


def count_reports(tx: Transaction, come: Iterable[Report], gone: Iterable[Report] = ()) -> None:
    """In sorted order, so that two batches never wait for each other in a circle."""
    counts = Counter(_counted(report) for report in come)
    counts.subtract(_counted(report) for report in gone)
    rows = [
        {
            "organization_id": organization_id,
            "project_id": project_id,
            "status": status,
            "severity": severity,
            "count": count,
        }
        for (organization_id, project_id, status, severity), count in sorted(counts.items())
        if count
    ]
    if rows:
        _COUNTS.run_many(tx, rows)


def _counted(report: Report) -> tuple[UUID, UUID, Status, Severity]:
    return report.organization_id, report.project_id, report.status, report.severity


def _row(report: Report) -> dict[str, object]:
    return {
        "id": report.id,
        "organization_id": report.organization_id,
        "project_id": report.project_id,
        "number": report.number,
        "title": report.title,
        "description": report.description,
        "severity": report.severity,
        "category": report.category,
        "status": report.status,
        "reporter_identifier": report.reporter_identifier,
        "assignee_id": report.assignee_id,
        "given_text": report.given,
        "when_text": report.when,
        "then_text": report.then,
        "notes": report.notes,
        "created_at": report.created_at,
        "updated_at": report.updated_at,
        "page": report.page,
        "browser": report.browser,
        "os": report.os,
        "has_error": report.has_error,
        "change": report.change,
        "resolved_at": report.resolved_at,
        "merged_into_id": report.merged_into_id,
        "labels": report.labels,
        "duplicates": report.duplicates,
    }
