"""Carries failures one after another, in a thread of its own that starts with the first of them.

Who hands one over never waits: what can not be taken is refused. A forked process begins anew.
"""

import atexit
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Final
from weakref import WeakMethod

from lacewing.client.monitoring.failure import Failure

LEAVE_SECONDS: Final = 3.0


class Courier:
    """`deliver` is called in the courier's thread; `renewed` in a forked process."""

    def __init__(
        self, deliver: Callable[[Failure], None], renewed: Callable[[], None], most_waiting: int
    ) -> None:
        self._deliver = deliver
        self._renewed = renewed
        self._most_waiting = most_waiting
        self._begin()
        atexit.register(self._leave)
        if sys.platform != "win32":
            _call_in_child(WeakMethod(self._renew))

    def take(self, failure: Failure) -> bool:
        """Whether it will be carried. A SimpleQueue may be put into by a finalizer or signal, too."""
        if self._waiting.qsize() >= self._most_waiting or not self._is_under_way():
            return False
        self._waiting.put(failure)
        return True

    def flush(self, seconds: float) -> bool:
        """Whether all that was taken before was carried, or given up, within that time."""
        if self._thread is None or self._thread is threading.current_thread():
            return True
        done = threading.Event()
        self._waiting.put(done)
        return done.wait(seconds)

    def _renew(self) -> None:
        """What waits in a process belongs to it, and threads stay with it."""
        self._begin()
        self._renewed()

    def _begin(self) -> None:
        self._lock = threading.RLock()
        self._waiting: SimpleQueue[Failure | threading.Event] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def _is_under_way(self) -> bool:
        """At the interpreter's end no thread can be started any more."""
        with self._lock, suppress(RuntimeError):
            if self._thread is None:
                thread = threading.Thread(target=self._carry, name="lacewing-monitor", daemon=True)
                thread.start()
                self._thread = thread
                self._leave_in_time()
        return self._thread is not None

    def _carry(self) -> None:
        while True:
            match self._waiting.get():
                case threading.Event() as done:
                    done.set()
                case Failure() as failure:
                    with suppress(Exception):
                        self._deliver(failure)

    def _leave_in_time(self) -> None:
        """A process of `multiprocessing` ends by its own finalizers; only some versions of it ask atexit."""
        util = sys.modules.get("multiprocessing.util")
        if util is not None:
            util.Finalize(None, self._leave, exitpriority=0)

    def _leave(self) -> None:
        self.flush(LEAVE_SECONDS)


def _call_in_child(method: WeakMethod[Callable[[], None]]) -> None:
    def call() -> None:
        alive = method()
        if alive is not None:
            alive()

    os.register_at_fork(after_in_child=call)
