from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
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
    """What a reporter sees of its report. A duplicate has the status of the one that it was merged into.

    `gets_mails` is None for who came by another link than a mail's: it is not told, and can not be changed.
    """

    tracking_id: str
    title: str
    project_name: str
    status: Status
    is_duplicate: bool
    created_at: datetime
    remarks: tuple[Remark, ...]
    gets_mails: bool | None


class LinkOrigin(StrEnum):
    """How a link came to whoever has it, and so what it proves."""

    MAILED = "mailed"  # to the reporter's address, which is therefore its holder's
    SHOWN = "shown"  # to whoever submitted the report, under whatever address
    NAMELESS = "nameless"  # the same, of a report that told no reporter: it does not end with one


class FoundLink(NamedTuple):
    """Of a report that still has its reporter, if it had one, in a project that is there."""

    id: UUID
    report_id: UUID
    tracking_id: str
    title: str
    address: str | None
    status: Status
    is_duplicate: bool
    created_at: datetime
    project_name: str
    place: Place
    origin: LinkOrigin


class Contact(StrEnum):
    """Whether a report's reporter hears of it."""

    NONE = "none"  # it left no address, or can read the project, or mails are off, or there were too many
    STOPPED = "stopped"  # it does not want to
    TOLD = "told"


class FoundReporter(NamedTuple):
    """Of one report; `was_told` says that it was once written to."""

    identifier: str | None
    was_told: bool
    settings: Mapping[str, Any]


def writes_to_reporters(settings: Mapping[str, Any]) -> bool:
    """A project's settings are kept as they were given: what is not `false` leaves the mails on."""
    return settings.get("reporterMails") is not False


class Hearer(NamedTuple):
    """A report whose reporter may be written to; `was_told` says that it once was.

    A duplicate has the status of the one that it was merged into.
    """

    report_id: UUID
    organization_id: UUID
    project_id: UUID
    project_code: str
    number: int
    title: str
    project_name: str
    settings: Mapping[str, Any]
    reporter_identifier: str
    status: Status
    was_told: bool

    @property
    def tracking_id(self) -> str:
        return f"{self.project_code}-{self.number}"
