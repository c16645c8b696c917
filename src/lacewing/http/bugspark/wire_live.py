"""Changes as server-sent events."""

import random
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant
from lacewing.live import Change, Piece

# Not all at once, when a process that stopped is there again.
RETRY_MILLISECONDS = range(2000, 5000)
LARGEST_SEQUENCE = 10**18 - 1
_PROJECT = "Only this project's: its id, or its code."
_LAST = "For the first connection, what `Last-Event-ID` is for those that follow: the id of the last event."
_encoder = msgspec.json.Encoder()


class LiveQuery(msgspec.Struct):
    project_id: Annotated[str, msgspec.Meta(description=_PROJECT)] | None = None
    last_event_id: Annotated[int, msgspec.Meta(description=_LAST, ge=0, le=LARGEST_SEQUENCE)] | None = None


class LiveEvent(msgspec.Struct, rename="camel"):
    """`report_id` is null for what concerns the whole project, `project_id` for what concerns none."""

    id: UUID
    type: str
    organization_id: UUID | None
    project_id: UUID | None
    report_id: UUID | None
    at: Instant


async def event_stream(pieces: AsyncIterator[Piece]) -> AsyncIterator[bytes]:
    yield b"retry: %d\n\n" % random.choice(RETRY_MILLISECONDS)  # noqa: S311 - no secret
    async for piece in pieces:
        yield _piece(piece)


def _piece(piece: Piece) -> bytes:
    """One that is empty is a comment, and still tells where to read on: nobody resumes from long ago."""
    if piece.is_reset:
        return b"id: %d\nevent: reset\ndata: {}\n\n" % piece.position
    if not piece.changes:
        return b":\nid: %d\n\n" % piece.position
    return b"".join(_change(change) for change in piece.changes)


def _change(change: Change) -> bytes:
    event = LiveEvent(
        change.id, change.kind, change.organization_id, change.project_id, change.report_id, change.at
    )
    data = _encoder.encode(event)
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (change.sequence, change.kind.encode(), data)
