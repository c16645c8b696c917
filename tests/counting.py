"""A Database that remembers every statement that its units run, as the driver gets it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Executable

from lacewing.storage import Database, Transaction

Value = TypeVar("Value")
Seen = list[tuple[str, Any]]


class CountingDatabase:
    """Stands before another Database; `statements` are text and parameters."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.backend = db.backend
        self.clock = db.clock
        self.statements: Seen = []

    def bare(self) -> "CountingDatabase":
        bare = CountingDatabase(self._db.bare())
        bare.statements = self.statements
        return bare

    async def read(self, run: Callable[[Transaction], Value], *, is_long: bool = False) -> Value:
        return await self._db.read(lambda tx: run(_watched(tx, self.statements)), is_long=is_long)

    async def write(self, run: Callable[[Transaction], Value], *, is_alone: bool = False) -> Value:
        return await self._db.write(lambda tx: run(_watched(tx, self.statements)), is_alone=is_alone)

    async def write_many(self, merge: Callable[[Transaction, list[Any]], list[Any]], value: Any) -> Any:
        return await self._db.write_many(
            lambda tx, values: merge(_watched(tx, self.statements), values), value
        )


class _Driver:
    def __init__(self, driver: Any, seen: Seen) -> None:
        self._driver = driver
        self._seen = seen

    def execute(self, sql: str, parameters: Any = (), **options: bool) -> Any:
        self._seen.append((sql, parameters))
        return self._driver.execute(sql, parameters, **options)

    def executemany(self, sql: str, rows: Any) -> Any:
        self._seen.append((sql, rows))
        return self._driver.cursor().executemany(sql, rows)

    def cursor(self) -> "_Driver":
        return self


class _Watched(Transaction):
    __slots__ = ("_seen",)

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | list[dict[str, Any]] | None = None
    ) -> CursorResult[Any]:
        self._seen.append((str(statement), parameters))
        return super().execute(statement, parameters)


def _watched(tx: Transaction, seen: Seen) -> Transaction:
    watched = _Watched(tx.connection, tx.now)
    watched._seen = seen
    watched.driver = _Driver(tx.driver, seen)
    return cast("Transaction", watched)
