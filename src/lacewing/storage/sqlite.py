"""SQLite: WAL, one fsync a batch, and a fair lock between processes."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from lacewing.kit.clock import utc_now
from lacewing.storage.backend import Fault
from lacewing.storage.diagnosis import Diagnosis, diagnose_sqlite
from lacewing.storage.news_sqlite import SqliteWatcher
from lacewing.storage.snapshot_sqlite import SqliteSnapshot, holding, is_held
from lacewing.storage.snapshots import UNDER_WAY, CopyError
from lacewing.storage.transaction import Transaction

_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA cache_size = -8192",
)
_PRIMARY_CODE = 0xFF
_OF_THE_FILE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_READONLY,
    }
)


class SqliteBackend:
    """`flock` on a file beside the database surrounds each batch: SQLite's own busy-wait is not fair."""

    name = "sqlite"
    reads_inline = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine_of(path.absolute())
        self._hold = Path(f"{path}.hold")
        self._lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def open(self, *, read_only: bool) -> Connection:
        connection = self._engine.connect()
        if read_only:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        return connection

    def begin(self, connection: Connection, *, is_shared: bool = False) -> None:
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        try:
            _driver(connection).execute("BEGIN IMMEDIATE")
        except BaseException:
            fcntl.flock(self._lock, fcntl.LOCK_UN)
            raise

    def share(self, connection: Connection) -> None:
        pass  # one writes at a time

    def commit(self, connection: Connection) -> None:
        _driver(connection).execute("COMMIT")
        fcntl.flock(self._lock, fcntl.LOCK_UN)

    def rollback(self, connection: Connection) -> None:
        try:
            if _driver(connection).in_transaction:
                _driver(connection).execute("ROLLBACK")
        finally:
            fcntl.flock(self._lock, fcntl.LOCK_UN)

    def lock_schema(self, connection: Connection) -> None:
        """`begin` has already shut the others out."""

    def back_up(self, folder: Path, label: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = folder / f"{label}.db"
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(copy)) as target:
            copy.chmod(0o600)
            source.backup(target)

    @contextmanager
    def snapshot(self) -> Iterator[SqliteSnapshot]:
        """The first read decides what it sees."""
        with closing(self.open(read_only=True)) as connection:
            _driver(connection).execute("BEGIN")
            _driver(connection).execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield SqliteSnapshot(Transaction(connection, utc_now()))

    @contextmanager
    def hold_sweeping(self) -> Iterator[None]:
        """Taken while nobody writes: whoever did has committed, whoever will finds it held."""
        with ExitStack() as stack:
            with closing(self.open(read_only=False)) as connection:
                self.begin(connection)
                try:
                    stack.enter_context(holding(self._hold))
                except BlockingIOError as error:
                    raise CopyError(UNDER_WAY) from error
                finally:
                    self.rollback(connection)
            yield

    def is_sweeping_held(self, connection: Connection) -> bool:
        return is_held(self._hold)

    def diagnose(self, connection: Connection) -> Diagnosis:
        return diagnose_sqlite(connection)

    def is_broken(self, connection: Connection) -> bool:
        return connection.closed

    def fault(self, error: BaseException) -> Fault:
        origin = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(origin, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY_CODE
        return Fault.LOST if code in _OF_THE_FILE else Fault.NONE

    def notify(self, connection: Connection) -> None:
        """A COMMIT has told it already."""

    def watcher(self) -> SqliteWatcher:
        return SqliteWatcher(self.path)

    def close(self) -> None:
        os.close(self._lock)


@lru_cache(maxsize=16)
def _engine_of(path: Path) -> Engine:
    """One for each database, however often it is opened: it holds what it has compiled, and no connection."""
    engine = create_engine(
        f"sqlite:///{path}",
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "cached_statements": 512},
    )
    event.listen(engine, "connect", lambda driver, _record: _prepare(path, driver))
    return engine


def _prepare(path: Path, driver: sqlite3.Connection) -> None:
    driver.isolation_level = None
    if driver.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        _write_ahead(path, driver)
    for pragma in _PRAGMAS:
        driver.execute(pragma)


def _write_ahead(path: Path, driver: sqlite3.Connection) -> None:
    """Those who start at once take turns: while a database changes its mode, nobody waits for it."""
    turn = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        driver.execute("PRAGMA journal_mode = WAL")
    finally:
        os.close(turn)


def _driver(connection: Connection) -> Any:  # noqa: ANN401 - sqlite3.Connection behind SQLAlchemy's proxy
    return connection.connection.dbapi_connection
