"""An answer that comes before the whole body is heard, also by who sends first and reads then (a proxy)."""

import asyncio
import selectors
import socket
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from lacewing.http.lingering import MOST_BYTES, MOST_SECONDS, SILENT_SECONDS, IncomingBody
from tests.http.conftest import Site

LONG = 12 * 1024 * 1024


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/auth/login", b"413"), ("/api/v1/upload/screenshot", b"401"), ("/api/v1/nothing", b"404")],
)
def test_who_sends_all_of_a_refused_body_hears_the_answer(site: Site, path: str, status: bytes) -> None:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {LONG}\r\n\r\n"
    )
    with _connected(site) as connection:
        connection.sendall(head.encode() + bytes(LONG))
        assert connection.recv(12) == b"HTTP/1.1 " + status


def test_who_sends_nothing_of_it_is_answered_at_once_and_let_go(site: Site) -> None:
    with _connected(site) as connection:
        connection.sendall(_head("/api/v1/auth/login"))
        assert connection.recv(12) == b"HTTP/1.1 413"
        while connection.recv(65536):
            pass


def test_a_body_that_was_read_to_its_length_is_read() -> None:
    """The server tells of its end in an event of its own, for which nobody asks."""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"{}", "more_body": True}

    body = IncomingBody({"headers": [(b"content-length", b"4")]}, receive)
    assert body.is_unread
    asyncio.run(body.receive())
    assert body.is_unread
    asyncio.run(body.receive())
    assert not body.is_unread


async def drips() -> dict[str, object]:
    await asyncio.sleep(0.4)
    return {"type": "http.request", "body": b" ", "more_body": True}


async def says_nothing() -> dict[str, object]:
    await asyncio.Event().wait()
    return {}


@pytest.mark.parametrize(("receive", "seconds"), [(drips, MOST_SECONDS), (says_nothing, SILENT_SECONDS)])
def test_who_is_slow_is_not_heard_out_for_longer(
    receive: Callable[[], Awaitable[Any]], seconds: float
) -> None:
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        assert runner.run(heard_for(receive)) == pytest.approx(seconds)


async def heard_for(receive: Callable[[], Awaitable[Any]]) -> float:
    loop = asyncio.get_running_loop()
    begun_at = loop.time()
    await endless(receive).hear_out()
    return loop.time() - begun_at


def test_of_an_endless_body_so_many_bytes_are_heard() -> None:
    chunk, heard = bytes(1024 * 1024), 0

    async def receive() -> dict[str, object]:
        nonlocal heard
        heard += len(chunk)
        return {"type": "http.request", "body": chunk, "more_body": True}

    asyncio.run(endless(receive).hear_out())
    assert heard == MOST_BYTES


def endless(receive: Callable[[], Awaitable[Any]]) -> IncomingBody:
    return IncomingBody({"headers": [(b"transfer-encoding", b"chunked")]}, receive)


class LeapingLoop(asyncio.SelectorEventLoop):
    """Its time passes by leaps alone, to what is due next: nobody waits."""

    def __init__(self) -> None:
        self._leaps = _Leaps()
        super().__init__(self._leaps)

    def time(self) -> float:
        return self._leaps.seconds


class _Leaps(selectors.DefaultSelector):
    seconds = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.seconds += timeout or 0.0
        return super().select(0)


def _head(path: str) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {LONG}\r\n\r\n".encode()


def _connected(site: Site) -> socket.socket:
    where = urlsplit(site.server.url)
    return socket.create_connection((where.hostname or "", where.port or 0), 10)
