"""UUIDv7 keys (RFC 9562): they sort by the time of their making. None is a secret (F-3)."""

import random
import secrets
import time
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_MASK_12 = (1 << 12) - 1
_MASK_62 = (1 << 62) - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def new_id() -> UUID:
    """48 bits of milliseconds since 1970, 12 bits of the fraction of one, 62 random bits."""
    return _id(time.time_ns(), random.getrandbits(62))


def new_id_at(moment: datetime) -> UUID:
    """For rows that are found by their time, many of which share one: told to the microsecond."""
    return _id(_nanoseconds(moment), secrets.randbits(62))


def first_id_at(moment: datetime) -> UUID:
    """No id of that moment or later is lower."""
    return _id(_nanoseconds(moment), 0)


def id_of(moment: datetime, *names: str) -> UUID:
    """The same for the same names: of what is taken over from elsewhere, which may come again."""
    digest = blake2b("\0".join(names).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return _id(_nanoseconds(moment), int.from_bytes(digest) & _MASK_62)


def _nanoseconds(moment: datetime) -> int:
    return max(0, (moment - _EPOCH) // _MICROSECOND * 1000)


def _id(nanoseconds: int, tail: int) -> UUID:
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = (rest << 12) // 1_000_000 & _MASK_12
    return UUID(int=(milliseconds << 80) | _VERSION_7 | (fraction << 64) | _VARIANT | tail)
