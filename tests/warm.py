"""The program, loaded once: a fork of it starts as a new process would, without a second of imports.

This file is also that process. It is told in lines of JSON on its standard input, and ends with it.
"""

import ctypes
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

LOADED: Final = ("service", "serve", "work", "admin", "backup", "restore", "doctor.examine")
POLL_SECONDS: Final = 0.005
_PR_SET_PDEATHSIG: Final = 1


class WarmChild:
    """Of `subprocess.Popen` what tests need. It leads a session of its own; without us it dies."""

    def __init__(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        out: Path,
        err: Path,
        given: Path = Path(os.devnull),
    ) -> None:
        """`given` is its standard input."""
        self.args = words
        self._status: int | None = None
        files = {"given": str(given), "out": str(out), "err": str(err)}
        self.pid = int(_warm().ask(words=words, environment=environment, files=files))

    def poll(self) -> int | None:
        if self._status is None:
            self._status = _warm().ask(ended=self.pid)
        return self._status

    def wait(self, timeout: float | None = None) -> int:
        """Raises TimeoutExpired."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
            time.sleep(POLL_SECONDS)
        return status

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class _Warm:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._turn = threading.Lock()

    def ask(self, **told: Any) -> Any:
        with self._turn:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(told) + "\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())


@cache
def _warm() -> _Warm:
    return _Warm()


def _serve_forks() -> list[str]:
    """Returns in the forks only: the words of their command line."""
    warm = os.getpid()
    while line := sys.stdin.readline():
        told = json.loads(line)
        if "ended" in told:
            pid, status = os.waitpid(told["ended"], os.WNOHANG)
            _answer(os.waitstatus_to_exitcode(status) if pid else None)
        elif (pid := os.fork()) == 0:
            _become_the_program(warm, told["environment"], **told["files"])
            return list(told["words"])
        else:
            _answer(pid)
    sys.exit()


def _answer(value: int | None) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _become_the_program(warm: int, environment: dict[str, str], given: str, out: str, err: str) -> None:
    os.setsid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != warm:
        os.kill(os.getpid(), signal.SIGKILL)
    for number, path, flags in ((0, given, os.O_RDONLY), (1, out, os.O_WRONLY), (2, err, os.O_WRONLY)):
        opened = os.open(path, flags | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0)  # noqa: SIM115 - what the warm process has read ahead is not for this one
    sys.stdout = open(1, "w", buffering=1 if os.isatty(1) else -1)  # noqa: SIM115 - as a new process would
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = [folder for folder in environment.get("PYTHONPATH", "").split(os.pathsep) if folder]


if __name__ == "__main__":
    for name in LOADED:
        import_module(f"lacewing.cli.box.{name}")
    import_module("lacewing.storage.postgres")
    command = import_module("lacewing.cli").main
    gc.collect()
    gc.freeze()
    sys.argv = ["lacewing", *_serve_forks()]
    command()
