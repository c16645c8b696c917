"""JSON that must not be lost: what strict parsers refuse is mended, not rejected (contract A12)."""

import codecs
import json
import re
from enum import StrEnum
from typing import Any

import msgspec

MAX_DEPTH = 64
LONGEST_NUMBER = 20

_STRING = re.compile(
    rb'"(?:[^"\\]+|\\.)*"?', re.DOTALL
)  # the end is optional: else an open string is quadratic
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_OUTLINE = bytes.maketrans(b"123456789DE", b"000000000de")
_SUSPECTS = (b"\\ud", b"0e000", b"0" * 19)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonFault(StrEnum):
    MALFORMED = "malformed_json"
    TOO_DEEP = "too_deep"


class JsonError(ValueError):
    def __init__(self, fault: JsonFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


def mend(body: bytes) -> bytes:
    """The same text as strict UTF-8 JSON: lone surrogates become U+FFFD, numbers out of range strings.

    Raises JsonError for what is nested deeper than 64. A body without faults comes back as it is.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        body.decode()
    except UnicodeDecodeError:
        body = body.decode(errors="replace").encode()
    if _is_too_deep(body):
        raise JsonError(JsonFault.TOO_DEEP, f"JSON nested deeper than {MAX_DEPTH} levels")
    return _rewrite(body) if _is_suspect(body) else body


def fields(body: bytes) -> dict[str, msgspec.Raw]:
    """The members of a JSON object, their values still as text; of duplicate keys the last wins."""
    try:
        return msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError as error:
        raise JsonError(JsonFault.MALFORMED, "The body must be a JSON object") from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise JsonError(JsonFault.MALFORMED, "The body is not valid JSON") from error


def elements(text: bytes) -> list[bytes]:
    """The elements of a JSON array, each as text; anything else counts as its only element.

    Raises JsonError for an array that is not one.
    """
    if text.lstrip()[:1] != b"[":
        return [text]
    try:
        return [bytes(raw) for raw in msgspec.json.decode(text, type=list[msgspec.Raw])]
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise JsonError(JsonFault.MALFORMED, "This is not a JSON array") from error


def parse(text: bytes) -> Any:  # noqa: ANN401 - JSON can be anything
    """For text that anybody may have written. Raises JsonError."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise JsonError(JsonFault.MALFORMED, "This is not valid JSON") from error


def is_json(text: bytes) -> bool:
    try:
        text.decode()
        msgspec.json.decode(text, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True


def dumps(value: object) -> str:
    return msgspec.json.encode(value).decode()


def as_it_is(text: bytes) -> object:
    """JSON that `dumps` is to leave as it is, inside of what it writes."""
    return msgspec.Raw(text)


def loads(text: str | bytes) -> Any:  # noqa: ANN401 - JSON can be anything
    return msgspec.json.decode(text)


def _is_too_deep(body: bytes) -> bool:
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return False
    brackets = _STRING.sub(b"", body).translate(_ONE_KIND, _NOT_BRACKETS)
    for _ in range(MAX_DEPTH):
        outer = brackets.replace(b"[]", b"")
        if len(outer) == len(brackets):
            return False
        brackets = outer
    return bool(brackets)


def _is_suspect(body: bytes) -> bool:
    """Whether it may hold a surrogate, or a number out of range: told from an outline, all digits zero."""
    outline = body.translate(_OUTLINE, b"+")
    return any(suspect in outline for suspect in _SUSPECTS)


def _rewrite(body: bytes) -> bytes:
    try:
        value = json.loads(body.decode(), parse_float=_finite, parse_int=_bounded, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise JsonError(JsonFault.MALFORMED, "The body is not valid JSON") from error
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _LONE_SURROGATE.sub("\ufffd", text).encode()


def _finite(text: str) -> float | str:
    number = float(text)
    return text if number in {float("inf"), float("-inf")} else number


def _bounded(text: str) -> int | str:
    if len(text) > LONGEST_NUMBER:
        return text
    number = int(text)
    return number if -(2**63) <= number < 2**64 else text


def _refuse(text: str) -> None:
    raise ValueError(text)
