"""An empty PostgreSQL database, filled by pg_restore."""

from pathlib import Path

import psycopg
from sqlalchemy import URL, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from lacewing.storage.postgres_programs import find_program, run_program
from lacewing.storage.snapshots import CopyError


class PostgresDatabase:
    kind = "postgresql"
    can_set_aside = False
    draft = None

    def __init__(self, url: URL) -> None:
        self._url = url
        self.place = url.set(password=None).render_as_string()

    @property
    def is_taken(self) -> str:
        return (
            f"{self.place} is not empty, and a database of PostgreSQL is never replaced. "
            "Make an empty one (createdb), and name it in LACEWING_DATABASE_URL."
        )

    def is_empty(self) -> bool:
        engine = create_engine(self._url.set(drivername="postgresql+psycopg"), poolclass=NullPool)
        try:
            with engine.connect() as connection:
                return not inspect(connection).get_table_names()
        except SQLAlchemyError as error:
            raise _unreachable(error) from error

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

    def fill(self, saved: Path) -> None:
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        run_program(find_program("pg_restore", self._major()), self._url, [*options, str(saved)])

    def _major(self) -> int:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            with psycopg.connect(address, connect_timeout=5) as connection:
                return connection.info.server_version // 10_000
        except psycopg.Error as error:
            raise _unreachable(error) from error


def _unreachable(error: Exception) -> CopyError:
    reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
    return CopyError(f"The database can not be reached: {reason}")
