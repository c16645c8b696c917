"""A report as Markdown within a budget of tokens, the most important first; for people and for agents.

All that a reporter or a page wrote stands in fences longer than any in it, or escaped on one line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from lacewing.reports.document import ReportDocument
from lacewing.reports.draft import deed_of, draft_of, failure_of
from lacewing.reports.evidence_values import ReadEvidence
from lacewing.reports.export_values import CommentLine
from lacewing.reports.read_evidence import read_evidence
from lacewing.reports.values import FullReport, Report

CHARACTERS_A_TOKEN = 4
LEAST_TOKENS = 200
MOST_TOKENS = 100_000
USUAL_TOKENS = 4_000

_LONGEST_TITLE = 150
_LONGEST_LINE = 2_000
_ROOM_FOR_NOTE = 280
_LONGEST_NOTE = 200
_LEAST_WORTH_CUTTING = 120
_MOST_ACTIONS = 20
_BACKTICKS = re.compile("`+")
_MARKUP = re.compile(r"([\\`*_\[\]<>#&|~!$@])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")


@dataclass(frozen=True, slots=True)
class _Section:
    """`name` is what it is called where it was left out."""

    name: str
    heading: str
    lines: list[str]


def markdown_of(document: ReportDocument, tokens: int = USUAL_TOKENS) -> str:
    """At most `tokens` times four characters long; a last line names what was left out.

    None of the sections but the last takes more than half of what is left: so a long description leaves room
    for the error.
    """
    room = tokens * CHARACTERS_A_TOKEN - _ROOM_FOR_NOTE
    text = _head(document.full.report)
    left_out: list[str] = []
    sections = _sections(document)
    for section in sections:
        left = room - len(text)
        told = _told(section, left if section is sections[-1] else left // 2)
        text += "" if told is None else told.text
        if told is None or told.is_cut:
            left_out.append(section.name if told is None else f"the end of {section.name}")
    return text + _note(left_out, tokens)


def _head(report: Report) -> str:
    title = _one_line(report.title)
    if len(title) > _LONGEST_TITLE:
        title = f"{title[: _LONGEST_TITLE - 1]}…"
    facts = f"{report.status} · {report.severity} · {report.category} · reported {_time(report.created_at)}"
    return f"# {report.tracking_id}: {_escaped(title)}\n\n{facts}\n"


def _sections(document: ReportDocument) -> list[_Section]:
    full = document.full
    evidence = read_evidence(full.evidence)
    failures = [failure_of(request) for request in evidence.network if request.has_failed]
    derived = "Draft of given, when, then (derived from the evidence)"
    sections = (
        _Section("given, when, then", "Given, when, then", _scenario(full.report)),
        _Section("the description", "Description", _description(full.report)),
        _Section("the draft", derived, _draft(full)),
        _Section("the first error", "First error", _first_error(evidence)),
        _Section("failed requests", "Failed requests", failures),
        _Section("the last actions", "Last actions", _actions(evidence)),
        _Section("the environment", "Environment", list(_environment(evidence))),
        *(_Section("comments", _by(comment), [comment.body]) for comment in document.comments),
    )
    return [section for section in sections if any(line.strip() for line in section.lines)]


def _by(comment: CommentLine) -> str:
    return f"Comment by {_escaped(_one_line(comment.author)[:80])}, {_time(comment.created_at)}"


def _scenario(report: Report) -> list[str]:
    parts = (("Given", report.given), ("When", report.when), ("Then", report.then))
    return [f"{word} {text}" for word, text in parts if text] + ([report.notes] if report.notes else [])


def _description(report: Report) -> list[str]:
    """A ticket's is composed of its parts, which are told already."""
    is_composed = any((report.given, report.when, report.then)) and report.description.startswith(
        ("Given ", "When ", "Then ")
    )
    return [] if is_composed else [report.description]


def _draft(full: FullReport) -> list[str]:
    draft = draft_of(full)
    if draft is None:
        return []
    parts = (("Given", draft.given), ("When", draft.when), ("Then", draft.then))
    return [f"{word} {text}" for word, text in parts if text]


def _first_error(evidence: ReadEvidence) -> list[str]:
    line = next((line for line in evidence.console if line.is_error), None)
    return [] if line is None else [line.message, *([line.stack] if line.stack else [])]


def _actions(evidence: ReadEvidence) -> list[str]:
    return [deed_of(done) for done in evidence.actions[-_MOST_ACTIONS:]]


def _environment(evidence: ReadEvidence) -> Iterator[str]:
    told = evidence.environment
    named = (
        ("Page", told.url),
        ("User agent", told.user_agent),
        ("Viewport", told.viewport),
        ("Screen", told.screen),
        ("Language", told.language),
        ("Time zone", told.timezone),
        ("Connection", told.connection),
    )
    yield from (f"{name}: {value}" for name, value in named if value)


@dataclass(frozen=True, slots=True)
class _Told:
    text: str
    is_cut: bool


def _told(section: _Section, room: int) -> _Told | None:
    """With as many of its lines as fit; None where not even a beginning does."""
    lines = [line for text in section.lines for line in _clean(text).split("\n")]
    frame = f"\n## {section.heading}\n\n"
    content = "\n".join(lines)
    fence = _fence(content)
    room -= len(frame) + 2 * len(fence) + len("text\n\n\n")
    is_cut = len(content) > room
    if is_cut:
        if room < _LEAST_WORTH_CUTTING:
            return None
        content = f"{content[: room - 1]}…"
    return _Told(f"{frame}{fence}text\n{content}\n{fence}\n", is_cut)


def _clean(text: str) -> str:
    cut = "\n".join(_shortened(line) for line in _LINE_END.sub("\n", text).split("\n"))
    return _UNPRINTABLE.sub("\ufffd", cut)


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def _fence(content: str) -> str:
    """Longer than any run of backticks in what it holds, so that nothing in it can end it."""
    longest = max((len(run) for run in _BACKTICKS.findall(content)), default=0)
    return "`" * max(3, longest + 1)


def _one_line(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", _LINE_END.sub(" ", text)).split())


def _escaped(text: str) -> str:
    """What Markdown would take for its own (CommonMark 2.4)."""
    return _MARKUP.sub(r"\\\1", text)


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _note(left_out: Iterable[str], tokens: int) -> str:
    names = ", ".join(dict.fromkeys(left_out))
    if not names:
        return ""
    named = names if len(names) <= _LONGEST_NOTE else f"{names[: _LONGEST_NOTE - 1]}…"
    return f"\nLeft out to fit {tokens} tokens: {named}.\n"
