"""A receiver of webhooks on loopback that notes what it is called with, and when."""

import asyncio
import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from bench.wire import HOST

REFUSES_ONE_IN: Final = 25


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `subject` is the report, or the comment, that it tells of."""

    message_id: str
    event: str
    report: str
    subject: str
    begun: float
    ended: float
    status: int


class Receiver:
    """Takes `seconds` for each; with `refuses`, some messages get a 500 the first time."""

    def __init__(self, seconds: float = 0.0, *, refuses: bool = False) -> None:
        self.calls: list[Call] = []
        self.begun = 0
        self.port = 0
        self._seconds = seconds
        self._refuses = refuses
        self._refused: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = asyncio.Event()
        self._is_ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def __enter__(self) -> Self:
        self._thread.start()
        self._is_ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/hook"

    def taken(self) -> list[Call]:
        """Those that were answered as received."""
        return [call for call in list(self.calls) if call.status == 200]

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._answer_all, HOST, 0)
        self.port = server.sockets[0].getsockname()[1]
        self._is_ready.set()
        await self._stopped.wait()
        server.close()

    async def _answer_all(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    await self._answer(reader, writer)
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        body = json.loads(await reader.readexactly(int(fields["content-length"])))
        self.begun += 1
        begun = time.monotonic()
        await asyncio.sleep(self._seconds)
        message_id = fields["webhook-id"]
        status = 500 if self._is_refused(message_id) else 200
        report, comment = body["data"]["id"], body.get("comment") or {}
        subject = comment.get("id", report)
        ended = time.monotonic()
        self.calls.append(Call(message_id, body["event"], report, subject, begun, ended, status))
        writer.write(f"HTTP/1.1 {status} Told\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()

    def _is_refused(self, message_id: str) -> bool:
        if not self._refuses or int(message_id[-8:], 16) % REFUSES_ONE_IN or message_id in self._refused:
            return False
        self._refused.add(message_id)
        return True
