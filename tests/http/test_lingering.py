"""An answer that comes before the whole body is heard, also by who sends first and reads then (a proxy)."""

import asyncio
import socket
from urllib.parse import urlsplit

import pytest

from lacewing.http.lingering import IncomingBody
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


def _head(path: str) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {LONG}\r\n\r\n".encode()


def _connected(site: Site) -> socket.socket:
    where = urlsplit(site.server.url)
    return socket.create_connection((where.hostname or "", where.port or 0), 10)
