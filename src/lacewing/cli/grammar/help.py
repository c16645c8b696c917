"""What `--help` says. It is made of the table, the functions' docstrings and their parameters."""

import inspect
from collections.abc import Sequence

from lacewing.cli.grammar.declared import Entry
from lacewing.cli.grammar.slots import Signature, Slot

WIDTH = 100
_LEFT = 30


def help_of_command(name: str, signature: Signature) -> str:
    text = inspect.getdoc(signature.function) or ""
    own = [slot for slot in signature.slots if slot.flags]
    positions = [slot for slot in signature.slots if not slot.flags]
    parts = [usage_of(name, signature), text]
    parts += _section("Arguments", [(slot.shown, meaning(slot)) for slot in positions])
    parts += _section("Options", [(shown_flags(slot), meaning(slot)) for slot in own])
    parts += _section("Everywhere", [(shown_flags(slot), meaning(slot)) for slot in signature.shared])
    return "\n\n".join(part for part in parts if part)


def help_of_group(name: str, summary: str, entries: Sequence[Entry]) -> str:
    """`entries` are those one step below."""
    listed = [(entry.words.rpartition(" ")[2], entry.summary) for entry in entries]
    parts = [f"Usage: {name} COMMAND", summary, *_section("Commands", listed)]
    return "\n\n".join([*parts, f"`{name} COMMAND --help` tells more, with examples."])


def usage_of(name: str, signature: Signature) -> str:
    options = [slot for slot in signature.slots if slot.flags]
    required = [f"{slot.flags[-1]} {slot.shown}" for slot in options if slot.is_required]
    places = [place_of(slot) for slot in signature.slots if not slot.flags]
    optional = any(not slot.is_required for slot in (*options, *signature.shared))
    return " ".join(["Usage:", name, *places, *required, *(["[OPTIONS]"] if optional else [])])


def place_of(slot: Slot) -> str:
    if slot.is_many:
        return f"[{slot.shown}...]"
    return slot.shown if slot.is_required else f"[{slot.shown}]"


def shown_flags(slot: Slot) -> str:
    flags = ", ".join(slot.flags)
    return flags if slot.is_switch else f"{flags} {slot.shown}"


def meaning(slot: Slot) -> str:
    needed = " Required." if slot.flags and slot.is_required else ""
    is_told = not slot.choices or slot.shown == "|".join(slot.choices)
    words = "" if is_told else f" One of {', '.join(slot.choices)}."
    default = "" if slot.default in (None, False, (), "") else f" {slot.default} unless told."
    return f"{slot.help}{words}{default}{needed}"


def _section(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    lines = [line for left, right in rows for line in _row(left, right)]
    return ["\n".join([f"{title}:", *lines])] if rows else []


def _row(left: str, right: str) -> list[str]:
    """The meaning beside it, or below it where it is too long."""
    lines = _wrapped(right, WIDTH - _LEFT - 2) or [""]
    if len(left) > _LEFT - 2:
        return [f"  {left}", *(f"{'':{_LEFT + 2}}{line}" for line in lines)]
    first = f"  {left:{_LEFT}}{lines[0]}".rstrip()
    return [first, *(f"{'':{_LEFT + 2}}{line}" for line in lines[1:])]


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines
