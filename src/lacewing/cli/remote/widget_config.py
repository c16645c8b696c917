"""`lacewing config`: what a project says to its widget."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.projects import Chosen, chosen_project
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import projects
from lacewing.client.projects import Project

_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}
_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` answers None for what it does not take; `like` shows what it does."""

    like: str
    read: Callable[[str], object]


def _matching(pattern: str | re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: text if re.fullmatch(pattern, text) else None


_COLOUR = Kind("#0a7 or #00aa77", _matching(_COLOR))
_SWITCH = Kind("true or false", lambda text: _WORDS.get(text.lower()))
_TEXT = Kind("words", lambda text: text or None)
KEYS: Mapping[str, Kind] = {
    "accent": _COLOUR,
    "widgetColor": _COLOUR,
    "primaryColor": _COLOUR,
    "theme": Kind("light, dark or auto", _matching("light|dark|auto")),
    "locale": Kind("a language like pt-BR", _matching(_LOCALE)),
    "modalTitle": _TEXT,
    "buttonText": _TEXT,
    "logoUrl": Kind("an address, https://...", _matching(r"https?://[^\s\"'<>]+")),
    "showWatermark": _SWITCH,
    "enableScreenshot": _SWITCH,
    "keepOriginal": _SWITCH,
}
Key = Annotated[str, Arg(f"One of {', '.join(KEYS)}.", shown="KEY")]


def show_config(at: Remote, *, project: Chosen = None) -> None:
    """What the project says to its widget. What it does not say, the page or the widget decides.

    Examples:
      lacewing config show -p WEB
    """
    settings = chosen_project(at, project)["settings"]
    shown = [*KEYS, *(name for name in settings if name not in KEYS)]
    at.output.record(settings, [_column(name) for name in shown])
    if not settings:
        say("Nothing is set: the page or the widget decides.")


def get_config(at: Remote, key: Key, *, project: Chosen = None) -> None:
    """One value; nothing, if it is not set.

    Examples:
      lacewing config get widgetColor -p WEB
    """
    _check(key)
    value = chosen_project(at, project)["settings"].get(key)
    if at.output.is_json:
        at.output.record({key: value}, ())
    elif value is not None:
        at.output.text(_shown(value))


def set_config(
    at: Remote, key: Key, value: Annotated[str, Arg("Its value.")], *, project: Chosen = None
) -> None:
    """Set one value; pages that have the widget show it when they are loaded next.

    Examples:
      lacewing config set widgetColor '#00aa77' -p WEB
      lacewing config set showWatermark false
    """
    kind = _check(key)
    read = kind.read(value)
    if read is None:
        raise CommandError(f"{key} can not be {value!r}.", Exit.USAGE, f"It is {kind.like}.")
    found = _change(at, project, lambda settings: {**settings, key: read})
    at.output.done(f"Set {key} of {found['name']} to {_shown(read)}.", found["settings"])


def unset_config(at: Remote, key: Key, *, project: Chosen = None) -> None:
    """Leave a value to the page or the widget again.

    Examples:
      lacewing config unset buttonText -p WEB
    """
    _check(key)
    found = _change(at, project, lambda settings: {name: settings[name] for name in settings if name != key})
    at.output.done(f"{key} of {found['name']} is not set any more.", found["settings"])


def _change(at: Remote, project: str | None, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Project:
    """The server takes settings as a whole: only if they are still those that were read."""
    where = chosen_project(at, project)["id"]
    with at.client.open(projects.get_project(where)) as answer:
        found, tag = json.loads(answer.read()), answer.headers.get("ETag")
    return at.client.send(projects.change_project(where, settings=change(found["settings"]), if_match=tag))


def _check(key: str) -> Kind:
    if key not in KEYS:
        raise CommandError(f"There is no setting {key}.", Exit.USAGE, f"There are {', '.join(KEYS)}.")
    return KEYS[key]


def _column(name: str) -> Column:
    return Column(name, lambda settings: None if name not in settings else _shown(settings[name]))


def _shown(value: object) -> str:
    """As it is typed."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
