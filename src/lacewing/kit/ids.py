"""UUIDv7 keys (RFC 9562): they sort by the time of their making. None is a secret (F-3)."""

import random
import time
from uuid import UUID

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_MASK_12 = (1 << 12) - 1


def new_id() -> UUID:
    """48 bits of milliseconds since 1970, 12 bits of the fraction of one, 62 random bits."""
    nanoseconds = time.time_ns()
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = (rest << 12) // 1_000_000 & _MASK_12
    tail = random.getrandbits(62)
    return UUID(int=(milliseconds << 80) | _VERSION_7 | (fraction << 64) | _VARIANT | tail)
