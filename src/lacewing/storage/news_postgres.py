"""LISTEN and NOTIFY: what other processes commit to a PostgreSQL database."""

import select
import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress

import psycopg

Listening = psycopg.Connection[tuple[object, ...]]

CHANNEL = "lacewing"
NOTIFY = f"NOTIFY {CHANNEL}"
AGAIN_SECONDS = 1.0
PAUSE_SECONDS = 0.02


class PostgresWatcher:
    """On a connection of its own: NOTIFY in the writer's transactions would let their COMMITs queue behind a
    lock of the whole database, those of all processes. So it comes after them, as a hint, a few times a
    second at most.
    """

    def __init__(self, connect: Callable[[], Listening]) -> None:
        self._connect = connect
        self._told = threading.Event()
        self._stopped = threading.Event()
        self._bell, self._button = socket.socketpair()
        self._bell.setblocking(False)
        self._button.setblocking(False)

    def watch(self, changed: Callable[[], None]) -> None:
        while not self._stopped.is_set():
            with suppress(psycopg.Error, OSError), closing(self._connect()) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                changed()
                self._relay(connection, changed)
            self._stopped.wait(AGAIN_SECONDS)
        self._bell.close()
        self._button.close()

    def tell(self) -> None:
        if not self._told.is_set() and not self._stopped.is_set():
            self._told.set()
            self._ring()

    def stop(self) -> None:
        self._stopped.set()
        self._ring()

    def _relay(self, connection: Listening, changed: Callable[[], None]) -> None:
        """Until it is stopped, or the connection is lost."""
        either = select.poll()  # select() knows no file beyond the 1,024th
        for source in (connection, self._bell):
            either.register(source.fileno(), select.POLLIN)
        while not self._stopped.is_set():
            either.poll()
            with suppress(BlockingIOError):
                self._bell.recv(64)
            self._pass_on(connection)
            heard = [told.pid for told in connection.notifies(timeout=0)]
            if any(pid != connection.info.backend_pid for pid in heard):
                changed()
            self._stopped.wait(PAUSE_SECONDS)
        self._pass_on(connection)

    def _pass_on(self, connection: Listening) -> None:
        """What could not be told on a connection that is lost, the next one tells."""
        if not self._told.is_set():
            return
        self._told.clear()
        try:
            connection.execute(NOTIFY)
        except psycopg.Error:
            self._told.set()
            self._ring()
            raise

    def _ring(self) -> None:
        with suppress(OSError):
            self._button.send(b"!")
