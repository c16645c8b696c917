"""Runs somebody's command: its output passes through as it comes, and the end of it is kept."""

import math
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Final

from lacewing.cli.grammar import CommandError, Exit
from lacewing.kit.lazy import LazyModule

_fcntl = LazyModule("fcntl")
_pty = LazyModule("pty")
_termios = LazyModule("termios")

KEPT_BYTES: Final = 1024 * 1024
_CHUNK: Final = 64 * 1024
# What a command leaves running may hold its output open for ever.
_SILENCE_SECONDS: Final = 0.25
_LAST_WORDS_SECONDS: Final = 2.0
# ECMA-48: control sequences, operating system commands, and what is one letter long.
_ESCAPES: Final = re.compile(
    r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?|[@-_])"
)
_HEARD: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Ended:
    """`code` is what a shell would tell: 128 and the signal's number where one ended it. `was_stopped`:
    somebody wanted it to end, with Ctrl-C or a signal to us.
    """

    code: int
    seconds: float
    output: str
    was_stopped: bool


def run(command: Sequence[str]) -> Ended:
    """With our standard input; on a terminal it has one, too. Raises CommandError if it can not start."""
    began = time.monotonic()
    running = _Running(command)
    with running.signals_passed_on():
        code = running.on_terminal() if sys.stdout.isatty() else running.through_pipes()
    told = 128 - code if code < 0 else code
    return Ended(told, time.monotonic() - began, plain(running.tail.text()), running.was_stopped)


def plain(text: str) -> str:
    """Without what a terminal would obey; of a line that was written over, what was there at last."""
    lines = _ESCAPES.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)


class _Tail:
    """The last of what was written, whichever way it came."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def keep(self, part: bytes) -> None:
        self._bytes += part
        if len(self._bytes) > 2 * KEPT_BYTES:
            del self._bytes[:-KEPT_BYTES]

    def text(self) -> str:
        """From the beginning of a line, if some of it is gone."""
        whole = len(self._bytes) <= KEPT_BYTES
        text = bytes(self._bytes[-KEPT_BYTES:]).decode(errors="replace")
        return text if whole else text.partition("\n")[2]


class _Running:
    def __init__(self, command: Sequence[str]) -> None:
        self.tail = _Tail()
        self.was_stopped = False
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None

    @contextmanager
    def signals_passed_on(self) -> Iterator[None]:
        """Ctrl-C reaches the command by itself, and it decides; what is sent to us alone it is sent, too.

        What is ignored, as after nohup, both go on to ignore.
        """
        heard = [number for number in _HEARD if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, self._hear) for number in heard}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def through_pipes(self) -> int:
        """Where both have something to say, what was put out comes before the errors."""
        child = self._start(subprocess.PIPE, subprocess.PIPE)
        both = ((child.stdout, sys.stdout), (child.stderr, sys.stderr))
        self._pass_all_on(child, {source: target for source, target in both if source is not None})
        return child.wait()

    def on_terminal(self) -> int:
        """So that it keeps its colours and progress bars; both its outputs come as one there."""
        ours, its = _pty.openpty()
        with suppress(OSError):
            _fcntl.ioctl(its, _termios.TIOCSWINSZ, _fcntl.ioctl(1, _termios.TIOCGWINSZ, bytes(8)))
        with os.fdopen(ours, "rb", buffering=0) as output:
            try:
                child = self._start(its, its)
            finally:
                os.close(its)
            self._pass_all_on(child, {output: sys.stdout})
        return child.wait()

    def _pass_all_on(self, child: subprocess.Popen[bytes], ways: dict[IO[bytes], IO[str]]) -> None:
        """Until all have ended; or the child, and what it left behind is silent or talks too long."""
        latest = math.inf
        with selectors.DefaultSelector() as selector:
            for source in ways:
                selector.register(source, selectors.EVENT_READ)
            while selector.get_map() and time.monotonic() < latest:
                has_ended = child.poll() is not None  # asked first: all that it wrote is ready then
                ready = {key.fileobj for key, _ in selector.select(_SILENCE_SECONDS)}
                for source in [source for source in ways if source in ready]:
                    if not self._passed_on(source, ways[source]):
                        selector.unregister(source)
                        source.close()
                if has_ended:
                    latest = min(latest, time.monotonic() + _LAST_WORDS_SECONDS) if ready else -math.inf
        for source in ways:
            source.close()

    def _passed_on(self, source: IO[bytes], target: IO[str]) -> bool:
        """Whoever writes to somebody who reads no more is to hear of it: then it ends, as in any pipe."""
        part = _read(source)
        self.tail.keep(part)
        if not _written(target, part):
            self.was_stopped = True
            return False
        return bool(part)

    def _start(self, stdout: int, stderr: int) -> subprocess.Popen[bytes]:
        """Raises CommandError."""
        name = self._command[0]
        try:
            self._child = subprocess.Popen(self._command, stdout=stdout, stderr=stderr)  # noqa: S603 - as asked
        except FileNotFoundError as error:
            raise CommandError(f"There is no command {name}.", Exit.USAGE) from error
        except (OSError, ValueError) as error:
            raise CommandError(f"{name} can not be run: {error}.", Exit.USAGE) from error
        return self._child

    def _hear(self, number: int, _frame: object) -> None:
        self.was_stopped = True
        if number != signal.SIGINT and self._child is not None:
            self._child.send_signal(number)


def _read(source: IO[bytes]) -> bytes:
    """Of a terminal Linux says EIO when nobody has its other end any more."""
    try:
        return os.read(source.fileno(), _CHUNK)
    except OSError:
        return b""


def _written(target: IO[str], part: bytes) -> bool:
    try:
        while part:
            part = part[os.write(target.fileno(), part) :]
    except OSError:
        return False
    return True
