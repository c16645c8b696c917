"""The lines of an export. What its reports are is in document_json.py."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from lacewing.access.actor import Place
from lacewing.access.permissions import CredentialKind
from lacewing.events import EventKind
from lacewing.reports.attachment_values import Attachment, AttachmentState
from lacewing.reports.plain import plain


@dataclass(frozen=True, slots=True)
class Export:
    """`name` is the file's; `chunks` are made while they are sent, and can be read once."""

    name: str
    chunks: AsyncIterator[bytes]


class ProjectLine(NamedTuple):
    id: UUID
    organization_id: UUID
    name: str
    code: str
    slug: str
    domain: str
    settings: dict[str, Any]
    is_private: bool
    created_at: datetime
    deleted_at: datetime | None

    @property
    def place(self) -> Place:
        return Place(self.organization_id, self.id, self.is_private)


class MemberLine(NamedTuple):
    """`project_id` is None for a role in the whole organization."""

    id: UUID
    project_id: UUID | None
    person_id: UUID
    name: str
    email: str
    role: str
    created_at: datetime


class LabelLine(NamedTuple):
    id: UUID
    project_id: UUID
    name: str
    color: str
    created_at: datetime


class CommentLine(NamedTuple):
    """`author` is a person's name, or that of the token which wrote it, or the reporter."""

    id: UUID
    report_id: UUID
    author_id: UUID | None
    author: str
    body: str
    created_at: datetime
    visible_to_reporter: bool = False
    is_from_reporter: bool = False


class HistoryLine(NamedTuple):
    """One change: of which report or label, by whom, through which kind of credential."""

    id: UUID
    kind: EventKind
    at: datetime
    project_id: UUID | None
    subject_id: UUID | None
    person_id: UUID | None
    credential_kind: CredentialKind | None
    data: dict[str, str]


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """`file` is its name in the zip; `key` that of its bytes: of a picture as it was made anew, if it was."""

    attachment: Attachment

    @property
    def id(self) -> UUID:
        return self.attachment.id

    @property
    def file(self) -> str:
        return f"attachments/{self.attachment.id}.{self.attachment.key.rpartition('.')[2]}"

    @property
    def key(self) -> str:
        is_ready = self.attachment.state is AttachmentState.READY
        return self.attachment.clean_key if is_ready else self.attachment.key

    def told(self) -> dict[str, object]:
        return {**plain(self.attachment), "file": self.file}
