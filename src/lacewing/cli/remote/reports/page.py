"""A report as text: what a person reads of it in a terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lacewing.cli.remote.output import moment
from lacewing.cli.remote.page import facts, heading, lines_of, section
from lacewing.cli.remote.table import DIM, RED, SEVERITY, STATUS, YELLOW, painted, text_of
from lacewing.client.reports import Comment, ReportDetail

Entry = Mapping[str, Any]
_LATEST = 10
_LEVELS = {"error": RED, "fatal": RED, "critical": RED, "warn": YELLOW, "warning": YELLOW}
_PARTS = ("given", "when", "then")


@dataclass(frozen=True, slots=True)
class Besides:
    """What the report itself has no words for."""

    assignee: str | None
    original: str | None


def page_of(
    report: ReportDetail, comments: Sequence[Comment], told: Besides, *, is_full: bool
) -> Iterator[str]:
    """Of console and requests the last ones only, unless it is to be `is_full`."""
    latest = None if is_full else _LATEST
    yield from _head(report, told)
    yield from _prose(report)
    yield from _evidence("Console", _entries(report.get("consoleLogs")), latest, _console_lines)
    yield from _evidence("Requests", _entries(report.get("networkLogs")), latest, _request_lines)
    yield from _evidence("Actions", _entries(report.get("userActions")), latest, _action_lines)
    yield from _said(comments)


def _head(report: ReportDetail, besides: Besides) -> Iterator[str]:
    yield heading(report["trackingId"], report["title"])
    status, severity = text_of(report["status"]), text_of(report["severity"])
    words = [painted(status, STATUS.get(status, "")), painted(severity, SEVERITY.get(severity, ""))]
    yield " · ".join(
        [*words, text_of(report["category"]), *(text_of(label) for label in report.get("labels") or [])]
    )
    yield ""
    metadata = report.get("metadata")
    told: Mapping[str, Any] = metadata if isinstance(metadata, dict) else {}
    yield from facts(
        ("Reported", moment(report["createdAt"])),
        ("by", report.get("reporterIdentifier")),
        ("Assigned to", besides.assignee),
        ("Duplicate of", besides.original),
        ("Resolved", moment(report.get("resolvedAt"))),
        ("Duplicates", report.get("duplicateCount") or None),
        ("Page", told.get("url")),
        ("Browser", told.get("userAgent")),
        ("Picture", report.get("annotatedScreenshotUrl") or report.get("screenshotUrl")),
        ("Id", report["id"]),
    )


def _prose(report: ReportDetail) -> Iterator[str]:
    """Of a ticket the description is composed of its parts: it is not told twice."""
    told = [(part.title(), str(report.get(part) or "")) for part in _PARTS]
    description = report["description"]
    if not any(text and text in description for _name, text in told):
        yield from section("", lines_of(description))
    for name, text in (*told, ("Notes", report.get("notes") or "")):
        yield from section(name, lines_of(text))


def _evidence(
    title: str, entries: Sequence[Entry], latest: int | None, shown: Callable[[Entry], list[str]]
) -> Iterator[str]:
    kept = entries if latest is None else entries[-latest:]
    counted = f"{title}, the last {len(kept)} of {len(entries)}" if len(kept) < len(entries) else title
    return section(counted, [line for entry in kept for line in shown(entry)])


def _console_lines(entry: Entry) -> list[str]:
    level = text_of(entry.get("level") or "log")
    first, *rest = lines_of(str(entry.get("message") or "")) or [""]
    stack = lines_of(str(entry.get("stack") or ""))
    return [
        f"{painted(f'{level:5}', _LEVELS.get(level, DIM))}  {first}",
        *(f"       {line}" for line in (*rest, *stack)),
    ]


def _request_lines(entry: Entry) -> list[str]:
    status = entry.get("status")
    is_bad = not isinstance(status, int) or status == 0 or status >= 400
    shown = painted(f"{text_of(status or 'failed'):6}", RED if is_bad else DIM)
    took = entry.get("duration", entry.get("durationMs"))
    timed = f"  {took:.0f} ms" if isinstance(took, int | float) else ""
    return [f"{shown} {text_of(entry.get('method') or 'GET')} {text_of(entry.get('url'))}{timed}"]


def _action_lines(entry: Entry) -> list[str]:
    what = text_of(entry.get("type") or entry.get("kind") or "action")
    return [f"{what}  {text_of(entry.get('target') or entry.get('url'))}".rstrip()]


def _said(comments: Sequence[Comment]) -> Iterator[str]:
    for comment in comments:
        whom = " (seen by the reporter)" if comment.get("visibleToReporter") else ""
        yield from section(
            f"{comment['authorName']}, {moment(comment['createdAt'])}{whom}", lines_of(comment["body"])
        )


def _entries(value: object) -> list[Entry]:
    """What a page logged may be of any shape: only what can be read is shown."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
