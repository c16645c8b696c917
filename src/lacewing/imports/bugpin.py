"""What the rows of BugPin's database mean here."""

from collections.abc import Mapping, Sequence
from typing import Any

from lacewing.access.permissions import ProjectRole
from lacewing.imports.foreign import Row, cut, evidence_of, key_of, moment_of, object_of, text_of
from lacewing.imports.values import (
    SourceChange,
    SourceComment,
    SourceFile,
    SourcePerson,
    SourceProject,
    SourceReport,
)
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

ROLES = {"admin": ProjectRole.ADMIN, "editor": ProjectRole.EDITOR, "viewer": ProjectRole.VIEWER}
STATUSES = {
    "open": Status.NEW,
    "in_progress": Status.IN_PROGRESS,
    "resolved": Status.RESOLVED,
    "closed": Status.CLOSED,
}
SEVERITIES = {
    "lowest": Severity.LOW,
    "low": Severity.LOW,
    "medium": Severity.MEDIUM,
    "high": Severity.HIGH,
    "highest": Severity.CRITICAL,
}
_HISTORY: Mapping[str, tuple[str, Mapping[str, object] | None]] = {
    "status_changed": ("status", STATUSES),
    "priority_changed": ("severity", SEVERITIES),
    "assignee_changed": ("assignee_id", None),
}
_ACTIONS = {"input": "input", "select": "input", "checkbox": "input"}
_LISTS = ("consoleErrors", "networkErrors", "userActivity")
_KEPT = ("custom_fields", "forwarded_to", "github_issue_url", "reporter_name", "source")
UNTITLED = "(untitled)"


def person_of(row: Row) -> SourcePerson:
    return SourcePerson(
        text_of(row.get("id")),
        text_of(row.get("name")).strip(),
        text_of(row.get("email")).strip(),
        is_active=row.get("is_active") != 0,
    )


def project_of(row: Row, people: Sequence[Row]) -> SourceProject:
    """BugPin's roles hold for all of its projects."""
    roles = {
        text_of(person.get("id")): ROLES.get(text_of(person.get("role")), ProjectRole.VIEWER)
        for person in people
    }
    return SourceProject(
        text_of(row.get("id")),
        text_of(row.get("name")).strip() or UNTITLED,
        created_at=moment_of(row.get("created_at")),
        is_deleted=row.get("deleted_at") is not None,
        members=roles,
    )


def report_of(row: Row, files: Sequence[Row], history: Sequence[Row], said: Sequence[Row]) -> SourceReport:
    notes: list[str] = []
    status = worded(STATUSES, row.get("status"), Status.NEW, "status", notes)
    updated_at = moment_of(row.get("updated_at"))
    ended = (row.get("resolved_at"), row.get("closed_at"), row.get("updated_at"), row.get("created_at"))
    if row.get("annotations"):
        notes.append("what was drawn on its picture is no longer apart from it")
    return SourceReport(
        key=text_of(row.get("id")),
        tracking=text_of(row.get("id")),
        number=None,
        new=_new(row, notes),
        status=status,
        assignee_key=key_of(row.get("assigned_to")),
        created_at=moment_of(row.get("created_at")),
        updated_at=updated_at,
        resolved_at=next(filter(None, map(moment_of, ended)), None)
        if status in {Status.RESOLVED, Status.CLOSED}
        else None,
        comments=tuple(_message(each, notes) for each in said),
        changes=tuple(change for each in history if (change := _change(each)) is not None),
        files=tuple(_file(each) for each in files),
        notes=tuple(notes),
    )


def _new(row: Row, notes: list[str]) -> NewReport:
    title = cut(text_of(row.get("title")), LONGEST_TITLE, "title", notes)
    who = text_of(row.get("reporter_email")) or text_of(row.get("reporter_name"))
    return NewReport(
        title=title if title.strip() else UNTITLED,
        severity=worded(SEVERITIES, row.get("priority"), Severity.MEDIUM, "priority", notes),
        description=cut(text_of(row.get("description")), LONGEST_TEXT, "description", notes),
        category=Category.BUG,
        reporter_identifier=cut(who, LONGEST_IDENTIFIER, "reporter", notes) or None,
        evidence=_evidence(row, notes),
    )


def _evidence(row: Row, notes: list[str]) -> Evidence:
    """Its three lists under the names that the widget has for what is in them; the rest is metadata."""
    told = object_of(row.get("metadata"))
    if not told and row.get("metadata") not in (None, "", "{}"):
        notes.append("its metadata could not be read as JSON and was left out")
    console, network, actions = (_entries(told.get(name)) for name in _LISTS)
    rest = {name: value for name, value in told.items() if name not in _LISTS}
    browser = told.get("browser")
    if isinstance(browser, dict):
        rest["userAgent"] = browser.get("userAgent")
    kept = {name: row[name] for name in _KEPT if row.get(name) not in (None, "", "{}", "[]")}
    if kept:
        rest["bugpin"] = kept
    return Evidence(
        evidence_of([{**entry, "level": entry.get("type")} for entry in console], "console", notes),
        evidence_of(network, "network", notes),
        evidence_of([_action(entry) for entry in actions], "actions", notes),
        evidence_of(rest, "metadata", notes),
    )


def _entries(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _action(entry: dict[str, Any]) -> dict[str, Any]:
    """What was clicked or filled in, by its text."""
    kind = text_of(entry.get("type"))
    return {
        **entry,
        "type": _ACTIONS.get(kind, "click"),
        "element": kind,
        "target": entry.get("text") or kind,
    }


def _message(row: Row, notes: list[str]) -> SourceComment:
    """What was written to the reporter."""
    body = cut(text_of(row.get("message")), LONGEST_COMMENT, "message", notes)
    at = moment_of(row.get("created_at"))
    return SourceComment(text_of(row.get("id")), key_of(row.get("user_id")), body, at, True)


def _change(row: Row) -> SourceChange | None:
    """None for its creation, and for what we have no word for."""
    at, known = moment_of(row.get("created_at")), _HISTORY.get(text_of(row.get("action")))
    if at is None or known is None:
        return None
    field, words = known
    before, after = key_of(row.get("old_value")), key_of(row.get("new_value"))
    if words is not None:
        before, after = (None if it is None else str(words.get(it, it)) for it in (before, after))
    return SourceChange(at, key_of(row.get("user_id")), field, before, after)


def _file(row: Row) -> SourceFile:
    use = Use.SCREENSHOT if row.get("type") == "screenshot" else Use.FILE
    path = text_of(row.get("path"))
    return SourceFile(text_of(row.get("id")), use, path, text_of(row.get("filename")) or "file")
