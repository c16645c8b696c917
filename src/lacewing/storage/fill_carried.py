"""A PostgreSQL database, filled with what a SQLite file holds: schema and rows in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from lacewing.storage.carry import carry
from lacewing.storage.fill_postgres import PostgresDatabase, reason
from lacewing.storage.migrate import upgrade_within
from lacewing.storage.postgres import PostgresBackend
from lacewing.storage.set_aside_postgres import schema_name, set_aside
from lacewing.storage.snapshots import CopyError, Progress
from lacewing.storage.sqlite import SqliteBackend

OLDEST = 15


class CarriedDatabase(PostgresDatabase):
    only_commits = True

    def check(self, server: str) -> None:
        here = self._major()
        if here < OLDEST:
            raise CopyError(f"{self.place} is of PostgreSQL {here}, and Lacewing needs {OLDEST} or newer.")

    @contextmanager
    def filling(self, saved: Path, suffix: str, progress: Progress) -> Iterator[list[str]]:
        with _faults_told(), _transaction(SqliteBackend(saved)) as old:
            upgrade_within(old)
        with self._alone(), _faults_told(), _transaction(PostgresBackend(self._url, fills=True)) as new:
            aside = [] if self.is_empty() else self._rename(_driver(new), suffix)
            upgrade_within(new)
            with closing(sqlite3.connect(saved)) as source:
                carry(source, _driver(new), progress)
            yield aside

    def _rename(self, connection: psycopg.Connection, suffix: str) -> list[str]:
        new_name = schema_name(suffix)
        set_aside(connection, new_name, makes_anew=True)
        return [self._told(new_name)]


@contextmanager
def _transaction(backend: SqliteBackend | PostgresBackend) -> Iterator[Connection]:
    """As long as it takes."""
    with closing(backend), closing(backend.open(read_only=False)) as connection:
        backend.begin(connection)
        try:
            backend.lock_schema(connection)
            yield connection
        except BaseException:
            backend.rollback(connection)
            raise
        backend.commit(connection)


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except (psycopg.Error, sqlite3.Error, DBAPIError) as error:
        raise CopyError(
            f"The database could not be filled: {reason(getattr(error, 'orig', error))}"
        ) from error


def _driver(connection: Connection) -> psycopg.Connection:
    return cast(psycopg.Connection, connection.connection.dbapi_connection)
