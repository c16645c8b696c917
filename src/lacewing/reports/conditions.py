"""What a list may be narrowed by, as values. All conditions of a list hold together."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lacewing.reports.values import Category, Severity, SortBy, Status
from lacewing.storage.fulltext import Term

Value = Status | Severity | Category | UUID | str | int | datetime | None


class Field(StrEnum):
    ASSIGNEE = "assignee"
    BROWSER = "browser"
    CATEGORY = "category"
    CREATED = "created"
    DUPLICATE = "duplicate"
    HAS_ASSIGNEE = "has:assignee"
    HAS_COMMENT = "has:comment"
    HAS_DUPLICATE = "has:duplicate"
    HAS_ERROR = "has:error"
    HAS_LABEL = "has:label"
    HAS_REPORTER = "has:reporter"
    HAS_SCREENSHOT = "has:screenshot"
    ID = "id"
    LABEL = "label"
    NUMBER = "number"
    OS = "os"
    PAGE = "page"
    PROJECT = "project"
    REPORTER = "reporter"
    RESOLVED = "resolved"
    SEVERITY = "severity"
    STATUS = "status"
    UPDATED = "updated"


TIMES = frozenset({Field.CREATED, Field.RESOLVED, Field.UPDATED})


@dataclass(frozen=True, slots=True)
class Condition:
    """One of `values`, or none of them if it is negated; None among them is a field that is empty.

    Of a time: from the first of two values on, before the second; None is no bound. Of an id: from the first
    to the second. A flag has no values.
    """

    field: Field
    values: tuple[Value, ...] = ()
    is_negated: bool = False

    @property
    def shape(self) -> "Shape":
        return Shape(self.field, tuple(value is None for value in self.values), self.is_negated)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the text of a condition depends on; its values are binds."""

    field: Field
    empty: tuple[bool, ...]
    is_negated: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list, as it is read: the conditions, the words, and the words that must be absent.

    `has_few_ids` if there are no words, and so few reports of all have such an id that they are looked up.
    """

    conditions: tuple[Condition, ...] = ()
    terms: tuple[Term, ...] = ()
    absent: tuple[Term, ...] = ()
    finds_nothing: bool = False
    has_few_ids: bool = False

    @property
    def has_words(self) -> bool:
        return bool(self.terms or self.absent)


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """All given conditions hold together; an empty set means no condition. A None among assignees is nobody.

    `ids` are the lowest and the highest; `query` is what the query language says, `search` words that must
    all be there.
    """

    project_id: UUID | None = None
    organization_id: UUID | None = None
    statuses: frozenset[Status] = frozenset()
    severities: frozenset[Severity] = frozenset()
    categories: frozenset[Category] = frozenset()
    assignees: frozenset[UUID | None] = frozenset()
    labels: frozenset[str | None] = frozenset()
    search: str = ""
    created_since: datetime | None = None
    ids: tuple[UUID, UUID] | None = None
    query: Wanted | None = None
    sort: SortBy = SortBy.NEWEST
