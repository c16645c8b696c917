"""What differs between the databases; chosen once, when the program is composed."""

from contextlib import AbstractContextManager, suppress
from enum import Enum
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from lacewing.storage.diagnosis import Diagnosis
from lacewing.storage.news import Watcher
from lacewing.storage.snapshots import Snapshot


def discard(connection: Connection) -> None:
    """Gives up a connection in whatever state it is: closing a lost one raises, and tells nothing new."""
    with suppress(Exception):
        connection.invalidate()
    with suppress(Exception):
        connection.close()


class RaceLostError(Exception):
    """A unit met a row that another process wrote at the same time; run again, it will see it."""


class Fault(Enum):
    """What an exception of the driver means for the unit that met it."""

    RETRY_ALONE = "another transaction was in the way"
    LOST = "the database can not be reached, or can not write"
    NONE = "no fault of the database's"


class Backend(Protocol):
    name: str
    reads_inline: bool

    def open(self, *, read_only: bool) -> Connection:
        """A new connection in autocommit mode, to be closed by who opened it.

        LOST if a backup is just being restored into the database.
        """
        ...

    def begin(self, connection: Connection, *, is_shared: bool = False) -> None:
        """A shared transaction holds what its units have locked until all of them have run: it waits for
        others less long, since they may wait for it.
        """
        ...

    def share(self, connection: Connection) -> None:
        """Makes a shared one of a transaction that is under way."""
        ...

    def commit(self, connection: Connection) -> None: ...

    def rollback(self, connection: Connection) -> None: ...

    def lock_schema(self, connection: Connection) -> None:
        """Inside a transaction: no other process changes the schema until it ends."""
        ...

    def back_up(self, folder: Path, label: str) -> None:
        """A copy of an embedded database in `folder`; a server's is its operator's."""
        ...

    def snapshot(self) -> AbstractContextManager[Snapshot]: ...

    def hold_sweeping(self) -> AbstractContextManager[None]:
        """While it lasts no unit begins to delete what a snapshot taken meanwhile refers to.

        Raises CopyError if somebody else holds it.
        """
        ...

    def is_sweeping_held(self, connection: Connection) -> bool:
        """Asked in a transaction: if not, a snapshot that is taken under a hold sees what it commits."""
        ...

    def diagnose(self, connection: Connection) -> Diagnosis:
        """May take as long as reading all of it."""
        ...

    def is_broken(self, connection: Connection) -> bool: ...

    def fault(self, error: BaseException) -> Fault: ...

    def notify(self, connection: Connection) -> None:
        """What `Watcher.tell` does, for a process without one; on a connection outside a transaction."""
        ...

    def watcher(self) -> Watcher: ...

    def close(self) -> None: ...
