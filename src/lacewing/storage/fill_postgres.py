"""A PostgreSQL database, filled by pg_restore."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString

import psycopg
from sqlalchemy import URL

from lacewing.storage.filling_postgres import filling_alone
from lacewing.storage.postgres_programs import find_program, run_program, without_secrets
from lacewing.storage.set_aside_postgres import put_back, schema_name, set_aside
from lacewing.storage.snapshots import CopyError, Progress

_ANY_TABLE = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = ANY(current_schemas(false)) LIMIT 1"
_OURS = "SELECT to_regclass('alembic_version') IS NOT NULL AND to_regclass('known_keys') IS NOT NULL"
# Of what another account does, PostgreSQL tells who does it. Its own workers are nobody.
_OTHERS = (
    "SELECT count(*) FROM pg_catalog.pg_stat_activity "
    "WHERE datname = current_database() AND pid != pg_backend_pid() AND usesysid IS NOT NULL"
)


class PostgresDatabase:
    draft = None
    only_commits = False

    def __init__(self, url: URL) -> None:
        self._url = url
        self._replaces = False
        self.place = without_secrets(url).render_as_string()

    def is_empty(self) -> bool:
        with self._connected() as connection:
            return _is_empty(connection)

    def check(self, server: str) -> None:
        here = self._major()
        if here < int(server):
            raise CopyError(
                f"The backup is of PostgreSQL {server}, and {self.place} is of PostgreSQL {here}. "
                "Restore it into the same version or a newer one."
            )
        find_program("pg_restore", here)

    def check_room(self, *, replaces: bool) -> None:
        self._replaces = replaces
        with self._connected() as connection:
            self._check_room(connection)

    def _check_room(self, connection: psycopg.Connection) -> None:
        if _is_empty(connection):
            return
        if not self._replaces:
            raise CopyError(
                f"{self.place} is not empty. Make an empty database (createdb), and name it in "
                "LACEWING_DATABASE_URL, or have what is there set aside with --replace."
            )
        if not _asked(connection, _OURS):
            raise CopyError(f"What is in {self.place} is not Lacewing's. Name another database.")
        self._check_unused(connection)

    def _check_unused(self, connection: psycopg.Connection) -> None:
        if others := _asked(connection, _OTHERS):
            raise CopyError(
                f"{self.place} is in use: somebody else is connected to it ({others}). "
                "Stop Lacewing on every machine first."
            )

    @contextmanager
    def filling(self, saved: Path, suffix: str, progress: Progress) -> Iterator[list[str]]:
        with self._alone(), self._set_aside(suffix) as aside:
            yield aside
            options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
            run_program(find_program("pg_restore", self._major()), self._url, [*options, str(saved)])

    def settle(self) -> None:
        """Statistics are not in a dump: without them the first queries are planned badly.

        What fails here takes nothing back that is committed; autovacuum makes them later.
        """
        with suppress(CopyError), self._connected() as connection:
            connection.execute("ANALYZE")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Looks again when nobody new can begin: much time may have passed.

        A database looks empty while somebody's first migration is not committed.
        """
        with self._connected() as connection, filling_alone(connection):
            self._check_unused(connection)
            self._check_room(connection)
            yield

    @contextmanager
    def _set_aside(self, suffix: str) -> Iterator[list[str]]:
        """Before pg_restore begins, since its transaction is its own."""
        if self.is_empty():
            yield []
            return
        new_name = schema_name(suffix)
        with self._connected() as connection, connection.transaction():
            old_name = set_aside(connection, new_name)
        try:
            yield [self._told(new_name)]
        except BaseException:
            self._put_back(old_name, new_name)
            raise

    def _put_back(self, old_name: str, new_name: str) -> None:
        try:
            with self._connected() as connection, connection.transaction():
                put_back(connection, old_name, new_name)
        except CopyError as error:
            raise CopyError(
                f"What was there before is still {self._told(new_name)}, and could not be given back its "
                f"name, {old_name}. {error}"
            ) from error

    def _told(self, schema: str) -> str:
        return f"the schema {schema} in {self.place}"

    def _major(self) -> int:
        with self._connected() as connection:
            return connection.info.server_version // 10_000

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            with psycopg.connect(address, connect_timeout=5, autocommit=True) as connection:
                yield connection
        except psycopg.OperationalError as error:
            raise CopyError(f"The database can not be reached: {reason(error)}") from error
        except psycopg.Error as error:
            raise CopyError(f"The database refuses: {reason(error)}") from error


def _is_empty(connection: psycopg.Connection) -> bool:
    return connection.execute(_ANY_TABLE).fetchone() is None


def _asked(connection: psycopg.Connection, question: LiteralString) -> int:
    row = connection.execute(question).fetchone()
    return 0 if row is None else int(row[0])


def reason(error: BaseException) -> str:
    """Its first line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
