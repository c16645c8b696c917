"""A SQLite database of another program, which is never written to."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from lacewing.imports.foreign import Row
from lacewing.imports.tables import AT_ONCE, Among, select
from lacewing.imports.values import SourceError


class SqliteTables:
    def __init__(self, path: Path) -> None:
        """Raises SourceError."""
        self._path = path
        with self._told():
            self._connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
            self._connection.text_factory = lambda text: text.decode(errors="replace")
            self._connection.execute("PRAGMA trusted_schema = OFF")
            self._connection.execute("BEGIN")

    def columns(self, table: str) -> frozenset[str]:
        with self._told():
            return frozenset(row[1] for row in self._connection.execute(f'PRAGMA table_info("{table}")'))

    def rows(
        self,
        table: str,
        wanted: Sequence[str],
        *,
        among: Among | None = None,
        order: Sequence[str] = (),
        most: int | None = None,
    ) -> Iterator[list[Row]]:
        there = self.columns(table)
        present = [name for name in wanted if name in there]
        condition, values = _condition(among)
        statement = select(table, present, condition, [name for name in order if name in there], most)
        with self._told(), closing(self._connection.execute(statement, values)) as cursor:
            while part := cursor.fetchmany(AT_ONCE):
                yield [dict(zip(present, row, strict=True)) for row in part]

    def count(self, table: str, among: Among | None = None) -> int:
        condition, values = _condition(among)
        with self._told():
            row = self._connection.execute(
                select(table, ["count(*)"], condition, (), None), values
            ).fetchone()
        return int(row[0])

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise SourceError(f"{self._path} can not be read as a SQLite database ({error}).") from error


def _condition(among: Among | None) -> tuple[str, list[str]]:
    if among is None:
        return "", []
    column, values = among
    return f" WHERE {column} IN ({', '.join('?' * len(values))})", list(values)
