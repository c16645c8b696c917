"""A sync on the wire: lines of JSON, reports as columns (docs/sync.md)."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec

from lacewing.kit.errors import FieldError, invalid
from lacewing.reports import CompactReport, Sync, SyncPart

MEDIA_TYPE: Final = "application/x-ndjson"
LONGEST_CURSOR: Final = 18


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


_TIMES: Final = frozenset({"created_at", "updated_at", "resolved_at"})
NAMES: Final = {name: _camel(name) for name in CompactReport._fields if name != "change"}
_encoder = msgspec.json.Encoder()


class SyncQuery(msgspec.Struct):
    since: Annotated[str, msgspec.Meta(description="Where the last sync ended; none: all.")] | None = None


class Head(msgspec.Struct, rename="camel"):
    """The first line; `open` is how many open reports the project has."""

    project_id: UUID
    code: str
    whole: bool
    open: int


class Gone(msgspec.Struct):
    gone: list[UUID]


class End(msgspec.Struct):
    """The last line: without it the answer was cut short, and the old cursor still holds."""

    cursor: str


def since_of(query: SyncQuery) -> int | None:
    """Raises INVALID for what never was a cursor."""
    text = query.since
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_CURSOR):
        raise invalid(FieldError("since", "must be the cursor of an earlier sync", "invalid"))
    return int(text)


async def lines(sync: Sync) -> AsyncIterator[bytes]:
    project = sync.project
    yield _line(Head(project.id, project.code, sync.is_whole, sync.open))
    async for part in sync.parts:
        yield _line(Gone(list(part.gone)) if part.gone else {"reports": _columns(part)})
    yield _line(End(str(sync.change)))


def _line(value: object) -> bytes:
    return _encoder.encode(value) + b"\n"


def _columns(part: SyncPart) -> dict[str, list[object]]:
    """One list a field, all of one length; times are seconds since 1970."""
    columns = dict(zip(CompactReport._fields, zip(*part.reports, strict=True), strict=True))
    return {
        told: [_seconds(at) for at in columns[name]] if name in _TIMES else list(columns[name])
        for name, told in NAMES.items()
    }


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
