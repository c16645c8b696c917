"""PostgreSQL's snapshots: one transaction that exports what it sees, and pg_dump, which sees the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import errors
from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError

from lacewing.storage.postgres_programs import find_program, run_program
from lacewing.storage.set_aside_postgres import PREFIX
from lacewing.storage.snapshots import Progress
from lacewing.storage.transaction import Transaction

HOLD = 7020252
_OPTIONS = (
    "--format=custom",
    "--compress=0",
    "--no-owner",
    "--no-privileges",
    f"--exclude-schema={PREFIX}*",
)


@dataclass(slots=True)
class PostgresSnapshot:
    tx: Transaction
    url: URL
    exported: str
    major: int

    @property
    def server(self) -> str:
        return str(self.major)

    def save(self, path: Path, progress: Progress) -> None:
        program = find_program("pg_dump", self.major)
        run_program(program, self.url, [*_OPTIONS, f"--snapshot={self.exported}", f"--file={path}"])
        progress(1, 1)


def begin_snapshot(connection: Connection) -> tuple[str, int]:
    """What pg_dump calls it, and the server's major version. It lasts as long as its transaction."""
    connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    exported: str = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    version: str = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
    return exported, int(version) // 10_000


@contextmanager
def holding(connection: Connection) -> Iterator[None]:
    """While it lasts, `is_held`. A connection that ends lets go. Raises BlockingIOError if it is held."""
    connection.exec_driver_sql("SET idle_session_timeout = 0")
    try:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({HOLD})")
    except DBAPIError as error:
        if isinstance(error.orig, errors.LockNotAvailable):
            raise BlockingIOError from error
        raise
    yield


def is_held(connection: Connection) -> bool:
    """If not, it will not be before this transaction has ended."""
    return not connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock_shared({HOLD})").scalar_one()
