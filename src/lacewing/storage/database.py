"""The two ways to the data: `read` and `write`, for both databases."""

from collections.abc import Callable
from copy import copy
from typing import TypeVar

from sqlalchemy import Connection

from lacewing.kit.clock import Clock, utc_now
from lacewing.storage.backend import Backend
from lacewing.storage.batch import Unit
from lacewing.storage.news import News
from lacewing.storage.readers import Readers
from lacewing.storage.transaction import Transaction
from lacewing.storage.writer import Writer

Value = TypeVar("Value")
Result = TypeVar("Result")
Step = Callable[[Transaction], None]


class Database:
    """Units of work are plain functions of a Transaction. All may raise UNAVAILABLE."""

    def __init__(self, backend: Backend, clock: Clock = utc_now) -> None:
        self.backend = backend
        self.clock = clock
        self._is_closed = False
        self.news = News(backend.watcher)
        self._writer = Writer(backend, clock, self._announce)
        self._readers = Readers(backend, clock)
        self._first_step: Step | None = None

    def beginning_with(self, step: Step) -> "Database":
        """The same database, each of whose units begins with `step(tx)`: both are stored, or neither."""
        return self._beginning_with(step)

    def bare(self) -> "Database":
        """Without such a step: for what counts whatever becomes of the rest."""
        return self if self._first_step is None else self._beginning_with(None)

    async def read(self, run: Callable[[Transaction], Value], *, is_long: bool = False) -> Value:
        """Each statement sees its own snapshot. A long read (search, statistics, export) says so."""
        return await self._readers.read(run, is_long=is_long)

    async def write(self, run: Callable[[Transaction], Value], *, is_alone: bool = False) -> Value:
        """Runs `run` in a savepoint of a shared transaction; returns after its COMMIT.

        No network, hashing, file I/O or rendering inside. A long write is alone in its transaction.
        """
        whole = run if self._first_step is None else _after(self._first_step, run)
        result: Value = await self._writer.submit(Unit(whole, is_alone=is_alone))
        return result

    async def write_many(
        self, merge: Callable[[Transaction, list[Value]], list[Result]], value: Value
    ) -> Result:
        """Like `write`, but callers who wait together are served by one `merge(tx, values)`.

        If it raises, the values are run one by one, as those with a step to begin with always are.
        """
        if self._first_step is not None:
            return await self.write(lambda tx: merge(tx, [value])[0])
        result: Result = await self._writer.submit(Unit(lambda tx: merge(tx, [value])[0], merge, value))
        return result

    def close(self) -> None:
        """Finishes what was accepted, then closes every connection. Again is nothing more."""
        if self._is_closed:
            return
        self._is_closed = True
        self._writer.close()
        self.news.close()
        self._readers.close()
        self.backend.close()

    def _announce(self, connection: Connection) -> None:
        if not self.news.tell():
            self.backend.notify(connection)

    def _beginning_with(self, step: Step | None) -> "Database":
        found = copy(self)
        found._first_step = step
        return found


def _after(step: Step, run: Callable[[Transaction], Value]) -> Callable[[Transaction], Value]:
    def run_both(tx: Transaction) -> Value:
        step(tx)
        return run(tx)

    return run_both
