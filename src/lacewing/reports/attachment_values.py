from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lacewing.kit.pictures import PictureKind

LARGEST_FILE = 10 * 1024 * 1024
MOST_ATTACHMENTS = 20
MOST_SENT_ALONG = 5
LONGEST_NAME = 200
ORPHAN_AGE = timedelta(hours=24)
OTHER_MEDIA_TYPE = "application/octet-stream"
PICTURE_SUFFIXES = ("jpeg", "jpg", "png", "webp")
FILE_SUFFIXES = ("har", "json", "log", "txt", "zip")


class Use(StrEnum):
    """What of a report an attachment is. `REPLAY` is reserved: nothing makes one yet."""

    SCREENSHOT = "screenshot"
    ANNOTATED = "annotated_screenshot"
    FILE = "file"
    REPLAY = "replay"


class AttachmentState(StrEnum):
    """`ARRIVING` until its bytes are stored. A picture is `PENDING` until it was decoded and made anew: then
    it is `READY`, or `UNREADABLE`. Any other file is `STORED`. `DOOMED` is what is being deleted."""

    ARRIVING = "arriving"
    PENDING = "pending"
    READY = "ready"
    UNREADABLE = "unreadable"
    STORED = "stored"
    DOOMED = "doomed"


class Variant(StrEnum):
    WHOLE = "whole"
    THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes; `chunks` may raise what its sender must answer for."""

    name: str
    media_type: str
    chunks: AsyncIterator[bytes]


Arrival = Callable[[], Awaitable[Upload]]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a new report says that it has with it, as it came."""

    use: Use
    key: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A reference that could be an upload of the report's project."""

    use: Use
    attachment_id: UUID


@dataclass(frozen=True, slots=True)
class Attachment:
    """`media_type` is a picture's, or no more than bytes; `width` and `height` are a picture's."""

    id: UUID
    organization_id: UUID
    project_id: UUID
    report_id: UUID | None
    use: Use
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    state: AttachmentState
    person_id: UUID | None
    created_at: datetime

    @property
    def is_picture(self) -> bool:
        return self.media_type != OTHER_MEDIA_TYPE

    @property
    def arrived(self) -> AttachmentState:
        """What it is once its bytes are stored: only a picture is made anew."""
        return AttachmentState.PENDING if self.is_picture else AttachmentState.STORED

    @property
    def key(self) -> str:
        """Of the bytes as they came; what a page is told to refer to."""
        return f"{self._stem}.{self._suffix}"

    @property
    def clean_key(self) -> str:
        """Of the picture as it was made anew."""
        return f"{self._stem}.clean.{self._suffix}"

    @property
    def thumbnail_key(self) -> str:
        return f"{self._stem}.thumbnail.webp"

    @property
    def keys(self) -> tuple[str, ...]:
        """Of everything that may have been stored of it."""
        return (self.key, *self.made_keys) if self.is_picture else (self.key,)

    @property
    def made_keys(self) -> tuple[str, str]:
        """Of a picture that was made anew."""
        return self.clean_key, self.thumbnail_key

    @property
    def _stem(self) -> str:
        return f"{self.organization_id}/{self.project_id}/{self.id}"

    @property
    def _suffix(self) -> str:
        return PictureKind(self.media_type).suffix if self.is_picture else "bin"
