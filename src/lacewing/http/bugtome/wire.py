"""Tickets on the wire: reports under their other name."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant, text
from lacewing.reports import (
    DEEPEST_ROW,
    Assignee,
    Category,
    NewReport,
    Report,
    ReportList,
    Severity,
    SortBy,
    Status,
)

LONGEST_TITLE = 200
SHORTEST_PART = 10
LONGEST_TEXT = 10_000
Assignees = Mapping[UUID, Assignee]
_Project = Annotated[str, msgspec.Meta(description="A project's id or code.")]
_Part = Annotated[str, text(LONGEST_TEXT, shortest=SHORTEST_PART)]


class TicketStatus(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"


STATUSES: dict[TicketStatus, frozenset[Status]] = {
    TicketStatus.OPEN: frozenset({Status.NEW, Status.TRIAGING}),
    TicketStatus.IN_PROGRESS: frozenset({Status.IN_PROGRESS}),
    TicketStatus.RESOLVED: frozenset({Status.RESOLVED}),
    TicketStatus.CLOSED: frozenset({Status.CLOSED}),
}
SHOWN = {status: shown for shown, statuses in STATUSES.items() for status in statuses}


class NewTicket(msgspec.Struct):
    """`given`, `when` and `then` of 10 characters at least; a personal token needs `project_id`."""

    title: Annotated[str, text(LONGEST_TITLE, shortest=1)] = ""
    given: _Part = ""
    when: _Part = ""
    then: _Part = ""
    priority: Severity = Severity.MEDIUM
    notes: Annotated[str, text(LONGEST_TEXT)] | None = None
    project_id: _Project | None = None


class TicketBody(msgspec.Struct):
    ticket: NewTicket


class TicketSort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    UPDATED = "updated"
    PRIORITY = "priority"


SORTS: dict[TicketSort, SortBy] = {
    TicketSort.NEWEST: SortBy.NEWEST,
    TicketSort.OLDEST: SortBy.OLDEST,
    TicketSort.UPDATED: SortBy.UPDATED,
    TicketSort.PRIORITY: SortBy.SEVERITY,
}


class TicketQuery(msgspec.Struct):
    """`created_after` and `updated_after` are times with their zone, as in answers."""

    project_id: _Project | None = None
    status: TicketStatus | None = None
    priority: Severity | None = None
    search: str = ""
    assignee_id: UUID | None = None
    created_after: Instant | None = None
    updated_after: Instant | None = None
    sort: TicketSort = TicketSort.NEWEST
    page: Annotated[int, msgspec.Meta(ge=1, le=DEEPEST_ROW)] = 1
    per_page: Annotated[int, msgspec.Meta(ge=1, description="More than 100 counts as 100.")] = 25


class Someone(msgspec.Struct):
    id: UUID
    email: str
    name: str


class Ticket(msgspec.Struct):
    """`reporter` is who told of it, as far as that is known: mostly an e-mail address."""

    id: UUID
    code: str
    title: str
    status: TicketStatus
    priority: Severity
    given: str
    when: str
    then: str
    notes: str
    project_id: UUID
    organization_id: UUID
    assignee: Someone | None
    reporter: str | None
    url: str
    created_at: Instant
    updated_at: Instant


class OneTicket(msgspec.Struct):
    ticket: Ticket


class Meta(msgspec.Struct):
    total: int
    page: int
    per_page: int


class TicketPage(msgspec.Struct):
    tickets: list[Ticket]
    meta: Meta


def new_report(ticket: NewTicket, reporter: str | None) -> NewReport:
    return NewReport(
        title=ticket.title,
        severity=ticket.priority,
        category=Category.BUG,
        reporter_identifier=reporter,
        given=ticket.given,
        when=ticket.when,
        then=ticket.then,
        notes=ticket.notes or "",
    )


def ticket(report: Report, assignees: Assignees, base_url: str) -> Ticket:
    """A report without Given-When-Then shows its description as notes."""
    told = report.given or report.when or report.then
    return Ticket(
        id=report.id,
        code=report.tracking_id,
        title=report.title,
        status=SHOWN[report.status],
        priority=report.severity,
        given=report.given,
        when=report.when,
        then=report.then,
        notes=report.notes if told else report.description,
        project_id=report.project_id,
        organization_id=report.organization_id,
        assignee=_assignee(report, assignees),
        reporter=report.reporter_identifier,
        url=f"{base_url}/b/{report.tracking_id}",
        created_at=report.created_at,
        updated_at=report.updated_at,
    )


def ticket_page(found: ReportList, assignees: Assignees, base_url: str) -> TicketPage:
    meta = Meta(found.total, found.page.number, found.page.size)
    return TicketPage([ticket(report, assignees, base_url) for report in found.items], meta)


def _assignee(report: Report, assignees: Assignees) -> Someone | None:
    if report.assignee_id is None or report.assignee_id not in assignees:
        return None
    return Someone(*assignees[report.assignee_id])
