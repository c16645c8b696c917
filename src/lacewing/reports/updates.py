"""The statements that change reports which are there already."""

from collections.abc import Sequence

from sqlalchemy import bindparam, update

from lacewing.access.actor import Place
from lacewing.reports import inserts
from lacewing.reports.tables import reports
from lacewing.reports.values import Report
from lacewing.storage import Statement, Transaction

_IS_IT = (
    reports.c.id == bindparam("its_id"),
    reports.c.organization_id == bindparam("its_organization"),
)
# Apart from the texts, so that what is searched is indexed anew only where it changed.
_CHANGE = Statement(
    update(reports)
    .where(*_IS_IT)
    .values(
        {
            name: bindparam(name)
            for name in (
                "severity",
                "category",
                "status",
                "assignee_id",
                "updated_at",
                "change",
                "resolved_at",
                "merged_into_id",
                "labels",
                "duplicates",
            )
        }
    ),
    int,
)
_TEXT_COLUMNS = {
    "title": "title",
    "description": "description",
    "given_text": "given",
    "when_text": "when",
    "then_text": "then",
    "notes": "notes",
}
_TEXTS = Statement(
    update(reports).where(*_IS_IT).values({name: bindparam(name) for name in _TEXT_COLUMNS}), int
)


def take_turns(tx: Transaction, place: Place) -> None:
    """First in each unit that changes a project's reports: until the COMMIT nobody else does."""
    inserts.take_changes(tx, place.organization_id, place.project_id, 0)


def update_reports(
    tx: Transaction, place: Place, changed: Sequence[Report], *, is_in_passing: bool = False
) -> list[Report]:
    """As they are stored now: each with a change of its own, and, unless in passing, this unit's time."""
    if not changed:
        return []
    first = inserts.take_changes(tx, place.organization_id, place.project_id, len(changed))
    stored = [
        report._replace(change=first + nth, updated_at=report.updated_at if is_in_passing else tx.now)
        for nth, report in enumerate(changed)
    ]
    _CHANGE.run_many(tx, [_values(report) for report in stored])
    return stored


def texts_differ(one: Report, other: Report) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in _TEXT_COLUMNS.values())


def update_texts(tx: Transaction, changed: Sequence[Report]) -> None:
    rows = [
        {
            "its_id": report.id,
            "its_organization": report.organization_id,
            **{column: getattr(report, field) for column, field in _TEXT_COLUMNS.items()},
        }
        for report in changed
    ]
    if rows:
        _TEXTS.run_many(tx, rows)


def _values(report: Report) -> dict[str, object]:
    return {
        "its_id": report.id,
        "its_organization": report.organization_id,
        "severity": report.severity,
        "category": report.category,
        "status": report.status,
        "assignee_id": report.assignee_id,
        "updated_at": report.updated_at,
        "change": report.change,
        "resolved_at": report.resolved_at,
        "merged_into_id": report.merged_into_id,
        "labels": report.labels,
        "duplicates": report.duplicates,
    }
