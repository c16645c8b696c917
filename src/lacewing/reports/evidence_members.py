"""Reads members of an entry that a page wrote: any of their names, in any spelling; what is odd is None."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MS = 10**11  # 1973; what is less counts from the page's start, and says nothing of the time of day
_LAST_MS = 253_402_300_799_000
_MOST = 2**63
_LONGEST_NAME = 40
# A list that came inside an object, as some collectors send it.
_LIST_NAMES = ("entries", "events", "items", "logs", "actions", "requests")


class Members:
    """One entry; `userAgent`, `user_agent` and `UserAgent` are one name."""

    __slots__ = ("_members",)

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self._members = {_plain(name): value for name, value in entry.items() if len(name) <= _LONGEST_NAME}

    def first(self, *names: str) -> Any:  # noqa: ANN401 - JSON can be anything
        """The first of them that is there and not null; names without underscores, in lower case."""
        for name in names:
            value = self._members.get(name)
            if value is not None:
                return value
        return None

    def text(self, *names: str) -> str | None:
        value = self.first(*names)
        if isinstance(value, str):
            return value or None
        return None if value is None or isinstance(value, dict | list | bool) else str(value)

    def number(self, *names: str) -> float | None:
        value = self.first(*names)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return value if math.isfinite(value) and abs(value) < _MOST else None

    def whole(self, *names: str) -> int | None:
        value = self.number(*names)
        return None if value is None else int(value)

    def moment(self, *names: str) -> datetime | None:
        """Milliseconds since 1970, or ISO 8601; without a zone it is UTC."""
        value = self.first(*names)
        if isinstance(value, str):
            return _from_iso(value)
        milliseconds = self.number(*names)
        if milliseconds is None or not _FIRST_MS <= milliseconds <= _LAST_MS:
            return None
        return _EPOCH + timedelta(milliseconds=milliseconds)

    def inner(self, *names: str) -> "Members":
        value = self.first(*names)
        return Members(value if isinstance(value, dict) else {})


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - JSON can be anything
    """An entry that was sent alone counts as a list of one; so does a list inside an object as a list."""
    if value is None:
        return []
    if isinstance(value, dict):
        return next((value[name] for name in _LIST_NAMES if isinstance(value.get(name), list)), [value])
    return value if isinstance(value, list) else [value]


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _from_iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text[:40])
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
