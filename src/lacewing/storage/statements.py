"""Hot statements: Core expressions compiled once per dialect, run on the driver's cursor.

Rows are mapped by position.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, CompoundSelect, Delete, Dialect, Insert, Select, Update
from sqlalchemy.types import TypeEngine

from lacewing.storage.transaction import Transaction
from lacewing.storage.types import Stored

Row = TypeVar("Row")
Processor = Callable[[Any], Any] | None
Expression = Select[Any] | CompoundSelect[Any] | Insert | Update | Delete


class Statement(Generic[Row]):
    """`row` is called with one row's columns in order, usually a frozen dataclass.

    Only for expressions whose binds are known beforehand: no `in_()` over a list.
    One that `depends_on_values` is planned anew each time: what suits a rare word is slow for a common one.
    """

    def __init__(
        self, expression: Expression, row: Callable[..., Row], *, depends_on_values: bool = False
    ) -> None:
        self._depends_on_values = depends_on_values
        self._expression = expression
        self._row = row
        self._compiled: dict[str, _Compiled] = {}

    def all(self, tx: Transaction, **parameters: object) -> list[Row]:
        compiled = self._for(tx)
        rows = tx.driver.execute(compiled.sql, compiled.encode(parameters), **compiled.options).fetchall()
        if len(rows) < 2:
            return [self._row(*compiled.decode(row)) for row in rows]
        return list(map(self._row, *compiled.columns(rows)))

    def one(self, tx: Transaction, **parameters: object) -> Row | None:
        compiled = self._for(tx)
        row = tx.driver.execute(compiled.sql, compiled.encode(parameters), **compiled.options).fetchone()
        return None if row is None else self._row(*compiled.decode(row))

    def the(self, tx: Transaction, **parameters: object) -> Row:
        """The row that is there for certain; raises LookupError if it is not."""
        row = self.one(tx, **parameters)
        if row is None:
            raise LookupError("a statement that answers one row answered none")
        return row

    def run(self, tx: Transaction, **parameters: object) -> int:
        """The number of rows that it touched."""
        compiled = self._for(tx)
        return int(tx.driver.execute(compiled.sql, compiled.encode(parameters)).rowcount)

    def run_many(self, tx: Transaction, rows: Sequence[Mapping[str, object]]) -> None:
        compiled = self._for(tx)
        tx.driver.cursor().executemany(compiled.sql, [compiled.encode(row) for row in rows])

    def _for(self, tx: Transaction) -> "_Compiled":
        dialect = tx.connection.dialect
        if dialect.name not in self._compiled:
            made = _Compiled(self._expression, dialect)
            if self._depends_on_values and dialect.name == "postgresql":
                made.options["prepare"] = False
            self._compiled[dialect.name] = made
        return self._compiled[dialect.name]


class _Compiled:
    __slots__ = ("_binds", "_constants", "_decoders", "_positional", "options", "sql")

    def __init__(self, expression: Expression, dialect: Dialect) -> None:
        compiled: Any = expression.compile(dialect=dialect)
        self.sql = str(compiled)
        self.options: dict[str, bool] = {}
        self._positional = bool(compiled.positional)
        names = compiled.positiontup if compiled.positional else list(compiled.binds)
        binds = [(name, compiled.binds[name], _encoder(compiled.binds[name], dialect)) for name in names]
        self._binds = [(name, encode) for name, _, encode in binds]
        self._constants = {name: bind.effective_value for name, bind, _ in binds if not bind.required}
        self._decoders = _decoders(expression, dialect)

    def encode(self, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the driver's own form
        values = {**self._constants, **given} if self._constants else given
        if self._positional:
            return [values[name] if encode is None else encode(values[name]) for name, encode in self._binds]
        return {
            name: values[name] if encode is None else encode(values[name]) for name, encode in self._binds
        }

    def columns(self, rows: Sequence[Sequence[Any]]) -> list[Iterable[Any]]:
        """The rows turned round and decoded: a column at a time costs a third of a value at a time."""
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for position, decode in self._decoders:
            columns[position] = map(decode, columns[position])
        return columns

    def decode(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self._decoders:
            return row
        values = list(row)
        for position, decode in self._decoders:
            values[position] = decode(values[position])
        return values


def _encoder(parameter: BindParameter[Any], dialect: Dialect) -> Processor:
    stored = parameter.type
    if isinstance(stored, Stored):
        return stored.encoder(dialect)
    return stored.dialect_impl(dialect).bind_processor(dialect)


def _decoders(expression: Expression, dialect: Dialect) -> list[tuple[int, Callable[[Any], Any]]]:
    found = [(at, _decoder(column.type, dialect)) for at, column in enumerate(expression.exported_columns)]
    return [(at, decode) for at, decode in found if decode is not None]


def _decoder(stored: TypeEngine[Any], dialect: Dialect) -> Processor:
    if isinstance(stored, Stored):
        return stored.decoder(dialect)
    return stored.dialect_impl(dialect).result_processor(dialect, None)
