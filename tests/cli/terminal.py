"""The program at a terminal: what a person sees, and what it types."""

import os
import pty
import select
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.warm import WarmChild

PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.01


class Terminal:
    """`lacewing WORDS` in a pseudo-terminal of its own, 100 columns wide and 40 lines high."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self._ours, self._theirs = pty.openpty()
        self.seen = ""
        size = {"COLUMNS": "100", "LINES": "40", "TERM": "xterm"}
        tty = Path(os.ttyname(self._theirs))
        self._process = WarmChild(words, {**size, **environment}, tty, tty, tty)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._theirs)
        os.close(self._ours)

    def wait_for(self, text: str) -> str:
        """All that was seen so far. Raises AssertionError if it does not come."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text not in self.seen:
            is_over = self._process.poll() is not None or time.monotonic() > deadline
            assert self._read(POLL_SECONDS) or not is_over, f"{text!r} did not come:\n{self.seen}"
        return self.seen

    def type(self, line: str) -> None:
        os.write(self._ours, f"{line}\n".encode())

    def end(self) -> int:
        """The exit code, once it has ended and all is read."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (code := self._process.poll()) is None and time.monotonic() < deadline:
            self._read(POLL_SECONDS)
        while self._read(0.0):
            pass
        assert code is not None, f"it does not end:\n{self.seen}"
        return code

    def interrupt(self) -> None:
        """Ctrl-C."""
        os.write(self._ours, b"\x03")

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], max(0.0, seconds))
        found = os.read(self._ours, 65536) if ready else b""
        self.seen += found.decode(errors="replace").replace("\r\n", "\n")
        return bool(found)
