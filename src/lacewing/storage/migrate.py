"""Bringing the schema to this program's revision: one process at a time, SQLite's file copied first."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from lacewing.kit.lazy import LazyModule
from lacewing.storage.backend import Backend, Fault
from lacewing.storage.transaction import Transaction

_upgrade = LazyModule("lacewing.storage.upgrade")

HEAD = "0026"
KNOWN = frozenset(f"{number:04}" for number in range(1, int(HEAD) + 1))


class SchemaError(Exception):
    """The database can not be used by this program; the sentence says why."""


def migrate(backend: Backend, backups: Path) -> bool:
    """True if the schema was changed.

    Raises SchemaError for a newer schema than this program's, and for a database that can not be reached or
    is just being filled.
    """
    try:
        connection = backend.open(read_only=False)
    except Exception as error:
        if backend.fault(error) is Fault.NONE:
            raise
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise SchemaError(f"The database can not be reached: {reason}") from error
    try:
        if revision(connection) == HEAD:
            return False
        backend.begin(connection)
        try:
            changed = _migrate(backend, connection, backups)
        except BaseException:
            backend.rollback(connection)
            raise
        backend.commit(connection)
        return changed
    finally:
        connection.close()


def revision(connection: Connection) -> str | None:
    """The database's revision; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def _migrate(backend: Backend, connection: Connection, backups: Path) -> bool:
    backend.lock_schema(connection)
    current = revision(connection)  # again: another process may have migrated while this one waited
    if current == HEAD:
        return False
    if current is not None and current not in KNOWN:
        raise SchemaError(
            f"The database's schema ({current}) is newer than this program's ({HEAD}). "
            "Install the newer Lacewing, or restore a copy from the folder `backups`."
        )
    if current is not None:
        backend.back_up(backups, f"before-{HEAD}-from-{current}")
    _upgrade.upgrade(connection, HEAD)
    return True


def upgrade_within(connection: Connection) -> None:
    """In the caller's transaction, of a database of no newer schema that nobody else uses yet."""
    if revision(connection) != HEAD:
        _upgrade.upgrade(connection, HEAD)


def is_at_head(tx: Transaction) -> bool:
    """A read: whether the database answers, with this program's schema."""
    return revision(tx.connection) == HEAD
