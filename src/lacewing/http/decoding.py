"""From bytes to a Struct: both spellings of a name, every mistake told, no submitted value repeated."""

import re
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, get_args
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec

from lacewing.http.problems import EdgeError, EdgeKind
from lacewing.kit.errors import FieldError, invalid
from lacewing.kit.json import JsonError, JsonFault, fields, mend

Wire = TypeVar("Wire", bound=msgspec.Struct)

_EXPECTED = re.compile(r"Expected `([^`]+)`")
_OUT_OF_BOUNDS = re.compile(r"Expected `(?:int|float)` [<>]=")
_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "uuid": "a UUID",
    "null": "null",
}
_MAX_FIELDS = 100


def decode_json(wire: type[Wire], body: bytes) -> Wire:
    """Names in snake_case and camelCase alike (contract A2). Raises EdgeError MALFORMED, INVALID."""
    try:
        members = _members(wire, mend(body or b"{}"))
    except JsonError as error:
        if error.fault is JsonFault.TOO_DEEP:
            raise invalid(FieldError("", str(error), error.fault)) from error
        raise EdgeError(EdgeKind.MALFORMED, f"{error}.", error.fault) from error
    try:
        return msgspec.json.decode(msgspec.json.encode(members), type=wire)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _mistakes(wire, members) from error


def _members(wire: type[msgspec.Struct], text: bytes) -> dict[str, msgspec.Raw]:
    own = _names_in(wire)
    members = {name if name in own else _snake(name): value for name, value in fields(text).items()}
    for name, inner in _objects_in(wire).items():
        given = bytes(members.get(name, b""))
        if given.startswith(b"{"):
            members[name] = msgspec.Raw(msgspec.json.encode(_members(inner, given)))
    return members


@lru_cache(maxsize=256)
def _names_in(wire: type[msgspec.Struct]) -> frozenset[str]:
    """As its document spells them: a foreign object, like WebAuthn's, may be in camelCase itself."""
    return frozenset(field.encode_name for field in msgspec.structs.fields(wire))


@lru_cache(maxsize=256)
def _objects_in(wire: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct]]:
    """Its fields that are objects with names of their own."""
    return {
        field.encode_name: field.type
        for field in msgspec.structs.fields(wire)
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)
    }


def decode_form(wire: type[Wire], body: bytes) -> Wire:
    """An urlencoded form (WHATWG URL); a field that came twice counts once, the last."""
    return _decode_pairs(wire, body.decode("utf-8", "replace"))


def decode_query(wire: type[Wire], query_string: bytes) -> Wire:
    """Unknown parameters are ignored; an empty one counts as not given."""
    return _decode_pairs(wire, query_string.decode("latin-1"))


def _decode_pairs(wire: type[Wire], text: str) -> Wire:
    try:
        pairs = parse_qsl(text, max_num_fields=_MAX_FIELDS, errors="replace")
    except ValueError as error:
        raise EdgeError(EdgeKind.MALFORMED, "Too many fields.") from error
    given = dict(pairs)
    try:
        return msgspec.convert(given, type=wire, strict=False)
    except msgspec.ValidationError as error:
        raw = {name: msgspec.Raw(msgspec.json.encode(value)) for name, value in given.items()}
        raise _mistakes(wire, raw, strict=False) from error


@lru_cache(maxsize=1024)
def _snake(name: str) -> str:
    return _HUMP.sub(lambda hump: f"_{hump[1].lower()}", name)


def _mistakes(wire: type[Wire], members: dict[str, msgspec.Raw], *, strict: bool = True) -> Exception:
    """msgspec tells the first mistake only; a caller is told all of them."""
    found = _found(wire, members, strict=strict)
    return invalid(*(found or [FieldError("", "The request can not be read", "invalid")]))


def _found(wire: type[msgspec.Struct], members: dict[str, msgspec.Raw], *, strict: bool) -> list[FieldError]:
    declared = {field.encode_name: field for field in msgspec.structs.fields(wire)}
    found: list[FieldError] = []
    for name, field in declared.items():
        if name in members:
            found += _mistake(name, members[name], field.type, strict=strict)
        elif field.required:
            found.append(FieldError(name, "can't be blank", "blank"))
    if wire.__struct_config__.forbid_unknown_fields:
        unknown = sorted(members.keys() - declared.keys())
        found += [
            FieldError(name[:64], "is not a field of this request", "unknown_field") for name in unknown
        ]
    return found


def _mistake(name: str, raw: msgspec.Raw, declared: Any, *, strict: bool) -> list[FieldError]:  # noqa: ANN401
    try:
        if isinstance(declared, type) and issubclass(declared, msgspec.Struct):
            inner = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
            return _found(declared, inner, strict=strict)
        msgspec.convert(msgspec.json.decode(raw), type=declared, strict=strict)
    except (msgspec.DecodeError, RecursionError) as error:
        return [FieldError(name, *_sentence(str(error), declared))]
    return []


def _sentence(message: str, declared: Any) -> tuple[str, str]:  # noqa: ANN401 - a type of a field
    words = _allowed_words(declared)
    if words:
        return f"must be one of {', '.join(words)}", "not_allowed"
    if _OUT_OF_BOUNDS.match(message):
        return _bounds(declared), "out_of_range"
    expected = _EXPECTED.search(message)
    if expected is not None and UUID not in _parts(declared):
        names = [_WORDS.get(part.strip(), part.strip()) for part in expected[1].split("|")]
        return f"must be {' or '.join(names)}", "wrong_type"
    if UUID in _parts(declared):
        return "must be a UUID", "not_a_uuid"
    return "is not valid", "invalid"


def _allowed_words(declared: Any) -> list[str]:  # noqa: ANN401
    return [
        str(member.value)
        for part in _parts(declared)
        if isinstance(part, type) and issubclass(part, Enum)
        for member in part
    ]


def _bounds(declared: Any) -> str:  # noqa: ANN401
    metas = (part for part in _parts(declared) if isinstance(part, msgspec.Meta))
    meta = next(meta for meta in metas if meta.ge is not None)
    return f"must be at least {meta.ge}" if meta.le is None else f"must be from {meta.ge} to {meta.le}"


def _parts(declared: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """What a union, a list or an Annotated consists of, at any depth."""
    inner = get_args(declared)
    return tuple(part for item in inner for part in _parts(item)) if inner else (declared,)
