"""Ports of our own servers."""

import os
import socket
from itertools import cycle
from typing import Final

FIRST: Final = 20_000
OF_EACH: Final = 1_500
PROCESSES: Final = 8


def _ports() -> range:
    """Of this process of pytest-xdist, beginning anywhere: another run may be beside."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % PROCESSES
    return range(FIRST + number * OF_EACH, FIRST + (number + 1) * OF_EACH)


_next: Final = cycle([*_ports()[os.getpid() % OF_EACH :], *_ports()[: os.getpid() % OF_EACH]])


def free_port() -> int:
    """Where nobody listens, nor will while it is kept for a server that is to start, or to start again.

    It is below those that the system gives to whoever connects, and to whoever asks for any.
    """
    return next(port for port in _next if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
