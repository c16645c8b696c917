from collections.abc import AsyncIterator
from dataclasses import dataclass


class MissingBlobError(LookupError):
    """Nothing stands under this key."""


@dataclass(frozen=True, slots=True)
class Blob:
    """`chunks` are read as they are asked for."""

    size: int
    chunks: AsyncIterator[bytes]
