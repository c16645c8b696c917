"""Something that happened to a report, as a listener hands it to those who render it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from lacewing.events import EventKind
from lacewing.reports import Assignee, Category, Comment, FieldChange, Report, Severity, Status
from lacewing.webhooks.values import Doer, Happening, Owner, Scene

AT: Final = datetime(2026, 3, 2, 9, 0, 0, 125, tzinfo=UTC)
PERSON: Final = UUID(int=7)
REPORT: Final = Report(
    id=UUID(int=3),
    organization_id=UUID(int=1),
    project_id=UUID(int=2),
    project_code="WEB",
    number=42,
    title="The button does nothing",
    description="It does not pay.",
    severity=Severity.HIGH,
    category=Category.BUG,
    status=Status.NEW,
    reporter_identifier="user@example.org",
    assignee_id=PERSON,
    given="",
    when="",
    then="",
    notes="",
    created_at=AT,
    updated_at=AT,
    labels=("payment",),
)
COMMENT: Final = Comment(UUID(int=5), REPORT.id, PERSON, "Bob", "Seen on two machines.", AT)


def happening(kind: EventKind, *changes: FieldChange, **others: Any) -> Happening:
    it = Happening(
        id=UUID(int=9),
        kind=kind,
        at=AT,
        organization=Owner(REPORT.organization_id, "Ada's Shop", "ada"),
        project=Scene(REPORT.project_id, "Website", "WEB", "website"),
        report_id=REPORT.id,
        tracking_id=REPORT.tracking_id,
        actor=Doer(PERSON, "Bob", "bob@example.org"),
        report=REPORT,
        assignee=Assignee(PERSON, "bob@example.org", "Bob"),
        changes=changes,
    )
    return replace(it, **others)
