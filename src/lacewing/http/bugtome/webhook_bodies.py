"""What a webhook that subscribed by BugToMe's names is sent."""

from typing import Final
from uuid import UUID

import msgspec

from lacewing.http.bugtome.wire import SHOWN, Someone, Ticket, TicketStatus, ticket
from lacewing.http.bugtome.wire_organizations import OrganizationItem
from lacewing.http.shapes import Instant
from lacewing.reports import Report, Severity, Status
from lacewing.webhooks import Happening

_encoder: Final = msgspec.json.Encoder()


class Doer(msgspec.Struct):
    """`id` and `email` are null for a token of a project and for a publishable key."""

    id: UUID | None
    email: str | None
    name: str


class ProjectItem(msgspec.Struct):
    id: UUID
    name: str
    code: str
    slug: str


class StatusChange(msgspec.Struct):
    old_status: TicketStatus
    new_status: TicketStatus


class Assignment(msgspec.Struct):
    assignee: Someone


class PriorityChange(msgspec.Struct):
    old_priority: Severity
    new_priority: Severity


class CommentItem(msgspec.Struct):
    id: UUID
    content: str
    created_at: Instant


class Commented(msgspec.Struct):
    comment: CommentItem


class NoChanges(msgspec.Struct):
    """As of what is new."""


Changes = StatusChange | Assignment | PriorityChange | Commented | NoChanges


class EventData(msgspec.Struct):
    ticket: Ticket
    actor: Doer | None
    organization: OrganizationItem
    project: ProjectItem
    changes: Changes


class EventBody(msgspec.Struct):
    event: str
    timestamp: Instant
    data: EventData


def event_body(name: str, happening: Happening, base_url: str) -> bytes | None:
    """None where a ticket has nothing to tell: it is gone, or the change is none of a ticket's."""
    report, changes = happening.report, _changes(name, happening)
    if report is None or changes is None:
        return None
    return _encoder.encode(EventBody(name, happening.at, _data(happening, report, changes, base_url)))


def _data(happening: Happening, report: Report, changes: Changes, base_url: str) -> EventData:
    actor, assignee = happening.actor, happening.assignee
    return EventData(
        ticket=ticket(report, {} if assignee is None else {assignee.id: assignee}, base_url),
        actor=None if actor is None else Doer(actor.id, actor.email, actor.name),
        organization=OrganizationItem(*happening.organization),
        project=ProjectItem(*happening.project),
        changes=changes,
    )


def _changes(name: str, happening: Happening) -> Changes | None:
    match name:
        case "ticket_status_changed" | "ticket_closed":
            return _status_change(happening)
        case "ticket_assigned":
            return _assignment(happening)
        case "ticket_priority_changed":
            return _priority_change(happening)
        case "ticket_commented":
            return _commented(happening)
        case _:
            return NoChanges()


def _status_change(happening: Happening) -> StatusChange | None:
    """Between two that a ticket shows as one, nothing has changed."""
    change = happening.change_of("status")
    if change is None or change.before is None or change.after is None:
        return None
    old, new = SHOWN[Status(change.before)], SHOWN[Status(change.after)]
    return None if old is new else StatusChange(old, new)


def _assignment(happening: Happening) -> Assignment | None:
    """Somebody else has it meanwhile, who is told of next; or nobody has."""
    change, assignee = happening.change_of("assignee_id"), happening.assignee
    if change is None or assignee is None or change.after != str(assignee.id):
        return None
    return Assignment(Someone(*assignee))


def _priority_change(happening: Happening) -> PriorityChange | None:
    change = happening.change_of("severity")
    if change is None or change.before is None or change.after is None:
        return None
    return PriorityChange(Severity(change.before), Severity(change.after))


def _commented(happening: Happening) -> Commented | None:
    comment = happening.comment
    if comment is None:
        return None
    return Commented(CommentItem(comment.id, comment.body, comment.created_at))
