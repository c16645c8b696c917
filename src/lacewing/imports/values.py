"""What another tracker holds, in words that both of those that are known here share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from lacewing.access.permissions import ProjectRole
from lacewing.reports import NewReport, Status, Use


class SourceError(Exception):
    """One sentence on why a source can not be read, and what to do."""


@dataclass(frozen=True, slots=True)
class SourcePerson:
    """`key` is the id that it has there, here and below."""

    key: str
    name: str
    email: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class SourceProject:
    """`code` stands before its reports' numbers; `members` are roles by the keys of people."""

    key: str
    name: str
    code: str | None = None
    domain: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    is_deleted: bool = False
    members: Mapping[str, ProjectRole] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceComment:
    key: str
    author_key: str | None
    body: str
    created_at: datetime | None
    visible_to_reporter: bool = False


@dataclass(frozen=True, slots=True)
class SourceChange:
    """`before` and `after` in our words; of `assignee_id` they are keys of people."""

    at: datetime
    person_key: str | None
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`path` as it is written there: a key of a bucket, a path of that machine, an address."""

    key: str
    use: Use
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class SourceReport:
    """`tracking` is what people called it there; `notes` say what of it could not be taken as it was."""

    key: str
    tracking: str
    number: int | None
    new: NewReport
    status: Status
    assignee_key: str | None
    created_at: datetime | None
    updated_at: datetime | None
    resolved_at: datetime | None
    comments: tuple[SourceComment, ...] = ()
    changes: tuple[SourceChange, ...] = ()
    files: tuple[SourceFile, ...] = ()
    notes: tuple[str, ...] = ()


class Source(Protocol):
    """One export or database. Everything may raise SourceError."""

    product: str

    @property
    def remarks(self) -> Sequence[str]:
        """What it can not give, and what of it has no place here, a sentence each."""
        ...

    def people(self) -> Sequence[SourcePerson]: ...

    def projects(self) -> Sequence[SourceProject]: ...

    def count(self, project_key: str) -> int:
        """How many reports a project has."""
        ...

    def reports(self, project_key: str) -> Iterator[Sequence[SourceReport]]:
        """The oldest first, a bounded part at a time."""
        ...

    def close(self) -> None: ...
