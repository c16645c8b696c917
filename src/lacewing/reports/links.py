"""Links to an attachment's bytes: whoever has one may read them, for a quarter of an hour at most."""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lacewing.access.actor import Visit
from lacewing.kit.errors import LacewingError, not_found
from lacewing.kit.keyring import KeyRing
from lacewing.reports import attachment_queries as queries
from lacewing.reports.attachment_values import OTHER_MEDIA_TYPE, Attachment, AttachmentState, Variant
from lacewing.storage import Blob, Blobs, Database, MissingBlobError

LIFETIME = timedelta(minutes=15)
_STEP_SECONDS = 60
_THUMBNAIL_TYPE = "image/webp"


@dataclass(frozen=True, slots=True)
class Link:
    """`signature` says until when, and which of the attachment's pictures."""

    attachment_id: UUID
    signature: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Only what was made anew `is_safe` to be shown; all else is bytes to be saved."""

    name: str
    media_type: str
    is_safe: bool
    blob: Blob
    seconds_left: int


def sign_link(ring: KeyRing, attachment_id: UUID, variant: Variant, now: datetime) -> str:
    """The same within a minute, so that an answer that holds it stays the same too."""
    ends = int(now.timestamp()) // _STEP_SECONDS * _STEP_SECONDS + int(LIFETIME.total_seconds())
    claim = f"{ends}.{variant}"
    return f"{claim}.{_text(ring.digest(_signed(attachment_id, claim)).value)}"


async def open_link(db: Database, visit: Visit, ring: KeyRing, blobs: Blobs, link: Link) -> Opened:
    """For any visitor. Raises NOT_FOUND for what is not signed, over, or without a report; UNAVAILABLE."""
    variant, seconds_left = _judge(ring, link, db.clock())
    for _ in range(2):  # a picture that is made anew meanwhile is found at its new place
        attachment = await db.read(lambda tx: queries.attached(tx, link.attachment_id))
        key = None if attachment is None else _key(attachment, variant)
        if attachment is None or key is None:
            break
        try:
            blob = await blobs.open(key)
        except MissingBlobError:
            continue
        return _opened(attachment, variant, blob, seconds_left)
    raise _nothing()


def _judge(ring: KeyRing, link: Link, now: datetime) -> tuple[Variant, int]:
    claim, _, given = link.signature.rpartition(".")
    right = [_text(digest.value) for digest in ring.digests(_signed(link.attachment_id, claim))]
    if not any(hmac.compare_digest(given.encode(), each.encode()) for each in right):
        raise _nothing()
    ends, _, variant = claim.partition(".")
    seconds_left = int(ends) - int(now.timestamp())
    if seconds_left <= 0:
        raise _nothing()
    return Variant(variant), seconds_left


def _key(attachment: Attachment, variant: Variant) -> str | None:
    is_ready = attachment.state is AttachmentState.READY
    if variant is Variant.THUMBNAIL:
        return attachment.thumbnail_key if is_ready else None
    return attachment.clean_key if is_ready else attachment.key


def _opened(attachment: Attachment, variant: Variant, blob: Blob, seconds_left: int) -> Opened:
    if attachment.state is not AttachmentState.READY:
        return Opened(attachment.name, OTHER_MEDIA_TYPE, is_safe=False, blob=blob, seconds_left=seconds_left)
    media_type = _THUMBNAIL_TYPE if variant is Variant.THUMBNAIL else attachment.media_type
    return Opened(attachment.name, media_type, is_safe=True, blob=blob, seconds_left=seconds_left)


def _signed(attachment_id: UUID, claim: str) -> str:
    return f"attachment link {attachment_id} {claim}"


def _text(signature: bytes) -> str:
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")


def _nothing() -> LacewingError:
    return not_found("Attachment")
