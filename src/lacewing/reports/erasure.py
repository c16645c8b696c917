"""Takes a name out of evidence: members of the metadata that hold it go, elsewhere a marker stands."""

import re
from typing import Any
from urllib.parse import quote, quote_plus

from lacewing.kit.json import JsonError, dumps, parse
from lacewing.reports.values import Evidence

MARK = "[erased]"
LEAST_SEARCHED = 4
# What widgets call whom they speak of.
_PERSONS = frozenset({"user", "reporter", "reporteridentifier", "identity"})


def searched(name: str) -> re.Pattern[str]:
    """As it is, and as addresses write it.

    A name of fewer than four characters is found only where it stands alone: it would be in any word.
    """
    written = dict.fromkeys((name, quote(name), quote(name, safe=""), quote_plus(name)))
    any_of = "|".join(map(re.escape, written))
    return re.compile(any_of if len(name) >= LEAST_SEARCHED else rf"\A(?:{any_of})\Z", re.IGNORECASE)


def marked(text: str, named: re.Pattern[str]) -> str:
    return named.sub(MARK, text)


def without(evidence: Evidence, named: re.Pattern[str]) -> Evidence:
    return Evidence(
        _rewritten(evidence.console, named),
        _rewritten(evidence.network, named),
        _rewritten(evidence.actions, named),
        _of_metadata(evidence.metadata, named),
        evidence.secrets,
    )


def _of_metadata(text: bytes | None, named: re.Pattern[str]) -> bytes | None:
    value = _decoded(text)
    if not isinstance(value, dict):
        return _rewritten(text, named)
    kept = {
        key: member
        for key, member in value.items()
        if key.replace("_", "").lower() not in _PERSONS and not _holds(member, named)
    }
    return text if kept == value else dumps(kept).encode()


def _rewritten(text: bytes | None, named: re.Pattern[str]) -> bytes | None:
    """As it was, unless it holds the name."""
    value = _decoded(text)
    return dumps(_marked(value, named)).encode() if _holds(value, named) else text


def _decoded(text: bytes | None) -> Any:  # noqa: ANN401 - JSON can be anything
    try:
        return None if text is None else parse(text)
    except JsonError:
        return None


def _holds(value: Any, named: re.Pattern[str]) -> bool:  # noqa: ANN401
    match value:
        case str():
            return named.search(value) is not None
        case int() | float():
            return named.fullmatch(str(value)) is not None
        case dict():
            return any(_holds(key, named) or _holds(member, named) for key, member in value.items())
        case list():
            return any(_holds(item, named) for item in value)
        case _:
            return False


def _marked(value: Any, named: re.Pattern[str]) -> Any:  # noqa: ANN401
    match value:
        case str():
            return marked(value, named)
        case int() | float():
            return MARK if _holds(value, named) else value
        case dict():
            return {marked(key, named): _marked(member, named) for key, member in value.items()}
        case list():
            return [_marked(item, named) for item in value]
        case _:
            return value
