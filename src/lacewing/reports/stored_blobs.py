"""Which blobs the attachments of everybody refer to: what a backup has to copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from lacewing.reports import attachment_queries as queries
from lacewing.reports.attachment_values import Attachment, AttachmentState
from lacewing.storage import Transaction

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class StoredBlobs:
    """Of one attachment. A picture that waits may be made anew meanwhile: then there are `instead`."""

    keys: tuple[str, ...]
    instead: tuple[str, ...] = ()


def stored_blobs(tx: Transaction) -> Iterator[StoredBlobs]:
    """In the order of their arrival, some at a time."""
    last = UUID(int=0)
    while some := queries.stored(tx, last, _AT_ONCE):
        yield from map(_blobs_of, some)
        last = some[-1].id


def _blobs_of(attachment: Attachment) -> StoredBlobs:
    match attachment.state:
        case AttachmentState.READY:
            return StoredBlobs(attachment.made_keys)
        case AttachmentState.PENDING:
            return StoredBlobs((attachment.key,), attachment.made_keys)
        case _:
            return StoredBlobs((attachment.key,))
