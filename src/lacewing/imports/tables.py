"""Reads another program's tables, as far as they have the columns that are asked for."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from lacewing.imports.foreign import Row

AT_ONCE = 50

# A column, and the texts of which it must be one.
Among = tuple[str, Sequence[str]]


class Tables(Protocol):
    """A database of theirs, as it was when it was opened. Everything may raise SourceError."""

    def columns(self, table: str) -> frozenset[str]:
        """None for a table that is not there."""
        ...

    def rows(
        self,
        table: str,
        wanted: Sequence[str],
        *,
        among: Among | None = None,
        order: Sequence[str] = (),
        most: int | None = None,
    ) -> Iterator[list[Row]]:
        """A bounded part at a time."""
        ...

    def count(self, table: str, among: Among | None = None) -> int: ...

    def close(self) -> None: ...


def all_rows(
    tables: Tables,
    table: str,
    wanted: Sequence[str],
    *,
    among: Among | None = None,
    order: Sequence[str] = (),
    most: int | None = None,
) -> list[Row]:
    """None for a table that is not there: an older or newer version is read as far as it goes."""
    if not tables.columns(table):
        return []
    parts = tables.rows(table, wanted, among=among, order=order, most=most)
    return [row for part in parts for row in part]


def grouped(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row.get(column)), []).append(row)
    return found


def select(table: str, present: Sequence[str], condition: str, order: Sequence[str], most: int | None) -> str:
    """All names are constants of ours."""
    sql = f"SELECT {', '.join(present)} FROM {table}{condition}"  # noqa: S608 - no value is in it
    if order:
        sql += f" ORDER BY {', '.join(order)}"
    return sql if most is None else f"{sql} LIMIT {most}"
