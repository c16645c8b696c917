"""A Given-When-Then derived from the evidence, for who gave none. Made when it is read, and never stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lacewing.kit.agents import client_of
from lacewing.kit.json import JsonError, elements, parse
from lacewing.reports.evidence_members import Members, listed
from lacewing.reports.evidence_values import Action, Request
from lacewing.reports.facets import has_failed, is_error
from lacewing.reports.read_evidence import VIEWPORT, action, console_line, request, size_of
from lacewing.reports.values import Evidence, FullReport, Report

LONGEST_PART = 500
LAST_ACTIONS = 3
_MOST_READ = 200
_VERBS = {"click": "clicked", "input": "typed into", "change": "changed", "submit": "submitted"}
_PASSING = frozenset({"scroll", "resize", "mousemove", "focus", "blur"})


@dataclass(frozen=True, slots=True)
class Draft:
    """Each part is "" where the evidence tells nothing of it."""

    given: str
    when: str
    then: str


def draft_of(full: FullReport) -> Draft | None:
    """None where the reporter told any of the three, or the evidence tells none."""
    report, evidence = full.report, full.evidence
    if report.given or report.when or report.then:
        return None
    then = _then(evidence) if report.has_error else ""
    draft = Draft(_given(report, evidence), _when(evidence), then)
    return draft if draft.given or draft.when or draft.then else None


def failure_of(failed: Request) -> str:
    """In a sentence, like `POST https://example.com/pay answered 502`."""
    ended = "got no answer" if not failed.status else f"answered {failed.status}"
    return f"{failed.method} {failed.url} {ended}"


def deed_of(done: Action) -> str:
    """In words, like `clicked #pay`."""
    if done.url is not None and done.target is None:
        return f"went to {done.url}"
    return f"{_VERBS.get(done.kind, done.kind)} {done.target or 'the page'}"


def _given(report: Report, evidence: Evidence) -> str:
    told = Members(next(_first_of(evidence.metadata), {}))
    agent = told.text("useragent")
    parts = (
        f"the page {report.page}" if report.page else None,
        client_of(agent) if agent else None,
        size_of(told, *VIEWPORT),
    )
    return _part(", ".join(filter(None, parts)))


def _when(evidence: Evidence) -> str:
    """The newest first, until there are enough."""
    deeds: list[str] = []
    for entry in _last_of(evidence.actions):
        done = action(Members(entry))
        if done.kind not in _PASSING and (done.target or done.url):
            deeds.append(deed_of(done))
        if len(deeds) == LAST_ACTIONS:
            break
    return _part(", then ".join(reversed(deeds)))


def _then(evidence: Evidence) -> str:
    """By the rule of the facet, so that who has no error costs nothing."""
    lines = (console_line(Members(entry)) for entry in _first_of(evidence.console) if is_error(entry))
    told = next((line.message for line in lines if line.message.strip()), None)
    if told is None:
        failed = (request(Members(entry)) for entry in _first_of(evidence.network) if has_failed(entry))
        told = next(map(failure_of, failed), None)
    return "" if told is None else f"{_part(told)}, instead of what was expected"


def _first_of(text: bytes | None) -> Iterator[dict[str, Any]]:
    return _read(_entries(text)[:_MOST_READ])


def _last_of(text: bytes | None) -> Iterator[dict[str, Any]]:
    return _read(reversed(_entries(text)[-_MOST_READ:]))


def _entries(text: bytes | None) -> list[object]:
    """Those of a list are still text: most are never decoded."""
    try:
        if text is None:
            return []
        return list(elements(text)) if text.startswith(b"[") else listed(parse(text))
    except JsonError:
        return []


def _read(entries: Iterator[object] | list[object]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        value = parse(entry) if isinstance(entry, bytes) else entry
        if isinstance(value, dict):
            yield value


def _part(text: str) -> str:
    """On one line, within LONGEST_PART."""
    line = " ".join(text[: 4 * LONGEST_PART].split())
    return line if len(line) <= LONGEST_PART else f"{line[: LONGEST_PART - 1]}…"
