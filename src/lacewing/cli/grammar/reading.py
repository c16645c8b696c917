"""From words to a call: what was typed, as the command's parameters."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

from lacewing.cli.grammar.errors import CommandError, Exit
from lacewing.cli.grammar.slots import Signature, Slot
from lacewing.kit.lazy import LazyModule

_difflib = LazyModule("difflib")

_NOT = {bool: "neither true nor false", int: "not a number", UUID: "not a full id"}

# A command and its bundle may each have a parameter of the same name.
_OWN, _SHARED = "own ", "shared "


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message[:1].upper()}{message[1:].rstrip('.')}.", Exit.USAGE)


def read(signature: Signature, name: str, words: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The command's own values, and those of its bundle. Raises CommandError.

    What follows `--` stands by position, whatever it looks like; `*parameter` takes all of it as it is.
    """
    parser = _Parser(prog=name, add_help=False, allow_abbrev=False)
    for slot in signature.slots:
        _add(parser, slot, _OWN)
    for slot in signature.shared:
        _add(parser, slot, _SHARED)
    rest = next((slot for slot in signature.slots if slot.is_many and not slot.flags), None)
    before, after = _parted(words) if rest else (list(words), [])
    found, unknown = parser.parse_known_args(before)
    if unknown:
        raise CommandError(_unknown(unknown[0], signature), Exit.USAGE)
    own = _values(found, signature.slots, _OWN)
    if rest is not None:
        own[rest.parameter] = [*own[rest.parameter], *after]
    return own, _values(found, signature.shared, _SHARED)


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    at = words.index("--") if "--" in words else len(words)
    return list(words[:at]), list(words[at + 1 :])


def _add(parser: argparse.ArgumentParser, slot: Slot, whose: str) -> None:
    told: dict[str, Any] = {"default": slot.default, "metavar": slot.shown}
    if slot.is_switch:
        parser.add_argument(*slot.flags, dest=whose + slot.parameter, action="store_true")
        return
    told["type"] = str if slot.is_many and slot.flags else _typed(slot)
    if slot.flags:
        action = "append" if slot.is_many else "store"
        parser.add_argument(
            *slot.flags, dest=whose + slot.parameter, action=action, required=slot.is_required, **told
        )
    elif slot.is_many:
        parser.add_argument(whose + slot.parameter, nargs="*", **told)
    else:
        parser.add_argument(whose + slot.parameter, nargs=None if slot.is_required else "?", **told)


def _typed(slot: Slot) -> Callable[[str], object]:
    def convert(text: str) -> object:
        if slot.choices and text not in slot.choices:
            raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(slot.choices)}")
        try:
            return slot.convert(text)
        except ValueError:
            what = _NOT.get(slot.kind, f"not {slot.shown}")
            raise argparse.ArgumentTypeError(f"{text!r} is {what}") from None

    return convert


def _values(found: argparse.Namespace, slots: Sequence[Slot], whose: str) -> dict[str, Any]:
    return {slot.parameter: _value(getattr(found, whose + slot.parameter), slot) for slot in slots}


def _value(value: Any, slot: Slot) -> Any:  # noqa: ANN401 - what the parameter takes
    """Several stand between commas, or the option stands several times: of files this only, whose names may
    have commas.
    """
    if not (slot.is_many and slot.flags) or value is slot.default:
        return value
    typed = _typed(slot)
    try:
        if slot.kind is Path:
            return [typed(text) for text in value]
        return [typed(part.strip()) for text in value for part in text.split(",") if part.strip()]
    except argparse.ArgumentTypeError as error:
        raise CommandError(f"Argument {slot.flags[-1]}: {error}.", Exit.USAGE) from None


def _unknown(word: str, signature: Signature) -> str:
    if not word.startswith("-"):
        return f"{word!r} is one word too many."
    flags = [flag for slot in (*signature.slots, *signature.shared) for flag in slot.flags]
    near = _difflib.get_close_matches(word.partition("=")[0], flags, 1)
    return f"There is no option {word}; did you mean {near[0]}?" if near else f"There is no option {word}."
