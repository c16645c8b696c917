"""Takes a name out of evidence: members of the metadata that hold it go, elsewhere a marker stands."""

import re
from typing import Any

from lacewing.kit.json import JsonError, dumps, parse
from lacewing.reports.values import Evidence

MARK = "[erased]"
LEAST_SEARCHED = 4
# What widgets call whom they speak of.
_PERSONS = frozenset({"user", "reporter", "reporteridentifier", "identity"})


def without(evidence: Evidence, name: str) -> Evidence:
    """A name of fewer than four characters is removed only where it stands alone: it would be in any word."""
    pattern = re.escape(name) if len(name) >= LEAST_SEARCHED else rf"\A{re.escape(name)}\Z"
    named = re.compile(pattern, re.IGNORECASE)
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
        case dict():
            return any(_holds(key, named) or _holds(member, named) for key, member in value.items())
        case list():
            return any(_holds(item, named) for item in value)
        case _:
            return False


def _marked(value: Any, named: re.Pattern[str]) -> Any:  # noqa: ANN401
    match value:
        case str():
            return named.sub(MARK, value)
        case dict():
            return {named.sub(MARK, key): _marked(member, named) for key, member in value.items()}
        case list():
            return [_marked(item, named) for item in value]
        case _:
            return value
