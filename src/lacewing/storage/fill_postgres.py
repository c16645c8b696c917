"""An empty PostgreSQL database, filled by pg_restore."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import URL

from lacewing.storage.postgres_programs import find_program, run_program, without_secrets
from lacewing.storage.snapshots import CopyError

_ANY_TABLE = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = ANY(current_schemas(false)) LIMIT 1"


class PostgresDatabase:
    kind = "postgresql"
    can_set_aside = False
    draft = None

    def __init__(self, url: URL) -> None:
        self._url = url
        self.place = without_secrets(url).render_as_string()

    @property
    def is_taken(self) -> str:
        return (
            f"{self.place} is not empty, and a database of PostgreSQL is never replaced. "
            "Make an empty one (createdb), and name it in LACEWING_DATABASE_URL."
        )

    def is_empty(self) -> bool:
        with self._connected() as connection:
            return connection.execute(_ANY_TABLE).fetchone() is None

    def check(self, server: str) -> None:
        here = self._major()
        if here < int(server):
            raise CopyError(
                f"The backup is of PostgreSQL {server}, and {self.place} is of PostgreSQL {here}. "
                "Restore it into the same version or a newer one."
            )
        find_program("pg_restore", here)

    def set_aside(self, suffix: str) -> list[Path]:
        """It was empty."""
        return []

    def put_back(self, suffix: str) -> None:
        """Nothing was set aside."""

    def fill(self, saved: Path) -> None:
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        run_program(find_program("pg_restore", self._major()), self._url, [*options, str(saved)])
        with suppress(CopyError):  # what is restored is committed: autovacuum comes to it too
            self._analyse()

    def _analyse(self) -> None:
        """Statistics are not in a dump: without them the first queries are planned badly.

        What fails here takes nothing back that is committed; autovacuum makes them later.
        """
        with suppress(CopyError), self._connected() as connection:
            connection.execute("ANALYZE")

    def _major(self) -> int:
        with self._connected() as connection:
            return connection.info.server_version // 10_000

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            with psycopg.connect(address, connect_timeout=5, autocommit=True) as connection:
                yield connection
        except psycopg.Error as error:
            raise _unreachable(error) from error


def _unreachable(error: psycopg.Error) -> CopyError:
    reason = str(error).strip().splitlines()[0]
    return CopyError(f"The database can not be reached: {reason}")
