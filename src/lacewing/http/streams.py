"""Answers that are made while they are sent, compressed as the caller accepts."""

import asyncio
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Any, Protocol

from lacewing.http.arrival import Headers, accepted_encodings
from lacewing.http.endpoint import Reply
from lacewing.kit import zstd

Receive = Callable[[], Awaitable[dict[str, Any]]]

_GZIP = 31
_GZIP_LEVEL = 6


class _Encoder(Protocol):
    def feed(self, data: bytes) -> bytes: ...

    def finish(self) -> bytes: ...


def streamed(asked: Headers, media_type: str, pieces: AsyncIterator[bytes]) -> Reply:
    """Each piece can be read as soon as it is there."""
    accepted = accepted_encodings(asked.get(b"accept-encoding") or "")
    vary = ("Vary", "Accept-Encoding")
    for name, encoder in (("zstd", zstd.Stream), ("gzip", _Gzip)):
        if name in accepted:
            headers = (vary, ("Content-Encoding", name))
            return Reply(headers=headers, media_type=media_type, stream=_encoded(pieces, encoder()))
    return Reply(headers=(vary,), media_type=media_type, stream=pieces)


async def while_there(
    pieces: AsyncIterator[bytes], receive: Receive, on_gone: Callable[[], None] | None = None
) -> AsyncIterator[bytes]:
    """Ends when the caller has gone away: what is sent to nobody is ignored, and would be made to its end.

    That is seen when the next piece is there; `on_gone` is called at once.
    """
    gone = asyncio.create_task(_leaves(receive))
    if on_gone is not None:
        gone.add_done_callback(lambda _: on_gone())
    try:
        async for piece in pieces:
            if gone.done():
                break
            yield piece
    finally:
        gone.cancel()
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()


async def _leaves(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _encoded(pieces: AsyncIterator[bytes], encoder: _Encoder) -> AsyncIterator[bytes]:
    async for piece in pieces:
        yield encoder.feed(piece)
    yield encoder.finish()


class _Gzip:
    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP)

    def feed(self, data: bytes) -> bytes:
        return self._compressor.compress(data) + self._compressor.flush(zlib.Z_SYNC_FLUSH)

    def finish(self) -> bytes:
        return self._compressor.flush()
