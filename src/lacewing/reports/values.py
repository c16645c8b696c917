from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypedDict
from uuid import UUID

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import CredentialKind
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError
from lacewing.reports.attachment_values import Attachment, Claim, Reference
from lacewing.storage import Transaction


class Severity(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Category(StrEnum):
    BUG = "bug"
    UI = "ui"
    PERFORMANCE = "performance"
    CRASH = "crash"
    OTHER = "other"


class Status(StrEnum):
    NEW = "new"
    TRIAGING = "triaging"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Reopen(StrEnum):
    """Asked for where it only matters that a report is open: what is new or triaging stays so, anything else
    is triaged again (contract A10)."""

    OPEN = "open"


OPEN_STATUSES = frozenset({Status.NEW, Status.TRIAGING, Status.IN_PROGRESS})


class SortBy(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    UPDATED = "updated"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page logged, each as the JSON text that was received; an absent part is None.

    `secrets` is the scanner's note: how many of each kind it `removed`, how many tokens it `revoked`.
    """

    console: bytes | None = None
    network: bytes | None = None
    actions: bytes | None = None
    metadata: bytes | None = None
    secrets: bytes | None = None


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report as it is submitted; `honeypot` is a field that only robots fill. A ticket
    gives `given`, `when`, `then` and `notes` instead of a description.

    What a page submits again under the same `key`, whatever it then says, is the same report.
    """

    title: str
    severity: Severity
    description: str = ""
    category: Category = Category.BUG
    reporter_identifier: str | None = None
    given: str = ""
    when: str = ""
    then: str = ""
    notes: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    attachments: tuple[Reference, ...] = ()
    honeypot: str = ""
    key: str | None = None


class Facets(NamedTuple):
    """What of the evidence a list is filtered by: `page` without query and fragment; names in lower case."""

    page: str | None = None
    browser: str | None = None
    os: str | None = None
    has_error: bool = False


class Assignee(NamedTuple):
    """The person whom a report is assigned to."""

    id: UUID
    email: str
    name: str


class Report(NamedTuple):
    """A row of a list; `number` is gap-free in its project, from 1.

    `change` is the project's count of changes to its reports when this one was last changed: of two, the
    higher is the later. `resolved_at` is None unless it is resolved or closed; `merged_into_id` names what it
    is a duplicate of, `duplicates` is how many are its own.

    A tuple, since lists make them by the dozen: a frozen dataclass of this width takes five times as long.
    """

    id: UUID
    organization_id: UUID
    project_id: UUID
    project_code: str
    number: int
    title: str
    description: str
    severity: Severity
    category: Category
    status: Status
    reporter_identifier: str | None
    assignee_id: UUID | None
    given: str
    when: str
    then: str
    notes: str
    created_at: datetime
    updated_at: datetime
    page: str | None = None
    browser: str | None = None
    os: str | None = None
    has_error: bool = False
    change: int = 0
    resolved_at: datetime | None = None
    merged_into_id: UUID | None = None
    labels: tuple[str, ...] = ()
    duplicates: int = 0

    @property
    def tracking_id(self) -> str:
        return f"{self.project_code}-{self.number}"


class Duplicate(NamedTuple):
    """A report that was merged into another: its evidence stays where it is."""

    id: UUID
    tracking_id: str
    title: str
    reporter_identifier: str | None
    created_at: datetime
    merged_at: datetime


@dataclass(frozen=True, slots=True)
class FullReport:
    """With its evidence and its duplicates; `warnings` say what of the submission was cut or dropped.

    A duplicate was not stored: it is what was submitted, with the id, number and status of the first (W-3).
    """

    report: Report
    evidence: Evidence
    warnings: tuple[str, ...] = ()
    is_duplicate: bool = False
    attachments: tuple[Attachment, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """`number` from 1; `size` from 1 to 100. A `cursor` stands in the number's place."""

    number: int = 1
    size: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ReportList:
    """`total` is exact unless `is_capped`: then there are more than it says. `cursor` leads on, if any."""

    items: tuple[Report, ...]
    total: int
    is_capped: bool
    page: Page
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """The reports of one project."""

    project_id: UUID
    total: int
    open: int
    last_created_at: datetime | None


Also = Callable[[Transaction, Report], None]


@dataclass(frozen=True, slots=True)
class Submission:
    """A checked report on its way to its project, without the secrets that were found in it.

    What has the same `digest` is the same report; `words` are those that a search finds. `leaked` are secrets
    that could be tokens of this instance. `also` is what is stored with it, if it is.
    """

    report_id: UUID
    actor: Actor
    place: Place
    new: NewReport
    packed_evidence: bytes | None
    warnings: tuple[str, ...]
    digest: bytes | None
    words: list[str]
    facets: Facets = field(default_factory=Facets)
    leaked: frozenset[str] = frozenset()
    claims: tuple[Claim, ...] = ()
    also: Also | None = None


class Found(NamedTuple):
    """A report as far as it takes to decide who may do what with it."""

    id: UUID
    tracking_id: str
    place: Place
    is_of_deleted_project: bool
    organization_slug: str


class FieldChange(NamedTuple):
    """Texts longer than 200 characters are cut."""

    field: str
    before: str | None
    after: str | None


class ReportChange(TypedDict, total=False):
    """What is to change; what is left out stays. `labels` are all that it is to have."""

    title: str
    description: str
    severity: Severity
    category: Category
    status: Status | Reopen
    assignee_id: UUID | None
    given: str
    when: str
    then: str
    notes: str
    labels: tuple[str, ...]
    add_labels: tuple[str, ...]
    remove_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Of one project; `name` is unique in it, whatever its case. `color` is `#rrggbb`."""

    id: UUID
    project_id: UUID
    name: str
    color: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Watcher:
    person_id: UUID
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """`author_id` is None for a project's token, whose name `author_name` then is, and for the reporter.

    The reporter sees its own comments, and those that are meant for it.
    """

    id: UUID
    report_id: UUID
    author_id: UUID | None
    author_name: str
    body: str
    created_at: datetime
    visible_to_reporter: bool = False
    is_from_reporter: bool = False


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """`changes` are of the report's fields; `data` is what else is to be told, by name."""

    id: UUID
    kind: EventKind
    at: datetime
    person_id: UUID | None
    person_name: str | None
    credential_kind: CredentialKind | None
    credential_id: UUID | None
    credential_name: str | None
    changes: tuple[FieldChange, ...]
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """The newest first; `next_cursor` is None at the end."""

    items: tuple[HistoryEntry, ...]
    next_cursor: UUID | None


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of one that was named: `refusal` is None if it is done; `comment_id` is the comment's."""

    reference: UUID | str
    refusal: LacewingError | None
    comment_id: UUID | None = None
