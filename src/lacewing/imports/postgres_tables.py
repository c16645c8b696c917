"""A PostgreSQL database of another program, read in one transaction that can not write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

import psycopg

from lacewing.imports.foreign import Row
from lacewing.imports.tables import AT_ONCE, Among, select
from lacewing.imports.values import SourceError

CONNECT_SECONDS = 10
_COLUMNS = """
    SELECT column_name, udt_name FROM information_schema.columns
    WHERE table_name = %s AND table_schema = ANY(current_schemas(false))
"""
_JSON = frozenset({"json", "jsonb"})


class PostgresTables:
    def __init__(self, url: str) -> None:
        """Raises SourceError."""
        self._known: dict[str, dict[str, str]] = {}
        self._numbers = count(1)
        with _told():
            self._connection = psycopg.connect(url, connect_timeout=CONNECT_SECONDS)
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._connection.read_only = True

    def columns(self, table: str) -> frozenset[str]:
        return frozenset(self._types(table))

    def rows(
        self,
        table: str,
        wanted: Sequence[str],
        *,
        among: Among | None = None,
        order: Sequence[str] = (),
        most: int | None = None,
    ) -> Iterator[list[Row]]:
        types = self._types(table)
        present = [name for name in wanted if name in types]
        columns = [f"{name}::text" if types[name] in _JSON else name for name in present]
        condition, values = self._condition(table, among)
        statement = select(table, columns, condition, [name for name in order if name in types], most)
        with _told(), self._connection.cursor(f"part_{next(self._numbers)}") as cursor:
            cursor.execute(statement.encode(), values)
            while part := cursor.fetchmany(AT_ONCE):
                yield [dict(zip(present, row, strict=True)) for row in part]

    def count(self, table: str, among: Among | None = None) -> int:
        condition, values = self._condition(table, among)
        with _told():
            statement = select(table, ["count(*)"], condition, (), None)
            row = self._connection.execute(statement.encode(), values).fetchone()
        return 0 if row is None else int(row[0])

    def close(self) -> None:
        self._connection.close()

    def _types(self, table: str) -> dict[str, str]:
        if table not in self._known:
            with _told():
                self._known[table] = dict(self._connection.execute(_COLUMNS, (table,)).fetchall())
        return self._known[table]

    def _condition(self, table: str, among: Among | None) -> tuple[str, tuple[list[str], ...]]:
        """Compared as what the column is, so that its index is used."""
        if among is None:
            return "", ()
        column, values = among
        kind = "uuid" if self._types(table).get(column) == "uuid" else "text"
        return f" WHERE {column} = ANY(%s::{kind}[])", (list(values),)


@contextmanager
def _told() -> Iterator[None]:
    """Only the first line: the rest repeats the statement."""
    try:
        yield
    except psycopg.Error as error:
        first = str(error).strip().partition("\n")[0]
        raise SourceError(f"The PostgreSQL database can not be read ({first}).") from error
