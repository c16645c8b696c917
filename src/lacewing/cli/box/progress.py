"""How far long work has come, on standard error, for somebody who looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lacewing.kit.lazy import LazyModule

Told = Callable[[int, int], None]
_console = LazyModule("rich.console")
_markup = LazyModule("rich.markup")
_progress = LazyModule("rich.progress")


class Silent:
    def part(self, what: str) -> Told:
        """To be told how much of this part is done, of how much."""
        return lambda done, total: None


@contextmanager
def progress() -> "Iterator[Silent]":
    """Nothing is shown unless standard error is a terminal."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    with _progress.Progress(console=_console.Console(stderr=True), transient=True) as bars:
        yield _Bars(bars)


class _Bars(Silent):
    def __init__(self, bars: object) -> None:
        self._bars = bars

    def part(self, what: str) -> Told:
        bars = self._bars
        task = bars.add_task(_markup.escape(what), total=None)  # type: ignore[attr-defined]  # rich, loaded on first use
        return lambda done, total: bars.update(task, completed=done, total=total)  # type: ignore[attr-defined]
