"""From a URL to a backend: the one place that chooses between the databases."""

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from lacewing.kit.clock import Clock, utc_now
from lacewing.kit.lazy import LazyModule
from lacewing.storage.backend import Backend
from lacewing.storage.database import Database
from lacewing.storage.sqlite import SqliteBackend

_postgres = LazyModule("lacewing.storage.postgres")


def parse_url(url: str) -> Backend:
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
    return Database(parse_url(url), clock)
