"""From a function's signature to what can stand on its command line."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from lacewing.cli.grammar.declared import Arg, Bundle

TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
_SHOWN = {int: "N", Path: "FILE", UUID: "ID", bool: "true|false"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the command line. `flags` is empty for what stands by position.

    `is_many` takes several; `is_switch` takes no value. `convert` makes a `kind` of a word, and raises
    ValueError for what can not be one.
    """

    parameter: str
    flags: tuple[str, ...]
    help: str
    shown: str
    kind: type
    convert: Callable[[str], object]
    choices: tuple[str, ...]
    default: object
    is_required: bool
    is_many: bool
    is_switch: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """`bundle` is the shared options' class, if the command takes one, and `shared` their slots."""

    function: Callable[..., object]
    slots: tuple[Slot, ...]
    bundle: type[Bundle] | None
    bundle_parameter: str
    shared: tuple[Slot, ...]


def signature_of(function: Callable[..., object]) -> Signature:
    hints = get_type_hints(function, include_extras=True)
    own: list[Slot] = []
    bundle: type[Bundle] | None = None
    place = ""
    for parameter in inspect.signature(function).parameters.values():
        hint = hints[parameter.name]
        if isinstance(hint, type) and issubclass(hint, Bundle):
            bundle, place = hint, parameter.name
        else:
            own.append(_slot(parameter, hint))
    return Signature(function, tuple(own), bundle, place, () if bundle is None else _shared(bundle, own))


def _shared(bundle: type[Bundle], own: Sequence[Slot]) -> tuple[Slot, ...]:
    """Without those whose flag means something else to the command."""
    hints = get_type_hints(bundle.__init__, include_extras=True)
    parameters = [*inspect.signature(bundle.__init__).parameters.values()][1:]
    taken = {flag for slot in own for flag in slot.flags}
    slots = (_slot(parameter, hints[parameter.name]) for parameter in parameters)
    return tuple(slot for slot in slots if taken.isdisjoint(slot.flags))


def _slot(parameter: inspect.Parameter, hint: Any) -> Slot:  # noqa: ANN401 - a type can be any expression
    arg = next((part for part in get_args(hint)[1:] if isinstance(part, Arg)), Arg(""))
    wanted = _without_none(get_args(hint)[0] if get_origin(hint) is Annotated else hint)
    is_rest = parameter.kind is parameter.VAR_POSITIONAL
    is_many = is_rest or get_origin(wanted) in {list, tuple}
    element = get_args(wanted)[0] if is_many and not is_rest else wanted
    is_option = parameter.kind is parameter.KEYWORD_ONLY
    is_switch = is_option and element is bool and parameter.default is False
    long = arg.name or f"--{parameter.name.strip('_').replace('_', '-')}"
    return Slot(
        parameter.name,
        tuple(flag for flag in (arg.short, long) if flag) if is_option else (),
        arg.help,
        arg.shown or _shown(parameter, element, is_option=is_option),
        element if isinstance(element, type) else str,
        _converter(element),
        _choices(element),
        () if is_rest else None if parameter.default is parameter.empty else parameter.default,
        parameter.default is parameter.empty and not is_rest,
        is_many,
        is_switch,
    )


def _without_none(hint: Any) -> Any:  # noqa: ANN401 - as above
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    return next(part for part in get_args(hint) if part is not NoneType)


def _shown(parameter: inspect.Parameter, element: object, *, is_option: bool) -> str:
    if is_option and isinstance(element, type) and element in _SHOWN:
        return _SHOWN[element]
    return "|".join(_choices(element)) or parameter.name.strip("_").replace("_", "-").upper()


def _choices(element: object) -> tuple[str, ...]:
    if get_origin(element) is Literal:
        return tuple(str(word) for word in get_args(element))
    if isinstance(element, type) and issubclass(element, Enum):
        return tuple(str(member.value) for member in element)
    return ()


def _converter(element: Any) -> Callable[[str], object]:  # noqa: ANN401 - as above
    if element is bool:
        return _boolean
    return element if isinstance(element, type) else str


def _boolean(text: str) -> bool:
    if text.lower() in (*TRUE, *FALSE):
        return text.lower() in TRUE
    raise ValueError(text)
