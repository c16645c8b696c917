"""Changes of tickets and comments on the wire."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.bugtome.wire import LONGEST_TEXT, LONGEST_TITLE, SHORTEST_PART, TicketStatus
from lacewing.http.shapes import Instant, text
from lacewing.kit.checks import Checks
from lacewing.reports import LONGEST_COMMENT, Comment, Reopen, ReportChange, Severity, Status

_Part = Annotated[str, text(LONGEST_TEXT, shortest=SHORTEST_PART)]
_Notes = Annotated[str, text(LONGEST_TEXT)]
_SET: Mapping[TicketStatus, Status | Reopen] = {
    TicketStatus.OPEN: Reopen.OPEN,
    TicketStatus.IN_PROGRESS: Status.IN_PROGRESS,
    TicketStatus.RESOLVED: Status.RESOLVED,
    TicketStatus.CLOSED: Status.CLOSED,
}
_SAME = ("title", "given", "when", "then", "assignee_id")


class TicketPatch(msgspec.Struct):
    """What is left out stays. `assignee_id` null takes it from whoever has it."""

    title: Annotated[str, text(LONGEST_TITLE, shortest=1)] | msgspec.UnsetType = msgspec.UNSET
    given: _Part | msgspec.UnsetType = msgspec.UNSET
    when: _Part | msgspec.UnsetType = msgspec.UNSET
    then: _Part | msgspec.UnsetType = msgspec.UNSET
    notes: _Notes | msgspec.UnsetType | None = msgspec.UNSET
    priority: Severity | msgspec.UnsetType = msgspec.UNSET
    status: TicketStatus | msgspec.UnsetType = msgspec.UNSET
    assignee_id: UUID | msgspec.UnsetType | None = msgspec.UNSET


class TicketPatchBody(msgspec.Struct):
    ticket: TicketPatch


class NewComment(msgspec.Struct):
    content: Annotated[str, text(LONGEST_COMMENT, shortest=1)]


class CommentBody(msgspec.Struct):
    comment: NewComment


class Author(msgspec.Struct):
    """`id` is null for a project's token; `name` is then the token's."""

    id: UUID | None
    name: str


class CommentItem(msgspec.Struct):
    id: UUID
    content: str
    author: Author
    created_at: Instant


class OneComment(msgspec.Struct):
    comment: CommentItem


class CommentList(msgspec.Struct):
    comments: list[CommentItem]


def report_change(patch: TicketPatch) -> ReportChange:
    """Raises INVALID: a ticket keeps what it needs."""
    told = {name: getattr(patch, name) for name in patch.__struct_fields__}
    given = {name: value for name, value in told.items() if value is not msgspec.UNSET}
    _check(given)
    change = ReportChange()
    for name in _SAME:
        if name in given:
            change[name] = given[name]  # type: ignore[literal-required]  # the two have the same names
    if "notes" in given:
        change["notes"] = given["notes"] or ""
    if "priority" in given:
        change["severity"] = given["priority"]
    if "status" in given:
        change["status"] = _SET[given["status"]]
    return change


def comment_item(comment: Comment) -> CommentItem:
    return CommentItem(
        comment.id, comment.body, Author(comment.author_id, comment.author_name), comment.created_at
    )


def comment_list(comments: list[Comment]) -> CommentList:
    return CommentList([comment_item(comment) for comment in comments])


def _check(given: Mapping[str, str]) -> None:
    checks = Checks()
    if "title" in given:
        checks.text("title", given["title"], shortest=1, longest=LONGEST_TITLE)
    for part in ("given", "when", "then"):
        if part in given:
            checks.text(part, given[part], shortest=SHORTEST_PART, longest=LONGEST_TEXT)
    checks.text("notes", given.get("notes") or "", longest=LONGEST_TEXT)
    checks.finish()
