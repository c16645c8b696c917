"""Hot statements: Core expressions compiled once per dialect, run on the driver's cursor.

Rows are mapped by position.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, CompoundSelect, Delete, Dialect, Insert, Select, Update

from lacewing.storage.transaction import Transaction

Row = TypeVar("Row")
Processor = Callable[[Any], Any] | None
Expression = Select[Any] | CompoundSelect[Any] | Insert | Update | Delete


class Statement(Generic[Row]):
    """`row` is called with one row's columns in order, usually a frozen dataclass.

    Only for expressions whose binds are known beforehand: no `in_()` over a list.
    """

    def __init__(self, expression: Expression, row: Callable[..., Row]) -> None:
        self._expression = expression
        self._row = row
        self._compiled: dict[str, _Compiled] = {}

    def all(self, tx: Transaction, **parameters: object) -> list[Row]:
        compiled = self._for(tx)
        rows = tx.driver.execute(compiled.sql, compiled.encode(parameters)).fetchall()
        return [self._row(*compiled.decode(row)) for row in rows]

    def one(self, tx: Transaction, **parameters: object) -> Row | None:
        compiled = self._for(tx)
        row = tx.driver.execute(compiled.sql, compiled.encode(parameters)).fetchone()
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
            self._compiled[dialect.name] = _Compiled(self._expression, dialect)
        return self._compiled[dialect.name]


@dataclass(frozen=True, slots=True)
class _Bind:
    """A value that the caller gives under `name`, or one that the expression already holds."""

    name: str
    is_given: bool
    encode: Processor
    constant: object

    def value(self, parameters: Mapping[str, object]) -> object:
        if not self.is_given:
            return self.constant
        value = parameters[self.name]
        return value if self.encode is None else self.encode(value)


class _Compiled:
    __slots__ = ("_binds", "_decoders", "_positional", "sql")

    def __init__(self, expression: Expression, dialect: Dialect) -> None:
        compiled: Any = expression.compile(dialect=dialect)
        self.sql = str(compiled)
        self._positional = bool(compiled.positional)
        names = compiled.positiontup if compiled.positional else list(compiled.binds)
        self._binds = [_bind(compiled.binds[name], name, dialect) for name in names]
        self._decoders = _decoders(expression, dialect)

    def encode(self, parameters: Mapping[str, object]) -> Any:  # noqa: ANN401 - the driver's own form
        if self._positional:
            return [bind.value(parameters) for bind in self._binds]
        return {bind.name: bind.value(parameters) for bind in self._binds}

    def decode(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self._decoders:
            return row
        values = list(row)
        for position, decode in self._decoders:
            values[position] = decode(values[position])
        return values


def _bind(parameter: BindParameter[Any], name: str, dialect: Dialect) -> _Bind:
    encode = parameter.type.dialect_impl(dialect).bind_processor(dialect)
    constant = parameter.effective_value
    is_given = parameter.required
    if not is_given and encode is not None:
        constant = encode(constant)
    return _Bind(name, is_given, encode, constant)


def _decoders(expression: Expression, dialect: Dialect) -> list[tuple[int, Callable[[Any], Any]]]:
    columns = enumerate(expression.exported_columns)
    found = [
        (at, column.type.dialect_impl(dialect).result_processor(dialect, None)) for at, column in columns
    ]
    return [(at, decode) for at, decode in found if decode is not None]
