from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from lacewing.access.actor import Place
from lacewing.reports import Status


class Remark(NamedTuple):
    """A comment as the reporter sees it: its own, or the team's, whose members are not named."""

    is_own: bool
    body: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StatusPage:
    """What a reporter sees of its report. A duplicate has the status of the one that it was merged into."""

    tracking_id: str
    title: str
    project_name: str
    status: Status
    is_duplicate: bool
    created_at: datetime
    remarks: tuple[Remark, ...]
    gets_mails: bool


class FoundLink(NamedTuple):
    """Of a report that still has its reporter, in a project that is there."""

    id: UUID
    report_id: UUID
    tracking_id: str
    title: str
    address: str
    status: Status
    is_duplicate: bool
    created_at: datetime
    project_name: str
    place: Place


class Contact(StrEnum):
    """Whether a report's reporter hears of it."""

    NONE = "none"  # it left no address, or mails are off, or there were too many
    STOPPED = "stopped"  # it does not want to
    TOLD = "told"
