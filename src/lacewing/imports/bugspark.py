"""What BugSpark's rows mean here, be they from its database or from its export."""

from collections.abc import Mapping, Sequence
from html import unescape

from lacewing.access.permissions import ProjectRole
from lacewing.imports.foreign import (
    Row,
    cut,
    evidence_of,
    key_of,
    moment_of,
    object_of,
    text_of,
    tracked,
)
from lacewing.imports.values import SourceComment, SourceFile, SourcePerson, SourceProject, SourceReport
from lacewing.imports.words import worded
from lacewing.reports import (
    LONGEST_COMMENT,
    LONGEST_IDENTIFIER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Category,
    Evidence,
    NewReport,
    Severity,
    Status,
    Use,
)

ROLES = {"viewer": ProjectRole.VIEWER, "editor": ProjectRole.EDITOR, "admin": ProjectRole.ADMIN}
STATUSES = {status.value: status for status in Status}
SEVERITIES = {severity.value: severity for severity in Severity}
CATEGORIES = {category.value: category for category in Category}
_PICTURES = {"screenshot_url": Use.SCREENSHOT, "annotated_screenshot_url": Use.ANNOTATED}
_ENDED = frozenset({Status.RESOLVED, Status.CLOSED})
UNTITLED = "(untitled)"


def person_of(row: Row) -> SourcePerson:
    return SourcePerson(
        text_of(row.get("id")),
        text_of(row.get("name")).strip(),
        text_of(row.get("email")).strip(),
        is_active=row.get("is_active") is not False,
    )


def project_of(row: Row, code: str | None, members: Sequence[Row]) -> SourceProject:
    """Its owner runs it. Who was invited and never came is nobody's member."""
    roles = {
        str(member["user_id"]): ROLES.get(text_of(member.get("role")), ProjectRole.VIEWER)
        for member in members
        if member.get("user_id") is not None
    }
    owner = key_of(row.get("owner_id"))
    return SourceProject(
        text_of(row.get("id")),
        text_of(row.get("name")).strip() or UNTITLED,
        code,
        text_of(row.get("domain")).strip(),
        object_of(row.get("settings")),
        moment_of(row.get("created_at")),
        is_deleted=row.get("is_active") is False,
        members=roles if owner is None else {**roles, owner: ProjectRole.ADMIN},
    )


def report_of(row: Row, comments: Sequence[Row]) -> SourceReport:
    """BugSpark keeps no history: what is resolved ended when it was last changed."""
    notes: list[str] = []
    status = worded(STATUSES, row.get("status"), Status.NEW, "status", notes)
    updated_at = moment_of(row.get("updated_at"))
    tracking = text_of(row.get("tracking_id"))
    return SourceReport(
        key=text_of(row.get("id")),
        tracking=tracking or text_of(row.get("id")),
        number=tracked(tracking)[1],
        new=_new(row, notes),
        status=status,
        assignee_key=key_of(row.get("assignee_id")),
        created_at=moment_of(row.get("created_at")),
        updated_at=updated_at,
        resolved_at=updated_at or moment_of(row.get("created_at")) if status in _ENDED else None,
        comments=tuple(comment_of(comment, notes) for comment in comments),
        files=_files(row),
        notes=tuple(notes),
    )


def comment_of(row: Row, notes: list[str]) -> SourceComment:
    body = cut(_plain(row.get("body")), LONGEST_COMMENT, "comment", notes)
    return SourceComment(
        text_of(row.get("id")), key_of(row.get("author_id")), body, moment_of(row.get("created_at"))
    )


def _new(row: Row, notes: list[str]) -> NewReport:
    title = cut(_plain(row.get("title")), LONGEST_TITLE, "title", notes)
    identifier = cut(text_of(row.get("reporter_identifier")), LONGEST_IDENTIFIER, "reporter", notes)
    return NewReport(
        title=title if title.strip() else UNTITLED,
        severity=worded(SEVERITIES, row.get("severity"), Severity.MEDIUM, "severity", notes),
        description=cut(_plain(row.get("description")), LONGEST_TEXT, "description", notes),
        category=worded(CATEGORIES, row.get("category"), Category.OTHER, "category", notes),
        reporter_identifier=identifier or None,
        evidence=_evidence(row, notes),
    )


def _evidence(row: Row, notes: list[str]) -> Evidence:
    columns = ("console_logs", "network_logs", "user_actions", "metadata")
    return Evidence(*(evidence_of(row.get(column), column, notes) for column in columns))


def _files(row: Row) -> tuple[SourceFile, ...]:
    paths: Mapping[str, str] = {column: text_of(row.get(column)) for column in _PICTURES}
    return tuple(
        SourceFile(column, _PICTURES[column], path, f"{_PICTURES[column]}.png")
        for column, path in paths.items()
        if path
    )


def _plain(value: object) -> str:
    """It escapes text before it stores it: what was written is what that stands for."""
    return unescape(text_of(value)).replace("\0", "")
