"""Who was answered before its body was read is heard out, so that it hears the answer.

A connection closed over unread bytes is reset, and the answer is lost (RFC 9112, 9.6): nginx makes it a 502.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

MOST_BYTES = 16 * 1024 * 1024
MOST_SECONDS = 10.0
SILENT_SECONDS = 1.0


class IncomingBody:
    """Knows whether a request has a body of which the end has not come."""

    def __init__(self, scope: Mapping[str, Any], receive: Callable[..., Awaitable[Any]]) -> None:
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"")
        self._left = int(length) if length.isdigit() else None
        self.is_unread = bool(self._left) or (self._left is None and b"transfer-encoding" in headers)
        self._receive = receive

    async def receive(self) -> Any:  # noqa: ANN401 - an ASGI event
        event = await self._receive()
        if self._left is not None:
            self._left -= len(event.get("body", b""))
        is_last = not event.get("more_body") or (self._left is not None and self._left <= 0)
        self.is_unread = self.is_unread and event["type"] == "http.request" and not is_last
        return event

    async def hear_out(self) -> None:
        """Throws away what still comes, within bounds."""
        left = MOST_BYTES
        with suppress(TimeoutError):
            async with asyncio.timeout(MOST_SECONDS):
                while self.is_unread and left > 0:
                    async with asyncio.timeout(SILENT_SECONDS):
                        left -= len((await self.receive()).get("body", b""))
