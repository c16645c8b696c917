"""Where reads run: short ones on SQLite inline on a kept connection, others in a pool of threads."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection

from lacewing.kit.clock import Clock
from lacewing.kit.errors import unavailable
from lacewing.storage.backend import Backend, Fault, discard
from lacewing.storage.transaction import Transaction

THREADS = 8

Value = TypeVar("Value")


class Readers:
    def __init__(self, backend: Backend, clock: Clock) -> None:
        self._backend = backend
        self._clock = clock
        self._inline = _Reader(backend, clock)
        self._local = threading.local()
        self._opened: list[_Reader] = []
        self._is_closed = False
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="lacewing-reader")

    async def read(self, run: Callable[[Transaction], Value], *, is_long: bool) -> Value:
        if self._is_closed:
            raise unavailable()
        if self._backend.reads_inline and not is_long:
            return self._inline.read(run)
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._in_thread, run)

    def close(self) -> None:
        self._is_closed = True
        self._pool.shutdown(wait=True)
        for reader in (self._inline, *self._opened):
            reader.close()

    def _in_thread(self, run: Callable[[Transaction], Value]) -> Value:
        reader = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = _Reader(self._backend, self._clock)
            self._opened.append(reader)
        result: Value = reader.read(run)
        return result


class _Reader:
    """One kept connection. A read that finds it lost is tried once more on a new one."""

    def __init__(self, backend: Backend, clock: Clock) -> None:
        self._backend = backend
        self._clock = clock
        self._connection: Connection | None = None

    def read(self, run: Callable[[Transaction], Value]) -> Value:
        try:
            return self._once(run)
        except Exception as error:
            if self._backend.fault(error) is Fault.NONE:
                raise
            if not self._is_lost():
                raise unavailable("The database is busy. Try again shortly.") from error
            self.close()
        try:
            return self._once(run)
        except Exception as error:
            if self._backend.fault(error) is Fault.NONE:
                raise
            self.close()
            raise unavailable("The database can not be reached. Try again shortly.") from error

    def _is_lost(self) -> bool:
        return self._connection is None or self._backend.is_broken(self._connection)

    def close(self) -> None:
        if self._connection is not None:
            discard(self._connection)
            self._connection = None

    def _once(self, run: Callable[[Transaction], Value]) -> Value:
        if self._connection is None:
            self._connection = self._backend.open(read_only=True)
        return run(Transaction(self._connection, self._clock()))
