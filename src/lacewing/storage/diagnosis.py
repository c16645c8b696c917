"""What a database says of itself: its version, its own clock, what is wrong with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from lacewing.storage.postgres_programs import find_program
from lacewing.storage.snapshots import CopyError

OLDEST_POSTGRES = 15


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`faults` and `warnings` are pairs: what is wrong, and what to do. `now` is a server's own clock."""

    version: str
    faults: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    now: datetime | None = None


def diagnose_sqlite(connection: Connection) -> Diagnosis:
    """Reads all of the file."""
    version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalars().all()
    damage = () if found == ["ok"] else ((f"It is damaged: {found[0]}.", _RESTORE),)
    return Diagnosis(f"SQLite {version}", damage)


def diagnose_postgres(connection: Connection) -> Diagnosis:
    number = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    now = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    major = number // 10_000
    faults, warnings = [], []
    if major < OLDEST_POSTGRES:
        faults.append((f"PostgreSQL {major} is too old.", f"Upgrade it to {OLDEST_POSTGRES} or newer."))
    if encoding != "UTF8":
        faults.append((f"Its encoding is {encoding}.", "Make a database with the encoding UTF8."))
    try:
        find_program("pg_dump", major)
    except CopyError as error:
        warnings.append(("lacewing backup can not work here.", str(error)))
    return Diagnosis(f"PostgreSQL {number // 10_000}.{number % 10_000}", tuple(faults), tuple(warnings), now)


_RESTORE = "Stop Lacewing, keep the file, and restore the last backup: docs/backup.md."
