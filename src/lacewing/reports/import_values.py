"""What is taken over from another tracker: reports with all that became of them there."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lacewing.reports.attachment_values import Use
from lacewing.reports.values import FieldChange, NewReport, Status


@dataclass(frozen=True, slots=True)
class PastComment:
    """`author_id` is None for who has no account here: then the name is all that is known."""

    id: UUID
    author_id: UUID | None
    author_name: str
    body: str
    created_at: datetime
    visible_to_reporter: bool = False


@dataclass(frozen=True, slots=True)
class PastChange:
    """`by` is the name of who has no account here."""

    at: datetime
    person_id: UUID | None
    by: str | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class PastFile:
    """`read` gives its bytes, whenever it is asked; it may raise OSError."""

    id: UUID
    use: Use
    name: str
    media_type: str
    read: Callable[[], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class PastReport:
    """`id` is the same however often it comes; `number` is the one that it had there, if it had one.

    `origin` says where it comes from, in a few words.
    """

    id: UUID
    origin: str
    number: int | None
    new: NewReport
    status: Status
    assignee_id: UUID | None
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    comments: tuple[PastComment, ...] = ()
    changes: tuple[PastChange, ...] = ()
    files: tuple[PastFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What of some reports is here already: `present` by the project that each is in, `deleted` for good.

    `parts` are the comments and files that are here, or were deleted here.
    """

    present: Mapping[UUID, UUID]
    deleted: frozenset[UUID]
    parts: frozenset[UUID]

    def has(self, report_id: UUID) -> bool:
        return report_id in self.present or report_id in self.deleted


@dataclass(frozen=True, slots=True)
class Taken:
    """What one part of an import came to: how many reports, comments and files are new here.

    `warnings` are of single reports, by their origin.
    """

    reports: int
    comments: int
    files: int
    warnings: tuple[tuple[str, str], ...]
