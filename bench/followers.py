"""Clients of the live stream in this process: as many as wanted, each on a connection of its own."""

import asyncio
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from bench.wire import HOST

STREAM: Final = "/api/v1/events/stream"
PATIENCE_SECONDS: Final = 60.0
_DATA: Final = b"data: "


class Followers:
    """`late_ms` is how long after its transaction began each change arrived, by this machine's one clock."""

    def __init__(self, port: int, tokens: Sequence[str], each: int) -> None:
        self._port = port
        self._tokens = tokens
        self._each = each
        self._open = 0
        self._all_open = asyncio.Event()
        self.late_ms: list[float] = []
        self.refused: list[str] = []

    async def follow(self, until: asyncio.Event, ready: threading.Event) -> None:
        """Returns at once when `until` is set; `ready` is set when every stream has begun."""
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._follow_one(token))
                for token in self._tokens
                for _ in range(self._each)
            ]
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._all_open.wait()
            ready.set()
            await until.wait()
            for task in tasks:
                task.cancel()

    async def _follow_one(self, token: str) -> None:
        reader, writer = await asyncio.open_connection(HOST, self._port)
        request = f"GET {STREAM} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n\r\n"
        writer.write(request.encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                self.refused.append(head.decode("latin-1").partition("\r\n")[0])
                self._note_open()
            while not (await reader.readline()).startswith(b"id: "):
                pass
            self._note_open()
            while line := await reader.readline():
                self._read(line)
        finally:
            writer.close()

    def _note_open(self) -> None:
        self._open += 1
        if self._open == len(self._tokens) * self._each:
            self._all_open.set()

    def _read(self, line: bytes) -> None:
        if line.startswith(_DATA) and line != b"data: {}\n":
            told = datetime.fromisoformat(json.loads(line.removeprefix(_DATA))["at"])
            self.late_ms.append((datetime.now(UTC) - told).total_seconds() * 1000)


@contextmanager
def following(port: int, tokens: Sequence[str], each: int) -> Iterator[Followers]:
    """In a thread of their own, open for as long as the block. Raises RuntimeError if one is refused."""
    made = Followers(port, tokens, each)
    ready, until, loop = threading.Event(), asyncio.Event(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(made.follow(until, ready),))
    thread.start()
    try:
        if not ready.wait(PATIENCE_SECONDS) or made.refused:
            raise RuntimeError(f"streams were not opened: {made.refused[:3]}")
        yield made
    finally:
        loop.call_soon_threadsafe(until.set)
        thread.join()
        loop.close()
