"""Every row of a SQLite database into an empty PostgreSQL one of the same schema, and read again from there.

A row that has come and is put into SQLite's form again has to be the row that left.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from psycopg import Connection, sql

from lacewing.storage.carry_forms import change_of
from lacewing.storage.carry_tables import Table, counters, foreign_keys, tables_of
from lacewing.storage.fill_postgres import reason
from lacewing.storage.snapshots import CopyError, Progress

_TOLD_EVERY = 1_000
_READ_AT_ONCE = 100  # all of them in memory, and a row of evidence may be 1.6 MB
_DIGEST_BYTES = 16
# SQLite holds any value in any column. Text that is as long as an id fails an assertion of uuid's.
_NOT_ITS_COLUMNS = (TypeError, ValueError, OverflowError, AttributeError, AssertionError)


def carry(source: sqlite3.Connection, target: Connection, progress: Progress) -> None:
    """In the caller's transaction. What migrations put there makes room for what is there.

    The foreign keys are made again at the end, over all rows at once. Raises CopyError, and the drivers'.
    """
    tables = tables_of(source, target)
    keys = foreign_keys(target)
    seen = _counting(source, tables, progress)
    for drop, _ in keys:
        target.execute(drop)
    for table in tables:
        try:
            sent = _send(source, target, table, seen)
        except _NOT_ITS_COLUMNS as error:
            raise CopyError(
                f"{table.name}: a value in it is none of its column's ({reason(error)})."
            ) from error
        came = _came(target, table)
        if sent != came:
            raise CopyError(
                f"{table.name}: {sent.rows} rows were sent, and {came.rows} of them came, or others."
            )
    for _, make in keys:
        target.execute(make)
    for count in counters(target):
        target.execute(count)


@dataclass(slots=True)
class _Rows:
    """How many, and a sum that knows no order."""

    rows: int = 0
    sum: int = 0

    def add(self, row: tuple[Any, ...]) -> None:
        digest = blake2b(repr(row).encode(), digest_size=_DIGEST_BYTES).digest()
        self.rows += 1
        self.sum = (self.sum + int.from_bytes(digest)) % (1 << 8 * _DIGEST_BYTES)


def _counting(source: sqlite3.Connection, tables: Iterable[Table], progress: Progress) -> Callable[[], None]:
    total = sum(_count(source, table) for table in tables)
    done = 0

    def seen() -> None:
        nonlocal done
        done += 1
        if done % _TOLD_EVERY == 0 or done == total:
            progress(done, total)

    return seen


def _count(source: sqlite3.Connection, table: Table) -> int:
    found: int = source.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]  # noqa: S608 - as there
    return found


def _send(source: sqlite3.Connection, target: Connection, table: Table, seen: Callable[[], None]) -> _Rows:
    forms = [column.form for column in table.columns]
    to_send, to_compare = change_of(form.sent for form in forms), change_of(form.left for form in forms)
    sent = _Rows()
    target.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
    with target.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(table.there)) as copy:
        for row in source.execute(table.read_here):
            sent.add(to_compare(row))
            copy.write_row(to_send(row))
            seen()
    return sent


def _came(target: Connection, table: Table) -> _Rows:
    to_compare = change_of(column.form.came for column in table.columns)
    came = _Rows()
    with target.cursor("carried") as cursor:
        cursor.itersize = _READ_AT_ONCE
        for row in cursor.execute(table.read_there):
            came.add(to_compare(row))
    return came
