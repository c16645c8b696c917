"""PostgreSQL 15 or newer through psycopg 3."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.pool import NullPool

from lacewing.kit.clock import utc_now
from lacewing.storage.backend import Fault
from lacewing.storage.diagnosis import Diagnosis, diagnose_postgres
from lacewing.storage.filling_postgres import is_being_filled
from lacewing.storage.news_postgres import NOTIFY, Listening, PostgresWatcher
from lacewing.storage.snapshot_postgres import PostgresSnapshot, begin_snapshot, holding, is_held
from lacewing.storage.snapshots import BEING_FILLED, UNDER_WAY, CopyError
from lacewing.storage.transaction import Transaction

_IN_THE_WAY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)
_LOST = (psycopg.OperationalError, psycopg.InterfaceError, PendingRollbackError)
_OPTIONS = "-c timezone=UTC -c lock_timeout=1s -c statement_timeout=60s"

# Another process may hold what we wait for, and wait for what we hold: whoever gives way is retried alone.
_SHARE = "SET LOCAL lock_timeout = '20ms'"
_BEGIN_SHARED = f"BEGIN; {_SHARE}"


class PostgresBackend:
    name = "postgresql"
    reads_inline = False

    def __init__(self, url: URL, *, fills: bool = False) -> None:
        self._fills = fills
        self._engine = _engine_of(url.set(drivername="postgresql+psycopg"))

    def open(self, *, read_only: bool) -> Connection:
        """Connects, and then asks: who fills it locks, and then counts. One of the two sees the other."""
        connection = self._engine.connect()
        if not self._fills and is_being_filled(_driver(connection)):
            connection.close()
            raise psycopg.OperationalError(BEING_FILLED)
        if read_only:
            connection.exec_driver_sql("SET default_transaction_read_only = on")
        return connection

    def begin(self, connection: Connection, *, is_shared: bool = False) -> None:
        _driver(connection).execute(_BEGIN_SHARED if is_shared else "BEGIN", prepare=False)

    def share(self, connection: Connection) -> None:
        _driver(connection).execute(_SHARE)

    def commit(self, connection: Connection) -> None:
        _driver(connection).execute("COMMIT")

    def rollback(self, connection: Connection) -> None:
        if not self.is_broken(connection):
            _driver(connection).execute("ROLLBACK")

    def lock_schema(self, connection: Connection) -> None:
        _driver(connection).execute("SET LOCAL lock_timeout = 0")
        _driver(connection).execute("SET LOCAL statement_timeout = 0")
        _driver(connection).execute("SELECT pg_advisory_xact_lock(7020251)")

    def back_up(self, folder: Path, label: str) -> None:
        """Left to the operator's own dumps."""

    @contextmanager
    def snapshot(self) -> Iterator[PostgresSnapshot]:
        with closing(self.open(read_only=True)) as connection:
            exported, major = begin_snapshot(connection)
            yield PostgresSnapshot(Transaction(connection, utc_now()), self._engine.url, exported, major)

    @contextmanager
    def hold_sweeping(self) -> Iterator[None]:
        with closing(self.open(read_only=False)) as connection, ExitStack() as stack:
            try:
                stack.enter_context(holding(connection))
            except BlockingIOError as error:
                raise CopyError(UNDER_WAY) from error
            yield

    def is_sweeping_held(self, connection: Connection) -> bool:
        return is_held(connection)

    def diagnose(self, connection: Connection) -> Diagnosis:
        return diagnose_postgres(connection)

    def is_broken(self, connection: Connection) -> bool:
        return connection.closed or connection.invalidated or bool(_driver(connection).closed)

    def fault(self, error: BaseException) -> Fault:
        origin = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(origin, _IN_THE_WAY):
            return Fault.RETRY_ALONE
        return Fault.LOST if isinstance(origin, _LOST) else Fault.NONE

    def notify(self, connection: Connection) -> None:
        with suppress(psycopg.Error):  # what was committed stays so; who waits looks again by himself
            _driver(connection).execute(NOTIFY)

    def watcher(self) -> PostgresWatcher:
        return PostgresWatcher(self._listen)

    def _listen(self) -> Listening:
        arguments = self._engine.dialect.create_connect_args(self._engine.url)[1]
        return psycopg.connect(**arguments, autocommit=True, connect_timeout=5)

    def close(self) -> None:
        """Whoever opened a connection closes it."""


@lru_cache(maxsize=16)
def _engine_of(url: URL) -> Engine:
    """One for each database, however often it is opened: it holds what it has compiled, and no connection."""
    return create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        connect_args={"options": _OPTIONS, "connect_timeout": 5},
    )


def _driver(connection: Connection) -> Any:  # noqa: ANN401 - psycopg.Connection behind SQLAlchemy's proxy
    return connection.connection.dbapi_connection
