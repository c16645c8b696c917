"""Decides which failures are told: each kind once in a while, and only so many a minute of all together."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

KINDS: Final = 1000
_MINUTE: Final = 60.0


@dataclass(slots=True)
class _Told:
    at: float
    kept_back: int = 0


class Pace:
    """Its lock may be taken again by the thread that has it: a signal or a finalizer can fail at any time."""

    def __init__(
        self, quiet_seconds: float, most_a_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._quiet_seconds = quiet_seconds
        self._most_a_minute = most_a_minute
        self._clock = clock
        self._told: OrderedDict[Hashable, _Told] = OrderedDict()
        self._recent: deque[float] = deque()
        self.renew()

    def admit(self, kind: Hashable) -> int | None:
        """How many of the kind were kept back since one was told; None if this one is kept back as well."""
        with self._lock:
            now = self._clock()
            told = self._told.get(kind)
            is_quiet = told is not None and now - told.at < self._quiet_seconds
            if is_quiet or self._is_full(now):
                self._keep_back(kind, told)
                return None
            self._recent.append(now)
            self._remember(kind, _Told(now))
            return told.kept_back if told else 0

    def forget(self, kind: Hashable, kept_back: int) -> None:
        """It was not told after all: the next of the kind may be, and counts this one."""
        with self._lock:
            told = self._told.get(kind)
            since = told.kept_back if told else 0
            self._remember(kind, _Told(-self._quiet_seconds, kept_back + since + 1))

    def renew(self) -> None:
        """In a forked process, where a thread that is not there may have had the lock."""
        self._lock = threading.RLock()

    def _is_full(self, now: float) -> bool:
        while self._recent and now - self._recent[0] >= _MINUTE:
            self._recent.popleft()
        return len(self._recent) >= self._most_a_minute

    def _keep_back(self, kind: Hashable, told: _Told | None) -> None:
        if told is None:
            self._remember(kind, _Told(-self._quiet_seconds, 1))
        else:
            told.kept_back += 1

    def _remember(self, kind: Hashable, told: _Told) -> None:
        self._told[kind] = told
        self._told.move_to_end(kind)
        if len(self._told) > KINDS:
            self._told.popitem(last=False)
