"""What a person types for a thing: its code, its id, or a part of the id that is enough."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from lacewing.cli.grammar import CommandError, Exit

Thing = TypeVar("Thing", bound=Mapping[str, Any])
_PART = re.compile(r"[0-9a-f-]{4,35}")
_DIGITS = re.compile(r"[0-9a-f]{4,32}")
_LEAST = 4
_NAMES = ("trackingId", "code", "name", "url", "client", "email")
_MOST_LISTED = 5


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return len(text) == 36


def may_be_part(text: str) -> bool:
    """Of an id: four of its characters at least."""
    return _PART.fullmatch(text.lower()) is not None


def may_begin(text: str) -> bool:
    """An id: with four of its characters at least."""
    wanted = text.lower()
    digits = wanted.replace("-", "")
    return bool(_DIGITS.fullmatch(digits)) and str(UUID(digits.ljust(32, "0"))).startswith(wanted)


def named_one(what: str, text: str, things: Sequence[Thing], by: str = "name") -> Thing:
    """Which is called so, else whose id begins or ends so. Raises CommandError unless there is one."""
    found = [each for each in things if str(each.get(by)).casefold() == text.casefold()]
    if len(found) > 1:
        ids = _listed([str(each["id"]) for each in found])
        raise CommandError(f"Several are called {text}: {ids}.", Exit.USAGE, "Give the id.")
    return found[0] if found else the_one(what, text, things)


def the_one(what: str, text: str, things: Iterable[Thing]) -> Thing:
    """Whose id is, begins or ends with `text`. Raises CommandError unless there is exactly one.

    Ids begin with their time: those made together differ at their end only.
    """
    wanted = text.lower()
    found = [each for each in things if _fits(str(each["id"]), wanted)]
    if not found:
        raise CommandError(f"{what.capitalize()} {text} not found.", Exit.NOT_FOUND)
    if len(found) > 1:
        several = _listed([_shown(each) for each in found])
        raise CommandError(f"{text} is part of several ids: {several}.", Exit.USAGE, "Give more of the id.")
    return found[0]


def _shown(thing: Mapping[str, Any]) -> str:
    """With what people call it, where it has such a name."""
    name = next((thing[field] for field in _NAMES if thing.get(field)), None)
    return str(thing["id"]) if name is None else f"{thing['id']} ({name})"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _fits(identity: str, wanted: str) -> bool:
    return wanted == identity or (
        len(wanted) >= _LEAST and (identity.startswith(wanted) or identity.endswith(wanted))
    )
