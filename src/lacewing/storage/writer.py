"""One writer thread a process: units that wait together share one transaction (group commit)."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from lacewing.kit.clock import Clock
from lacewing.kit.errors import unavailable
from lacewing.storage.backend import Backend, discard
from lacewing.storage.batch import Outcome, Unit, run_batch

MAX_WAITING = 1024
MAX_BATCH = 64
MAX_RETRIES = 5


@dataclass(frozen=True, slots=True)
class _Waiting:
    unit: Unit
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"


class Writer:
    """A bounded queue and the thread that drains it. What it has accepted it finishes, also when closed."""

    def __init__(self, backend: Backend, clock: Clock, announce: Callable[[Connection], None]) -> None:
        self._backend = backend
        self._announce = announce
        self._clock = clock
        self._connection: Connection | None = None
        self._queue: deque[_Waiting] = deque()
        self._wake = threading.Condition()
        self._is_closing = False
        self._thread = threading.Thread(target=self._drain, name="lacewing-writer", daemon=True)
        self._thread.start()

    async def submit(self, unit: Unit) -> Any:  # noqa: ANN401 - typed by Database.write
        """The unit's value after its COMMIT. Raises UNAVAILABLE if the queue is full.

        A caller that goes away does not cancel its unit.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        with self._wake:
            if self._is_closing or len(self._queue) >= MAX_WAITING:
                raise unavailable()
            self._queue.append(_Waiting(unit, loop, future))
            self._wake.notify()
        return await future

    def close(self) -> None:
        with self._wake:
            self._is_closing = True
            self._wake.notify()
        self._thread.join()
        if self._connection is not None:
            discard(self._connection)

    def _drain(self) -> None:
        while batch := self._take():
            outcomes = self._run([waiting.unit for waiting in batch])
            _deliver(batch, outcomes)

    def _take(self) -> list[_Waiting]:
        with self._wake:
            while not self._queue and not self._is_closing:
                self._wake.wait()
            batch: list[_Waiting] = []
            while self._queue and len(batch) < MAX_BATCH:
                if self._queue[0].unit.is_alone and batch:
                    break
                batch.append(self._queue.popleft())
                if batch[-1].unit.is_alone:
                    break
            return batch

    def _run(self, units: list[Unit]) -> list[Outcome]:
        try:
            connection = self._connected()
        except Exception as error:  # noqa: BLE001 - the loop must outlive any fault of the database
            return [Outcome(error=_unreachable(error)) for _ in units]
        outcomes = self._commit(connection, units)
        for position, outcome in enumerate(outcomes):
            if outcome.retry_alone:
                outcomes[position] = self._again(connection, units[position])
        return outcomes

    def _again(self, connection: Connection, unit: Unit) -> Outcome:
        """Alone, a few times: others may be in the way once more."""
        outcome = Outcome(retry_alone=True)
        for tries_left in reversed(range(MAX_RETRIES)):
            [outcome] = self._commit(connection, [unit], may_retry=tries_left > 0)
            if not outcome.retry_alone:
                break
        return outcome

    def _commit(self, connection: Connection, units: list[Unit], *, may_retry: bool = True) -> list[Outcome]:
        now = self._clock()
        return run_batch(self._backend, connection, now, units, announce=self._announce, may_retry=may_retry)

    def _connected(self) -> Connection:
        if self._connection is not None and self._backend.is_broken(self._connection):
            discard(self._connection)
            self._connection = None
        if self._connection is None:
            self._connection = self._backend.open(read_only=False)
        return self._connection


def _unreachable(error: Exception) -> Exception:
    failure = unavailable("The database can not be reached. Try again shortly.")
    failure.__cause__ = error
    return failure


def _deliver(batch: list[_Waiting], outcomes: list[Outcome]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Outcome]]] = {}
    for waiting, outcome in zip(batch, outcomes, strict=True):
        by_loop.setdefault(waiting.loop, []).append((waiting.future, outcome))
    for loop, results in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, results)


def _resolve(results: "list[tuple[asyncio.Future[Any], Outcome]]") -> None:
    for future, outcome in results:
        if future.done():
            continue
        if outcome.error is not None:
            future.set_exception(outcome.error)
        else:
            future.set_result(outcome.value)
