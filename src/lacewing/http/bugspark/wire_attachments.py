"""Attachments on the wire."""

from uuid import UUID

import msgspec

from lacewing.http.attachment_links import Linker
from lacewing.http.shapes import Instant
from lacewing.reports import Attachment, AttachmentState, Use, Variant


class AttachmentItem(msgspec.Struct, rename="camel"):
    """`url` and `thumbnailUrl` hold for 15 minutes; a thumbnail is there once `state` is `ready`."""

    id: UUID
    report_id: UUID | None
    use: Use
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    state: AttachmentState
    url: str | None
    thumbnail_url: str | None
    created_at: Instant


def attachment_item(attachment: Attachment, link: Linker) -> AttachmentItem:
    return AttachmentItem(
        attachment.id,
        attachment.report_id,
        attachment.use,
        attachment.name,
        attachment.media_type,
        attachment.size,
        attachment.width,
        attachment.height,
        attachment.state,
        link(attachment, Variant.WHOLE),
        link(attachment, Variant.THUMBNAIL),
        attachment.created_at,
    )


def url_of(attachments: tuple[Attachment, ...], use: Use, link: Linker | None) -> str | None:
    """Of the picture that the report was sent with."""
    found = next((each for each in attachments if each.use is use), None)
    return None if found is None or link is None else link(found, Variant.WHOLE)
