"""A throw-away Redis or Valkey: it keeps nothing, and never outlives the process that started it."""

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from types import TracebackType
from typing import Final, Self

import redis

from tests.children import bound_to_us
from tests.ports import free_port

START_SECONDS: Final = 60.0
_OPTIONS: Final = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--databases", "1")


class RedisMissingError(RuntimeError):
    """Neither Redis nor Valkey is installed."""


class RedisServer:
    """On a free loopback port, which it keeps over restarts."""

    def __init__(self) -> None:
        """Raises RedisMissingError."""
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            raise RedisMissingError("Redis is not installed (Debian: apt-get install redis-server)")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._command = [program, "--port", str(self.port), *_OPTIONS]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        account = pwd.getpwuid(os.geteuid())
        self._process = subprocess.Popen(
            bound_to_us(self._command, signal.SIGKILL, account),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        atexit.register(self.kill)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("redis-server did not start")
            time.sleep(0.01)

    def kill(self) -> None:
        """At once, as a crash does; safe to call again."""
        atexit.unregister(self.kill)
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def stop_answering(self) -> None:
        """It keeps its connections, and says nothing more."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def answer_again(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def empty(self) -> None:
        with redis.Redis(port=self.port) as client:
            client.flushall()

    def keys(self) -> dict[str, int]:
        """Every key and the seconds that it is still kept."""
        with redis.Redis(port=self.port, decode_responses=True) as client:
            return {key: client.ttl(key) for key in client.scan_iter()}

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True
