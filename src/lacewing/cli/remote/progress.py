"""How far something is, on a terminal; to nobody else."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

_BAR = 24
_PAUSE_SECONDS = 0.1


def size(count: int) -> str:
    """Of bytes: `12.3 MB`."""
    shown, units = float(count), ["B", "KB", "MB", "GB"]
    while shown >= 1000 and len(units) > 1:
        shown, units = shown / 1000, units[1:]
    return f"{shown:.0f} {units[0]}" if units[0] == "B" else f"{shown:.1f} {units[0]}"


class Progress:
    """A line on standard error, told how much is done so far; with a bar where `total` is known.

    with Progress("Exporting") as progress:
        progress(so_far)
    """

    def __init__(self, what: str, total: int | None = None, shown: Callable[[int], str] = size) -> None:
        self._what = what
        self._total = total
        self._shown = shown
        self._is_seen = sys.stderr.isatty()
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_seen and self._last:
            self._write("")

    def __call__(self, so_far: int) -> None:
        now = time.monotonic()
        if self._is_seen and now - self._last >= _PAUSE_SECONDS:
            self._last = now
            self._write(f"{self._what}  {self._bar(so_far)}{self._shown(so_far)}")

    def _bar(self, so_far: int) -> str:
        if not self._total:
            return ""
        full = min(_BAR, _BAR * so_far // self._total)
        return f"[{'#' * full}{' ' * (_BAR - full)}] {min(100, 100 * so_far // self._total):3}%  "

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
