from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lacewing.projects import Project
from lacewing.reports.values import Category, Severity, Status


class CompactReport(NamedTuple):
    """What a list of a project's reports shows and filters by; no text longer than a title."""

    id: UUID
    number: int
    title: str
    status: Status
    severity: Severity
    category: Category
    assignee_id: UUID | None
    labels: tuple[str, ...]
    page: str | None
    browser: str | None
    os: str | None
    has_error: bool
    reporter_identifier: str | None
    merged_into_id: UUID | None
    duplicates: int
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    change: int


class Gone(NamedTuple):
    """A report that is no longer there, and the change that removed it."""

    change: int
    report_id: UUID


@dataclass(frozen=True, slots=True)
class SyncPart:
    """Some of what is told: reports as they are now, or ids of those that are gone."""

    reports: tuple[CompactReport, ...] = ()
    gone: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Sync:
    """What brings a copy of `project` up to `change`, once all `parts` are read.

    Whole: every open report, and whatever else the copy held is to be forgotten.
    Else: what changed since, in any status, and what is gone.
    """

    project: Project
    change: int
    is_whole: bool
    open: int
    parts: AsyncIterator[SyncPart]
