"""A query as values: what `query_language.parse` makes of text, and how it is printed again."""

from dataclasses import dataclass
from enum import StrEnum

from lacewing.kit.errors import FieldError, LacewingError, invalid
from lacewing.reports.values import SortBy


class Name(StrEnum):
    """What stands before a colon."""

    ASSIGNEE = "assignee"
    BROWSER = "browser"
    CATEGORY = "category"
    CODE = "code"
    CREATED = "created"
    HAS = "has"
    IS = "is"
    LABEL = "label"
    NUMBER = "number"
    OS = "os"
    PAGE = "page"
    PROJECT = "project"
    REPORTER = "reporter"
    RESOLVED = "resolved"
    SEVERITY = "severity"
    SORT = "sort"
    STATUS = "status"
    UPDATED = "updated"


class Unit(StrEnum):
    HOUR = "h"
    DAY = "d"
    WEEK = "w"
    YEAR = "y"


@dataclass(frozen=True, slots=True)
class Ago:
    """So long before now."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year, a month of it, or a day, in UTC."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


Moment = Ago | Calendar


@dataclass(frozen=True, slots=True)
class Compared:
    """`operator` is `>`, `>=`, `<`, `<=` or nothing."""

    operator: str
    moment: Moment

    def __str__(self) -> str:
        return f"{self.operator}{self.moment}"


@dataclass(frozen=True, slots=True)
class Between:
    first: Moment
    last: Moment

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class Text:
    """A word, or words that stand together in just this order."""

    text: str
    is_exact: bool = False
    is_negated: bool = False

    def __str__(self) -> str:
        return f"{'-' * self.is_negated}{_quoted(self.text) if self.is_exact else self.text}"


@dataclass(frozen=True, slots=True)
class Qualifier:
    """One of the values, or none of them."""

    name: Name
    values: tuple[str | Compared | Between, ...]
    is_negated: bool = False

    def __str__(self) -> str:
        values = ",".join(_printed(value) for value in self.values)
        return f"{'-' * self.is_negated}{self.name}:{values}"


@dataclass(frozen=True, slots=True)
class Query:
    """All parts hold together."""

    parts: tuple[Text | Qualifier, ...] = ()

    def __str__(self) -> str:
        """The canonical text: it parses to the same query."""
        return " ".join(map(str, self.parts))

    @property
    def sort(self) -> SortBy | None:
        """The last one that it names."""
        qualifiers = [part for part in self.parts if isinstance(part, Qualifier)]
        named = [part.values[0] for part in qualifiers if part.name is Name.SORT]
        return SortBy(str(named[-1])) if named else None


def mistake(position: int, length: int, message: str, code: str) -> LacewingError:
    return invalid(FieldError("q", message, code, position, length))


def _printed(value: str | Compared | Between) -> str:
    if not isinstance(value, str):
        return str(value)
    is_plain = value and not any(character.isspace() or character in ',"\\' for character in value)
    return value if is_plain else _quoted(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
