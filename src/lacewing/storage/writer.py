"""One writer thread a process: units that wait together share one transaction (group commit)."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
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
            for alike in _of_one_kind(self._serve(batch)):
                self._serve_again(alike)

    def _serve(self, batch: list[_Waiting], *, may_retry: bool = True) -> list[_Waiting]:
        """Those who met another transaction in their way are still to be served; all others are."""
        outcomes = self._run([waiting.unit for waiting in batch], may_retry=may_retry)
        served = list(zip(batch, outcomes, strict=True))
        _deliver([(waiting, outcome) for waiting, outcome in served if not outcome.retry_alone])
        return [waiting for waiting, outcome in served if outcome.retry_alone]

    def _serve_again(self, batch: list[_Waiting]) -> None:
        """By themselves, a few times: others may be in the way once more."""
        for tries_left in reversed(range(MAX_RETRIES)):
            batch = self._serve(batch, may_retry=tries_left > 0)
            if not batch:
                break

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

    def _run(self, units: list[Unit], *, may_retry: bool) -> list[Outcome]:
        try:
            connection = self._connected()
        except Exception as error:  # noqa: BLE001 - the loop must outlive any fault of the database
            return [Outcome(error=_unreachable(error)) for _ in units]
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


def _of_one_kind(batch: list[_Waiting]) -> Iterator[list[_Waiting]]:
    """Neighbours that one call may run; any other unit for itself."""
    for merge, group in groupby(batch, key=lambda waiting: waiting.unit.merge):
        members = list(group)
        yield from [members] if merge is not None else ([member] for member in members)


def _deliver(served: list[tuple[_Waiting, Outcome]]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Outcome]]] = {}
    for waiting, outcome in served:
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
