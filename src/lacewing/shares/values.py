from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lacewing.reports import Attachment, Evidence, Status

USUAL_DAYS = 14
LONGEST_DAYS = 90


class ShareLink(NamedTuple):
    id: UUID
    report_id: UUID
    with_evidence: bool
    created_at: datetime
    expires_at: datetime
    last_opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewShareLink:
    """`with_evidence` shows the console and the network too."""

    days: int = USUAL_DAYS
    with_evidence: bool = False


@dataclass(frozen=True, slots=True)
class MadeShareLink:
    """`token` is told once, and kept nowhere."""

    link: ShareLink
    token: str


class FoundShare(NamedTuple):
    """Of a link that holds, in a project that is there."""

    link_id: UUID
    last_opened_at: datetime | None
    report_id: UUID
    with_evidence: bool
    expires_at: datetime
    project_name: str
    project_code: str
    number: int
    title: str
    description: str
    given: str
    when: str
    then: str
    status: Status
    created_at: datetime
    page: str | None
    browser: str | None
    os: str | None
    packed_evidence: bytes | None


@dataclass(frozen=True, slots=True)
class SharedReport:
    """What whoever has the link sees: nobody's name, no comment, and no evidence unless it was chosen."""

    found: FoundShare
    evidence: Evidence
    pictures: tuple[Attachment, ...]

    @property
    def tracking_id(self) -> str:
        return f"{self.found.project_code}-{self.found.number}"
