"""A receiver of webhooks on this machine, on a real socket, that does as it is told with each connection."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

Conduct = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Receiver:
    port: int
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    def url(self, host: str = "hooks.example.org", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}/bugs?team=1"


def answering(answer: bytes = OK) -> Conduct:
    async def conduct(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    return conduct


@asynccontextmanager
async def receiving(conduct: Conduct, tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """Reads each request, then behaves; whatever it does, it ends with the block."""

    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        it.connections += 1
        with suppress(OSError, asyncio.IncompleteReadError):
            it.requests.append(await _request(reader))
            await conduct(reader, writer)
        await _finish(writer)

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        serving.add(task)
        task.add_done_callback(lambda _: (serving.discard(task), writer.transport.abort()))

    server = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=tls)
    it = Receiver(server.sockets[0].getsockname()[1])
    try:
        yield it
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        await asyncio.sleep(0)


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
    )
    return head + await reader.readexactly(length)


async def _finish(writer: asyncio.StreamWriter) -> None:
    """What was written arrives before the connection ends."""
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
