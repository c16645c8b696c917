"""An answer that is made while it is sent is not made for who has gone away."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from lacewing.http.streams import while_there
from tests.world import Run


def test_a_stream_ends_when_its_caller_has_gone(run: Run) -> None:
    made: list[bytes] = []
    is_closed = asyncio.Event()

    async def pieces() -> AsyncIterator[bytes]:
        try:
            while True:
                made.append(b"x")
                yield b"x"
        finally:
            is_closed.set()

    async def listen() -> None:
        gone = asyncio.Event()

        async def receive() -> dict[str, Any]:
            await gone.wait()
            return {"type": "http.disconnect"}

        async for _ in while_there(pieces(), receive):
            await asyncio.sleep(0)
            if len(made) == 3:
                gone.set()

    run(asyncio.wait_for(listen(), 60))
    assert len(made) <= 5
    assert is_closed.is_set()
