"""The database as it was at one moment, and what keeps its blobs from being deleted until they are copied."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from lacewing.storage.transaction import Transaction

UNDER_WAY = "Another backup of this database is under way. Try again when it has ended."
BEING_FILLED = "A backup is just being restored into the database. Try again afterwards."

Progress = Callable[[int, int], None]


class CopyError(Exception):
    """A copy could not be made, or put back; the sentence says why, and what to do."""


class Snapshot(Protocol):
    """What is committed meanwhile is not in it."""

    tx: Transaction
    server: str
    """The database's version, as far as its copies depend on it; empty if they do not."""

    def save(self, path: Path, progress: Progress) -> None:
        """All of it into this file, which exists and is empty. Tells how much is done, of how much.

        Raises CopyError.
        """
        ...
