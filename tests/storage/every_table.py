"""Every table, and a row for each that has none: what its columns take, and what is hard to carry."""

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, insert, select

import lacewing
from lacewing.kit.ids import new_id
from lacewing.storage import Transaction
from lacewing.storage.types import Id, Instant, Json, Texts, Word, metadata

TEXT = 'Quoted "text", \\N and \\ and\ttab,\r\nnext line, \x01, ü, 🦋, \u2028.'
BYTES = bytes(range(256))
MOMENT = datetime(2026, 3, 1, 9, 30, 0, 123_456, tzinfo=UTC)


def load_every_table() -> None:
    """Tables join the one MetaData when their module is loaded."""
    for module in Path(lacewing.__file__).parent.glob("*/tables.py"):
        import_module(f"lacewing.{module.parent.name}.tables")


def fill_every_table(tx: Transaction) -> None:
    """Parents first: a foreign key names a row that is there."""
    load_every_table()
    for table in metadata.sorted_tables:
        if tx.connection.execute(select(table).limit(1)).first() is None:
            tx.connection.execute(insert(table).values(_row(tx, table)))


def _row(tx: Transaction, table: Table) -> dict[str, Any]:
    row = {column.name: _value(column) for column in table.columns}
    for key in table.foreign_keys:
        row[key.parent.name] = tx.connection.execute(select(key.column).limit(1)).scalar_one()
    return row


def _value(column: "Column[Any]") -> object:  # noqa: PLR0911 - one for each type
    match column.type:
        case Id():
            return new_id()
        case Instant():
            return MOMENT
        case Boolean():
            return True
        case Integer():
            return 7
        case LargeBinary():
            return BYTES[: column.type.length]
        case Json():
            return {"said": [TEXT, None, 1.5]}
        case Texts():
            return ("one", TEXT)
        case Word():
            return next(iter(column.type.words))
        case _:
            return TEXT
