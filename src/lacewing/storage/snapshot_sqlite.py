"""SQLite's snapshots: one read transaction, whose pages are copied through the backup API."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lacewing.storage.snapshots import CopyError, Progress
from lacewing.storage.transaction import Transaction

PAGES_AT_ONCE = 4096


@dataclass(slots=True)
class SqliteSnapshot:
    tx: Transaction
    server: str = ""

    def save(self, path: Path, progress: Progress) -> None:
        """The open transaction keeps others' commits from beginning it anew."""
        source: sqlite3.Connection = self.tx.driver
        try:
            with closing(sqlite3.connect(path)) as target:
                source.backup(
                    target,
                    pages=PAGES_AT_ONCE,
                    progress=lambda _, left, total: progress(total - left, total),
                )
        except sqlite3.Error as error:
            raise CopyError(f"The database could not be copied: {error}.") from error


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """While it lasts, `is_held`. Whoever dies lets go. Raises BlockingIOError if somebody else holds it."""
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    descriptor = _opened(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _opened(path: Path) -> int:
    """What root makes belongs to the folder's owner, as with SQLite's own files: the server opens it too."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor
