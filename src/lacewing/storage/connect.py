"""From a URL to a backend: the one place that chooses between the databases."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from lacewing.kit.clock import Clock, utc_now
from lacewing.kit.lazy import LazyModule
from lacewing.storage.backend import Backend
from lacewing.storage.database import Database
from lacewing.storage.sqlite import SqliteBackend
from lacewing.storage.transaction import Transaction

Value = TypeVar("Value")

_postgres = LazyModule("lacewing.storage.postgres")


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


def connect(url: str, clock: Clock = utc_now) -> Database:
    return Database(open_backend(url), clock)


def look(backend: Backend, read: Callable[[Transaction], Value]) -> Value:
    """One read without a Database: for programs that are about to start one."""
    connection = backend.open(read_only=True)
    try:
        return read(Transaction(connection, utc_now()))
    finally:
        connection.close()
