"""Around everything: a request id, the security headers of every answer, static files before the router."""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from lacewing.http.content_policy import PLAIN
from lacewing.http.lingering import IncomingBody
from lacewing.http.static import StaticFiles
from lacewing.settings import Settings

Scope = dict[str, Any]
Asgi = Callable[..., Awaitable[None]]

STALLED_SECONDS = 60.0
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_HEADERS = [
    (b"content-security-policy", PLAIN.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
]
_HSTS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")


class _StalledError(Exception):
    """Ends a request without an answer."""


class Edge:
    """The outermost ASGI application."""

    def __init__(self, app: Asgi, static: StaticFiles, settings: Settings) -> None:
        self._app = app
        self._static = static
        self._headers = [*_HEADERS, _HSTS] if settings.over_https else _HEADERS

    async def __call__(self, scope: Scope, receive: Asgi, send: Asgi) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope["lacewing.request_id"] = request_id.decode()
        body = IncomingBody(scope, receive)
        scope["lacewing.receive"] = body.receive
        added = [*self._headers, (b"x-request-id", request_id)]

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message.get("more_body"):
                await _send_in_time(send, message)
                return
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(each for each in added if each[0] not in own)]
            elif body.is_unread:
                data = message.get("body", b"")
                await _send_in_time(send, message | {"body": data[:-1], "more_body": True})
                await body.hear_out()  # the server closes the connection behind the last byte
                message = message | {"body": data[-1:]}
            await send(message)

        if self._static.owns(scope["path"]) and scope["method"] in {"GET", "HEAD"}:
            await self._static(scope, send_with_headers)
            return
        with suppress(_StalledError):
            await self._app(scope, _unhurried(body.receive), send_with_headers)


async def _send_in_time(send: Asgi, message: dict[str, Any]) -> None:
    """Who takes nothing of a stream for so long is hung up on, and holds nothing any more."""
    try:
        async with asyncio.timeout(STALLED_SECONDS):
            await send(message)
    except TimeoutError:
        raise _StalledError from None


def _unhurried(receive: Asgi) -> Asgi:
    """Falcon asks for the first part of the body before it routes: it is given an empty one.

    So a credential and a `Content-Length` are judged before a byte of the body is waited for (E-3).
    """
    is_first = True

    async def receive_later() -> Any:  # noqa: ANN401 - an ASGI event
        nonlocal is_first
        if is_first:
            is_first = False
            return {"type": "http.request", "body": b"", "more_body": True}
        return await receive()

    return receive_later


def _request_id(scope: Scope) -> bytes:
    """The caller's own if it is a plain one, so that it can be found in both logs."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return bytes(value)
    return b"%024x" % random.getrandbits(96)
