"""The program at a terminal: what a person sees, and what it types."""

import fcntl
import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from tests.server import PROGRAM

PATIENCE_SECONDS = 60.0


class Terminal:
    """`lacewing WORDS` in a pseudo-terminal of its own, 100 columns wide and 40 lines high."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        self.seen = ""
        self._process = subprocess.Popen(
            [*PROGRAM, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**environment, "COLUMNS": "100", "LINES": "40", "TERM": "xterm"},
            start_new_session=True,
            preexec_fn=_take_the_terminal,  # noqa: PLW1509 - no threads here
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def wait_for(self, text: str) -> str:
        """All that was seen so far. Raises AssertionError if it does not come."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text not in self.seen:
            assert self._read(deadline - time.monotonic()), f"{text!r} did not come:\n{self.seen}"
        return self.seen

    def type(self, line: str) -> None:
        os.write(self._ours, f"{line}\n".encode())

    def end(self) -> int:
        """The exit code, once it has ended and all is read."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._read(deadline - time.monotonic()):
            pass
        return self._process.wait(PATIENCE_SECONDS)

    def interrupt(self) -> None:
        """Ctrl-C."""
        os.write(self._ours, b"\x03")

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], max(0.0, seconds))
        try:
            found = os.read(self._ours, 65536) if ready else b""
        except OSError:  # EIO: nobody holds the other end any more
            return False
        self.seen += found.decode(errors="replace").replace("\r\n", "\n")
        return bool(found)


def _take_the_terminal() -> None:
    """So that Ctrl-C is a signal, and passwords are asked for there."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
