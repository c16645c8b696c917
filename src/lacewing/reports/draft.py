"""A Given-When-Then derived from the evidence, for who gave none. Made when it is read, and never stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from lacewing.kit.agents import LONGEST_AGENT, client_of
from lacewing.kit.json import JsonError, elements, parse
from lacewing.reports.evidence_members import Members, listed
from lacewing.reports.evidence_values import Action, Environment, Request
from lacewing.reports.read_evidence import action, console_line, environment_of, request
from lacewing.reports.values import Evidence, FullReport

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
    draft = Draft(_given(evidence), _when(evidence), _then(evidence))
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


def _given(evidence: Evidence) -> str:
    told = next(_first_of(evidence.metadata), Members({}))
    return _part(", ".join(_surroundings(environment_of(told))))


def _surroundings(environment: Environment) -> Iterator[str]:
    if environment.page:
        yield f"the page {environment.page}"
    if environment.user_agent:
        yield client_of(environment.user_agent[:LONGEST_AGENT])
    if environment.viewport:
        yield environment.viewport


def _when(evidence: Evidence) -> str:
    """The newest first, until there are enough."""
    deeds: list[str] = []
    for entry in _last_of(evidence.actions):
        done = action(entry)
        if done.kind not in _PASSING and (done.target or done.url):
            deeds.append(deed_of(done))
        if len(deeds) == LAST_ACTIONS:
            break
    return _part(", then ".join(reversed(deeds)))


def _then(evidence: Evidence) -> str:
    lines = map(console_line, _first_of(evidence.console))
    requests = map(request, _first_of(evidence.network))
    told = next((line.message for line in lines if line.is_error and line.message.strip()), None)
    told = told or next((failure_of(failed) for failed in requests if failed.has_failed), None)
    return "" if told is None else f"{_part(told)}, instead of what was expected"


def _first_of(text: bytes | None) -> Iterator[Members]:
    return _read(_entries(text)[:_MOST_READ])


def _last_of(text: bytes | None) -> Iterator[Members]:
    return _read(reversed(_entries(text)[-_MOST_READ:]))


def _entries(text: bytes | None) -> list[object]:
    """Those of a list are still text: most are never decoded."""
    try:
        if text is None:
            return []
        return list(elements(text)) if text.startswith(b"[") else listed(parse(text))
    except JsonError:
        return []


def _read(entries: Iterator[object] | list[object]) -> Iterator[Members]:
    for entry in entries:
        value = parse(entry) if isinstance(entry, bytes) else entry
        if isinstance(value, dict):
            yield Members(value)


def _part(text: str) -> str:
    """On one line, within LONGEST_PART."""
    line = " ".join(text[: 4 * LONGEST_PART].split())
    return line if len(line) <= LONGEST_PART else f"{line[: LONGEST_PART - 1]}…"
