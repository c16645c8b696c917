"""The tables that rows are carried between: PostgreSQL's catalogue says what they are."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import LiteralString

from psycopg import Connection, sql

from lacewing.storage.carry_forms import FORMS, Form
from lacewing.storage.snapshots import CopyError

_REVISION = "alembic_version"
_COLUMNS = """
    SELECT table_name, column_name, udt_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name != %s ORDER BY table_name, ordinal_position
"""
_KEYS = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
        format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    ORDER BY conrelid::regclass::text, conname
"""
_COUNTERS = """
    SELECT format('SELECT setval(%L, coalesce(max(%I), 1), max(%2$I) IS NOT NULL) FROM %I',
        pg_get_serial_sequence(quote_ident(table_name), column_name), column_name, table_name)
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'
"""
# A full-text index has further tables of its own.
_HELD = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    form: Form


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]

    @property
    def there(self) -> sql.Composed:
        """Its name, and those of its columns."""
        names = sql.SQL(", ").join(sql.Identifier(column.name) for column in self.columns)
        return sql.SQL("{} ({})").format(sql.Identifier(self.name), names)

    @property
    def read_there(self) -> sql.Composed:
        parts = (_sql(column.form.read).format(sql.Identifier(column.name)) for column in self.columns)
        return sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(parts), sql.Identifier(self.name))

    @property
    def read_here(self) -> str:
        names = ", ".join(f'"{column.name}"' for column in self.columns)
        return f'SELECT {names} FROM "{self.name}"'  # noqa: S608 - PostgreSQL's catalogue says the names


def tables_of(source: sqlite3.Connection, target: Connection) -> list[Table]:
    """Raises CopyError if one of the two has what the other has not."""
    columns = target.execute(_COLUMNS, [_REVISION])
    tables = [_table(name, list(rows)) for name, rows in groupby(columns, itemgetter(0))]
    here = {name for (name,) in source.execute(_HELD) if not name.startswith("sqlite_")}
    if strays := here ^ {_REVISION, *(table.name for table in tables)}:
        raise CopyError(f"Only one of the two databases has {', '.join(sorted(strays))}.")
    for table in tables:
        _check_columns(source, table)
    return tables


def counters(target: Connection) -> list[LiteralString]:
    """What brings each counter of PostgreSQL's to where its column is."""
    return [statement for (statement,) in target.execute(_COUNTERS)]


def foreign_keys(target: Connection) -> list[tuple[LiteralString, LiteralString]]:
    """What drops each, and what makes it again."""
    return [(drop, make) for drop, make in target.execute(_KEYS)]


def _table(name: str, rows: Sequence[tuple[str, str, str]]) -> Table:
    return Table(name, tuple(Column(column, FORMS[kind]) for _, column, kind in rows))


def _check_columns(source: sqlite3.Connection, table: Table) -> None:
    """`rowid` is what SQLite calls a row's place, and is not listed."""
    here = {name for (name,) in source.execute("SELECT name FROM pragma_table_info(?)", [table.name])}
    if strays := (here ^ {column.name for column in table.columns}) - {"rowid"}:
        raise CopyError(f"Only one of the two tables {table.name} has {', '.join(sorted(strays))}.")


def _sql(text: str) -> sql.SQL:
    return sql.SQL(text)
