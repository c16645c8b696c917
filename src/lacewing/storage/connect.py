"""From a URL to a backend: the one place that chooses between the databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from lacewing.kit.clock import Clock, utc_now
from lacewing.kit.lazy import LazyModule
from lacewing.storage.backend import Backend, Fault
from lacewing.storage.database import Database
from lacewing.storage.fill import Fillable, SqliteFile
from lacewing.storage.snapshots import CopyError
from lacewing.storage.sqlite import SqliteBackend
from lacewing.storage.transaction import Transaction

Value = TypeVar("Value")

_postgres = LazyModule("lacewing.storage.postgres")
_fill_carried = LazyModule("lacewing.storage.fill_carried")
_fill_postgres = LazyModule("lacewing.storage.fill_postgres")
_NO_WAY_BACK = (
    "The backup is of {kind}, and the settings name a SQLite file: nothing leads from there to SQLite. "
    "Name an empty database of PostgreSQL in LACEWING_DATABASE_URL."
)


def open_backend(url: str) -> Backend:
    """`sqlite:///path` or `postgresql://user:password@host:port/name`. Raises ValueError."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError("is not a database URL") from error
    if parsed.drivername == "sqlite" and parsed.database:
        return SqliteBackend(Path(parsed.database))
    if parsed.drivername == "postgresql":
        backend: Backend = _postgres.PostgresBackend(parsed)
        return backend
    raise ValueError("must begin with sqlite:/// (and a path) or postgresql://")


def to_be_filled(url: str, kind: str | None = None) -> Fillable:
    """With a copy of its own kind of database, unless told. Takes what `open_backend` takes.

    Nothing is opened, and nothing made, before it is asked for more. Raises CopyError if it takes
    no such copy.
    """
    parsed = make_url(url)
    if parsed.drivername == "sqlite":
        if kind not in {None, SqliteFile.kind}:
            raise CopyError(_NO_WAY_BACK.format(kind=kind))
        return SqliteFile(Path(parsed.database or ""))
    carries = kind == SqliteFile.kind
    database: Fillable = (
        _fill_carried.CarriedDatabase(parsed) if carries else _fill_postgres.PostgresDatabase(parsed)
    )
    return database


@contextmanager
def database_to_copy(url: str) -> Iterator[Backend]:
    """One that is there, and whose faults are sentences. Raises CopyError."""
    found = to_be_filled(url)
    if found.is_empty():
        raise CopyError(f"There is no database of Lacewing's at {found.place}.")
    backend = open_backend(url)
    try:
        yield backend
    except Exception as error:
        if backend.fault(error) is Fault.NONE:
            raise
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise CopyError(f"The database can not be read: {reason}") from error
    finally:
        backend.close()


def connect(url: str, clock: Clock = utc_now) -> Database:
    return Database(open_backend(url), clock)


def look(backend: Backend, read: Callable[[Transaction], Value]) -> Value:
    """One read without a Database: for programs that are about to start one."""
    connection = backend.open(read_only=True)
    try:
        return read(Transaction(connection, utc_now()))
    finally:
        connection.close()
