"""Which kind of source it is that somebody names."""

from collections.abc import Callable
from pathlib import Path

from lacewing.imports.bugpin_database import BugPinDatabase
from lacewing.imports.bugspark_database import BugSparkDatabase
from lacewing.imports.bugspark_export import BugSparkExport
from lacewing.imports.postgres_tables import PostgresTables
from lacewing.imports.sqlite_tables import SqliteTables
from lacewing.imports.tables import Tables
from lacewing.imports.values import Source, SourceError

_POSTGRES = ("postgresql://", "postgres://")
_BUGPIN_FILE = "bugpin.db"


def open_bugspark(where: str) -> Source:
    """A PostgreSQL URL, or the JSON file of an export. Raises SourceError."""
    if where.startswith(_POSTGRES):
        return _opened(BugSparkDatabase, PostgresTables(where))
    return BugSparkExport(Path(where))


def open_bugpin(where: str) -> Source:
    """Its data folder, or the database in it. Raises SourceError."""
    path = Path(where)
    database = path / _BUGPIN_FILE if path.is_dir() else path
    if not database.is_file():
        raise SourceError(f"{database} is not there: name BugPin's data folder, or its {_BUGPIN_FILE}.")
    return _opened(BugPinDatabase, SqliteTables(database))


def _opened(kind: Callable[[Tables], Source], tables: Tables) -> Source:
    try:
        return kind(tables)
    except SourceError:
        tables.close()
        raise
