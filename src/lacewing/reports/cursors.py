"""Where a list goes on: the place of the last row that was read, bound to the list that it is of."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from lacewing.kit.errors import FieldError, LacewingError, invalid
from lacewing.reports.values import Report, Severity, SortBy

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PARTS = 8 + 8 + 1 + 16
RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Position:
    """The row after which a list goes on: its time in the list's order, its severity's rank, its id."""

    time: datetime
    rank: int
    id: UUID


def position_of(report: Report, sort: SortBy) -> Position:
    time = report.updated_at if sort is SortBy.UPDATED else report.created_at
    return Position(time, RANKS[report.severity], report.id)


def write(position: Position, list_key: str) -> str:
    micros = (position.time - _EPOCH) // _MICROSECOND
    packed = _digest(list_key) + micros.to_bytes(8, "big") + bytes([position.rank]) + position.id.bytes
    return base64.urlsafe_b64encode(packed).decode()


def read(cursor: str, list_key: str) -> Position:
    """Raises INVALID for what was not written here, or for another list."""
    try:
        packed = base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raise _refused() from None
    if len(packed) != _PARTS or packed[:8] != _digest(list_key):
        raise _refused()
    try:
        time = _EPOCH + int.from_bytes(packed[8:16], "big") * _MICROSECOND
    except OverflowError:
        raise _refused() from None
    return Position(time, packed[16], UUID(bytes=packed[17:]))


def _digest(list_key: str) -> bytes:
    return blake2b(list_key.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _refused() -> LacewingError:
    return invalid(FieldError("cursor", "is not a cursor of this list", "bad_cursor"))
