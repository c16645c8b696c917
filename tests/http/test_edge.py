"""What stands around every answer."""

import asyncio
from typing import Any

import pytest

from lacewing.http import edge
from lacewing.http.edge import Edge
from lacewing.http.static import StaticFiles
from lacewing.settings import Settings
from tests.world import Run


def test_who_takes_nothing_of_a_stream_is_hung_up_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "STALLED_SECONDS", 0.01)
    is_closed = asyncio.Event()

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        try:
            while True:
                await send({"type": "http.response.body", "body": b"x", "more_body": True})
        finally:
            is_closed.set()

    async def never(_message: Any = None) -> None:
        await asyncio.Event().wait()

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    run(asyncio.wait_for(Edge(app, StaticFiles(), Settings())(scope, never, never), 60))
    assert is_closed.is_set()
