"""The query language of all faces: text to values. docs/query-language.md has its grammar.

Raises nothing but INVALID, with a mistake's position and length; what it accepts it prints again.
"""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from uuid import UUID

from lacewing.reports.query_values import (
    Ago,
    Between,
    Calendar,
    Compared,
    Moment,
    Name,
    Qualifier,
    Query,
    Text,
    Unit,
    mistake,
)
from lacewing.reports.values import Category, Severity, SortBy, Status

LONGEST_QUERY = 1_000
MOST_PARTS = 32
MOST_VALUES = 20
IS = ("assigned", "closed", "duplicate", "merged", "open", "unassigned")
HAS = ("assignee", "comment", "duplicate", "error", "label", "reporter", "screenshot")
ALSO_STATUSES = ("open", "dismissed")

_QUALIFIER = re.compile(r"([A-Za-z]+):(?=[^\s])")
_BARE_VALUE = re.compile(r'[^\s,"]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_WORD = re.compile(r"\S+")
_AGO = re.compile(r"([0-9]{1,4})([hdwy])")
_CALENDAR = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_COMPARED = re.compile(r"(>=|<=|>|<)?(.+)")
_CODE = re.compile(r"[A-Za-z0-9]{2,10}-[0-9]{1,9}")
_YEARS = range(1970, 3000)
_TIMES = frozenset({Name.CREATED, Name.RESOLVED, Name.UPDATED})
_SINGLE = _TIMES | {Name.CODE, Name.HAS, Name.IS, Name.SORT}
_NEVER_NEGATED = frozenset({Name.CODE, Name.SORT})


def parse_query(text: str) -> Query:
    if len(text) > LONGEST_QUERY:
        message = f"is longer than {LONGEST_QUERY} characters"
        raise mistake(LONGEST_QUERY, len(text) - LONGEST_QUERY, message, "too_long")
    if "\0" in text:
        raise mistake(text.index("\0"), 1, "must not contain NUL characters", "nul_character")
    return _Parser(text).query()


class _Parser:
    """Reads from left to right; `_at` is how far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def query(self) -> Query:
        parts: list[Text | Qualifier] = []
        while self._skip_spaces():
            begun = self._at
            parts.append(self._part())
            if len(parts) > MOST_PARTS:
                message = f"has more than {MOST_PARTS} parts"
                raise mistake(begun, len(self._text) - begun, message, "too_many_parts")
        return Query(tuple(parts))

    def _skip_spaces(self) -> bool:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._at < len(self._text)

    def _part(self) -> Text | Qualifier:
        begun = self._at
        after = self._text[begun + 1 : begun + 2]
        is_negated = self._text[begun] == "-" and bool(after) and not after.isspace()
        self._at += is_negated
        found = _QUALIFIER.match(self._text, self._at)
        if found is not None and not self._text.startswith("//", found.end()):
            return self._qualifier(found, begun, is_negated=is_negated)
        if self._text[self._at] == '"':
            return Text(self._quoted(), is_exact=True, is_negated=is_negated)
        return Text(self._take(_WORD), is_negated=is_negated)

    def _qualifier(self, found: re.Match[str], begun: int, *, is_negated: bool) -> Qualifier:
        word = found[1].lower()
        if word not in {str(name) for name in Name}:
            message = f"knows no {found[1]}: (only {', '.join(Name)}); put text with a colon in quotes"
            raise mistake(found.start(1), len(found[1]), message, "unknown_field")
        name = Name(word)
        self._at = found.end()
        values = [self._value(name)]
        while self._text.startswith(",", self._at):
            self._at += 1
            values.append(self._value(name))
        length = self._at - begun
        if len(values) > (1 if name in _SINGLE else MOST_VALUES):
            limit = "one value" if name in _SINGLE else f"at most {MOST_VALUES} values"
            raise mistake(begun, length, f"{name}: takes {limit}", "too_many_values")
        if is_negated and name in _NEVER_NEGATED:
            raise mistake(begun, length, f"{name}: can not be negated", "not_negatable")
        return Qualifier(name, tuple(values), is_negated)

    def _value(self, name: Name) -> str | Compared | Between:
        begun = self._at
        written = self._quoted() if self._text.startswith('"', begun) else self._take(_BARE_VALUE)
        if not written.strip():
            raise mistake(begun, max(1, self._at - begun), f"{name}: lacks a value", "blank")
        try:
            return _READERS[name](written)
        except _NotAllowedError as error:
            raise mistake(begun, self._at - begun, f"{name}: {error}", "not_allowed") from None

    def _quoted(self) -> str:
        found = _QUOTED.match(self._text, self._at)
        if found is None:
            length = len(self._text) - self._at
            raise mistake(self._at, length, "has a quote that does not end", "unterminated")
        self._at = found.end()
        return re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found[0]


class _NotAllowedError(Exception):
    """The sentence says what would be."""


def _one_of(*words: str) -> Callable[[str], str]:
    def read(written: str) -> str:
        if written.lower() not in words:
            raise _NotAllowedError(f"must be one of {', '.join(words)}")
        return written.lower()

    return read


def _as_is(written: str) -> str:
    return written


def _folded(written: str) -> str:
    return written.casefold()


def _number(written: str) -> str:
    if not (written.isascii() and written.isdecimal() and len(written) <= 9):
        raise _NotAllowedError("must be a number")
    return str(int(written))


def _code(written: str) -> str:
    if _CODE.fullmatch(written) is None:
        raise _NotAllowedError("must be a code like WEB-42")
    code, _, number = written.partition("-")
    return f"{code.upper()}-{int(number)}"


def _person(written: str) -> str:
    if written.lower() in {"me", "none"}:
        return written.lower()
    try:
        return str(UUID(written))
    except ValueError:
        return written.casefold()


def _time(written: str) -> Compared | Between:
    first, dots, last = written.partition("..")
    if dots:
        return Between(_moment(first), _moment(last))
    found = _COMPARED.fullmatch(written)
    if found is None:
        raise _NotAllowedError(_TIME)
    return Compared(found[1] or "", _moment(found[2]))


_TIME = "must be like 2026-01-31, 2026-01, >7d, <=2026-02 or 2026-01..2026-03"


def _moment(written: str) -> Moment:
    ago = _AGO.fullmatch(written)
    if ago is not None:
        return Ago(int(ago[1]), Unit(ago[2]))
    found = _CALENDAR.fullmatch(written)
    if found is None or int(found[1]) not in _YEARS:
        raise _NotAllowedError(_TIME)
    year, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        date(year or 1, month or 1, day or 1)
    except ValueError:
        raise _NotAllowedError("names a day that there is not") from None
    if 0 in {month, day}:
        raise _NotAllowedError("names a day that there is not")
    return Calendar(year or 1, month, day)


def _words(words: type[StrEnum], *also: str) -> Callable[[str], str]:
    return _one_of(*(str(word) for word in words), *also)


_READERS: dict[Name, Callable[[str], str | Compared | Between]] = {
    Name.ASSIGNEE: _person,
    Name.BROWSER: _folded,
    Name.CATEGORY: _words(Category),
    Name.CODE: _code,
    Name.CREATED: _time,
    Name.HAS: _one_of(*HAS),
    Name.IS: _one_of(*IS),
    Name.LABEL: _folded,
    Name.NUMBER: _number,
    Name.OS: _folded,
    Name.PAGE: _folded,
    Name.PROJECT: str.upper,
    Name.REPORTER: _as_is,
    Name.RESOLVED: _time,
    Name.SEVERITY: _words(Severity),
    Name.SORT: _words(SortBy),
    Name.STATUS: _words(Status, *ALSO_STATUSES),
    Name.UPDATED: _time,
}
