"""What a message in a chat tells of a happening, before any service's markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lacewing.reports import FieldChange, Severity
from lacewing.webhooks.values import Happening

LONGEST_EXCERPT: Final = 600
_MOST_FACTS = 8
_DONE: Final[Mapping[str, str]] = {
    "report.created": "was reported",
    "report.updated": "was changed",
    "report.commented": "was commented on",
    "report.comment_deleted": "had a comment deleted",
    "report.merged": "was merged into another report",
    "report.unmerged": "was made a report of its own again",
    "report.deleted": "was deleted",
    "ticket_created": "was created",
    "ticket_status_changed": "was given another status",
    "ticket_assigned": "was assigned",
    "ticket_priority_changed": "was given another priority",
    "ticket_commented": "was commented on",
    "ticket_closed": "was closed",
}
_LABELS: Final[Mapping[str, str]] = {
    "title": "Title",
    "severity": "Severity",
    "category": "Category",
    "status": "Status",
    "labels": "Labels",
    "duplicates": "Duplicates",
}
_COLOURS: Final[Mapping[Severity, str]] = {
    Severity.LOW: "#5f6b7a",
    Severity.MEDIUM: "#b58900",
    Severity.HIGH: "#d9730d",
    Severity.CRITICAL: "#b3261e",
}
_NO_COLOUR = "#5f6b7a"


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """Nothing is escaped yet. `code` is the report's, `title` and `excerpt` may be empty; `colour` is
    `#rrggbb`."""

    code: str
    headline: str
    title: str
    excerpt: str
    url: str
    facts: tuple[Fact, ...]
    colour: str
    at: datetime


def message_of(name: str, happening: Happening, base_url: str) -> Message:
    report, comment = happening.report, happening.comment
    is_new = name in {"report.created", "ticket_created"}
    excerpt = comment.body if comment else report.description if report and is_new else ""
    return Message(
        code=happening.tracking_id,
        headline=_headline(name, happening),
        title=" ".join(report.title.split()) if report else "",
        excerpt=shortened(excerpt.strip(), LONGEST_EXCERPT),
        url=happening.url(base_url),
        facts=(_facts(happening) if not is_new else _facts_of_new(happening))[:_MOST_FACTS],
        colour=_COLOURS[report.severity] if report else _NO_COLOUR,
        at=happening.at,
    )


def shortened(text: str, longest: int) -> str:
    """In UTF-16 units, as services count."""
    if units(text) <= longest:
        return text
    short = text[: longest - 1]
    while units(short) > longest - 1:
        short = short[:-1]
    return short.rstrip() + "…"


def units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _headline(name: str, happening: Happening) -> str:
    by = f" by {happening.actor.name}" if happening.actor and happening.actor.name else ""
    words = f"{happening.tracking_id} {_DONE[name]}{by} in {happening.project.name}"
    return " ".join(words.split())


def _facts_of_new(happening: Happening) -> tuple[Fact, ...]:
    report = happening.report
    if report is None:
        return ()
    told = (Fact("Severity", report.severity), Fact("Category", report.category))
    return (*told, Fact("Labels", ", ".join(report.labels))) if report.labels else told


def _facts(happening: Happening) -> tuple[Fact, ...]:
    told = [_assigned(happening)] if happening.change_of("assignee_id") else []
    told += [
        Fact(_LABELS[change.field], _step(change)) for change in happening.changes if change.field in _LABELS
    ]
    return tuple(told)


def _assigned(happening: Happening) -> Fact:
    return Fact("Assigned to", happening.assignee.name if happening.assignee else "nobody")


def _step(change: FieldChange) -> str:
    step = f"{change.before or 'none'} → {change.after or 'none'}"
    return step.replace("_", " ") if change.field == "status" else step
