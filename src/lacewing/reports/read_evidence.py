"""From what was received to the one shape: when it is read, so that what was sent stays what is stored.

Both widgets are understood, in snake_case and camelCase. Nothing here raises, whatever a page wrote.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from lacewing.kit.agents import families_of
from lacewing.kit.json import JsonError, dumps, parse
from lacewing.reports.evidence_members import Members, listed
from lacewing.reports.evidence_values import (
    Action,
    ConsoleLine,
    Environment,
    Performance,
    ReadEvidence,
    Request,
)
from lacewing.reports.facets import page_of
from lacewing.reports.values import Evidence

VIEWPORT = ("viewport", "viewportsize")

Entry = TypeVar("Entry")


def read_evidence(evidence: Evidence) -> ReadEvidence:
    raw: dict[str, str] = {}
    metadata = _decoded("metadata", evidence.metadata, raw)
    told = Members(metadata if isinstance(metadata, dict) else {})
    if metadata is not None and not isinstance(metadata, dict):
        raw["metadata"] = _as_text(metadata)
    return ReadEvidence(
        console=_entries("console", evidence.console, console_line, raw),
        network=_entries("network", evidence.network, request, raw),
        actions=_entries("actions", evidence.actions, action, raw),
        environment=environment_of(told),
        performance=_performance(told.inner("performance", "webvitals", "vitals")),
        capture_warnings=_texts(told.first("capturewarnings")),
        raw=raw,
    )


def console_line(told: Members) -> ConsoleLine:
    return ConsoleLine(
        told.moment("timestamp", "at", "time"),
        _level(told.text("level", "type", "severity")),
        told.text("message", "text", "msg") or _joined(told.first("args", "arguments", "message")),
        told.text("stack", "stacktrace"),
        max(1, told.whole("count", "repeat", "repeats", "repeated") or 1),
    )


def action(told: Members) -> Action:
    place = told.inner("target")
    return Action(
        told.moment("timestamp", "at", "time"),
        (told.text("type", "kind", "action") or "action").lower(),
        told.text("selector", "target", "path", "element") or place.text("selector", "path", "id"),
        told.text("url", "to", "href"),
        told.number("x", "clientx"),
        told.number("y", "clienty"),
    )


def request(told: Members) -> Request:
    headers = told.first("responseheaders", "headers")
    return Request(
        told.moment("timestamp", "at", "starttime", "time"),
        (told.text("method") or "GET").upper(),
        told.text("url", "name") or "",
        told.whole("status", "statuscode"),
        told.number("duration", "durationms", "elapsed"),
        told.whole("requestsize", "requestbytes"),
        told.whole("responsesize", "responsebytes", "size"),
        tuple((name, _as_text(value)) for name, value in headers.items())
        if isinstance(headers, dict)
        else (),
    )


def environment_of(told: Members) -> Environment:
    url, agent = told.text("url", "page"), told.text("useragent")
    browser, system = families_of(agent or "")
    return Environment(
        url=url,
        page=page_of(url or ""),
        referrer=told.text("referrer", "referer"),
        user_agent=agent,
        browser=browser,
        os=system,
        viewport=size_of(told, *VIEWPORT),
        screen=size_of(told, "screenresolution", "screen", "screensize"),
        language=told.text("locale", "language", "lang"),
        timezone=told.text("timezone", "tz"),
        platform=told.text("platform"),
        connection=told.inner("connection").text("effectivetype", "type") or told.text("connection"),
        memory_gb=told.number("memory", "devicememory"),
    )


def size_of(told: Members, *names: str) -> str | None:
    size = told.inner(*names)
    width, height = size.whole("width", "w"), size.whole("height", "h")
    return told.text(*names) if width is None or height is None else f"{width}x{height}"


def _performance(told: Members) -> Performance:
    return Performance(
        told.number("lcp", "lcpms"),
        told.number("fid", "fidms"),
        told.number("cls"),
        told.number("ttfb", "ttfbms"),
        told.number("inp", "inpms"),
    )


def _entries(
    name: str, text: bytes | None, read: Callable[[Members], Entry], raw: dict[str, str]
) -> tuple[Entry, ...]:
    """What is no entry among them is kept as text."""
    entries = listed(_decoded(name, text, raw))
    odd = [_as_text(entry) for entry in entries if not isinstance(entry, dict)]
    if odd:
        raw[name] = "\n".join(odd)
    return tuple(read(Members(entry)) for entry in entries if isinstance(entry, dict))


def _decoded(name: str, text: bytes | None, raw: dict[str, str]) -> Any:  # noqa: ANN401
    try:
        return None if text is None else parse(text)
    except JsonError:
        raw[name] = (text or b"").decode(errors="replace")
        return None


def _level(level: str | None) -> str:
    word = (level or "log").lower()
    return "warn" if word == "warning" else word


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(_as_text(item) for item in listed(value))


def _joined(value: Any) -> str:  # noqa: ANN401
    return " ".join(_as_text(item) for item in listed(value))


def _as_text(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else dumps(value)
