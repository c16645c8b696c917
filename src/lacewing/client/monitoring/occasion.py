"""What a program was doing when it failed: one request, and what was logged during it.

It is ambient, in a context variable, because a log record does not say for which request it was written.
"""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

LINES: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was logged; `at` in seconds since 1970."""

    at: float
    level: str
    text: str


@dataclass(slots=True)
class Occasion:
    """A request that is being answered; `status` is None until the answer has begun."""

    method: str
    url: str
    user_agent: str = ""
    referrer: str = ""
    began: float = field(default_factory=time.time)
    status: int | None = None
    lines: deque[Line] = field(default_factory=lambda: deque(maxlen=LINES))


_CURRENT: Final[ContextVar[Occasion | None]] = ContextVar("lacewing_occasion", default=None)


def current_occasion() -> Occasion | None:
    return _CURRENT.get()


@contextmanager
def during(occasion: Occasion | None) -> Iterator[None]:
    """Not by the token of `set`: a server may go on with an answer in another context."""
    before = _CURRENT.get()
    _CURRENT.set(occasion)
    try:
        yield
    finally:
        _CURRENT.set(before)
