"""Waiting for what is committed, here or in another process."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Watcher(Protocol):
    """How a process hears of the others, and they of it; both run in threads of their own."""

    def watch(self, changed: Callable[[], None]) -> None:
        """Calls `changed` whenever another process committed something, until `stop`; survives any fault."""
        ...

    def tell(self) -> None:
        """Soon lets the other processes know that this one committed something."""
        ...

    def stop(self) -> None: ...


class News:
    """Wakes who waits. It tells no more than that there may be something: it may do so twice, or for nothing.

    The other processes are listened to from the first subscription on.
    """

    def __init__(self, watcher: Callable[[], Watcher]) -> None:
        self._make_watcher = watcher
        self._watcher: Watcher | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._subscriptions: frozenset[Subscription] = frozenset()

    @contextmanager
    def subscribe(self) -> "Iterator[Subscription]":
        """In a running event loop."""
        mine = Subscription()
        with self._lock:
            self._subscriptions |= {mine}
            if self._watcher is None:
                self._begin()
        try:
            yield mine
        finally:
            with self._lock:
                self._subscriptions -= {mine}

    def tell(self) -> bool:
        """From any thread, after a COMMIT: to those who wait here, and to the other processes.

        False if the others still have to be told: where nobody ever waited, nothing connects this process
        with them.
        """
        self._wake()
        if self._watcher is None:
            return False
        self._watcher.tell()
        return True

    def close(self) -> None:
        if self._watcher is not None and self._thread is not None:
            self._watcher.stop()
            self._thread.join()

    def _begin(self) -> None:
        self._watcher = self._make_watcher()
        self._thread = threading.Thread(
            target=self._watcher.watch, args=(self._wake,), name="lacewing-news", daemon=True
        )
        self._thread.start()

    def _wake(self) -> None:
        for subscription in self._subscriptions:
            subscription.wake()


class Subscription:
    """Of one task."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Until something was committed since the last `wait` returned; False when the time is over."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True

    def wake(self) -> None:
        """From any thread."""
        if not self._event.is_set() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._event.set)
