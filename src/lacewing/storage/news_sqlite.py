"""What other processes commit to a SQLite database, told by the change counter that all of them share."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

POLL_SECONDS = 0.05


class SqliteWatcher:
    """`PRAGMA data_version` looks at shared memory: nothing is read from the disk, no lock is taken."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stopped = threading.Event()

    def watch(self, changed: Callable[[], None]) -> None:
        connection: sqlite3.Connection | None = None
        seen = None
        while not self._stopped.wait(POLL_SECONDS):
            try:
                connection = connection or sqlite3.connect(self._path, isolation_level=None)
                version = connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                continue
            if version != seen:
                seen = version
                changed()
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def tell(self) -> None:
        """A COMMIT has told it already."""

    def stop(self) -> None:
        self._stopped.set()
