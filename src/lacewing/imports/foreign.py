"""Reads values that another program stored, or that somebody made up: whatever they are, nothing raises."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lacewing.kit.json import JsonError, dumps, mend, parse

Row = Mapping[str, Any]

# Far more than evidence may have: what is longer is not looked into.
LONGEST_JSON = 16 * 1024 * 1024
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"([A-Za-z0-9]{2,10})-0*([1-9][0-9]{0,8})")


def text_of(value: object) -> str:
    """Without what no text here may hold."""
    if value is None or isinstance(value, bool | bytes | list | dict):
        return ""
    return _LONE_SURROGATE.sub("\ufffd", str(value)).replace("\0", "")


def key_of(value: object) -> str | None:
    return text_of(value) or None


def moment_of(value: object) -> datetime | None:
    """A time as a driver gives it, or as ISO 8601; without a zone it is UTC. None for what is no time.

    No report is older than the web.
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip()[:40])
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    try:
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError:
        return None
    return moment if moment >= _FIRST else None


def clamped(moment: datetime | None, now: datetime) -> datetime:
    """Nothing that is imported happened later than now, whatever the clock was there."""
    return now if moment is None else min(moment, now)


def json_of(value: object) -> Any:  # noqa: ANN401 - JSON can be anything
    """What a column holds as JSON, be it as text; None for what is none."""
    if not isinstance(value, str | bytes):
        return value
    if len(value) > LONGEST_JSON:
        return None
    try:
        return parse(mend(value.encode("utf-8", "replace") if isinstance(value, str) else value))
    except JsonError:
        return None


def object_of(value: object) -> dict[str, Any]:
    decoded = json_of(value)
    return decoded if isinstance(decoded, dict) else {}


def evidence_of(value: object, what: str, notes: list[str]) -> bytes | None:
    """JSON as evidence is kept; None for none, for a list or object of nothing, and for what is too long."""
    if value in ("null", "[]", "{}", "", None, [], {}):
        return None
    if isinstance(value, str) and len(value) > LONGEST_JSON:
        notes.append(f"its {what} is longer than {LONGEST_JSON >> 20} MB and was left out")
        return None
    try:
        return mend(value.encode("utf-8", "replace") if isinstance(value, str) else dumps(value).encode())
    except (JsonError, TypeError, ValueError, OverflowError, RecursionError):
        notes.append(f"its {what} could not be read as JSON and was left out")
        return None


def tracked(value: object) -> tuple[str | None, int | None]:
    """The code and the number of a tracking id such as BUG-0042."""
    match = _NUMBER.fullmatch(text_of(value))
    return (None, None) if match is None else (match[1].upper(), int(match[2]))


def cut(text: str, longest: int, what: str, notes: list[str]) -> str:
    if len(text) <= longest:
        return text
    notes.append(f"its {what} was cut from {len(text)} to {longest} characters")
    return text[: longest - 1] + "…"
