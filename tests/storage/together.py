"""Units that certainly wait for the writer at the same moment, and so may share a transaction."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from lacewing.storage import Database, Transaction

PATIENCE_SECONDS = 60.0


@asynccontextmanager
async def held(db: Database) -> AsyncIterator[None]:
    """While inside, the writer is busy with a unit of ours, and whatever is submitted waits in its queue."""
    began, may_end = threading.Event(), threading.Event()

    def hold(_tx: Transaction) -> None:
        began.set()
        assert may_end.wait(PATIENCE_SECONDS)

    holding = asyncio.create_task(db.write(hold))
    assert await asyncio.to_thread(began.wait, PATIENCE_SECONDS)
    try:
        yield
    finally:
        may_end.set()
        await holding


async def queued(*calls: Callable[[], Awaitable[Any]]) -> list[asyncio.Task[Any]]:
    """The calls under way, in this order: each has reached the queue, none has gone further."""
    tasks = [asyncio.ensure_future(call()) for call in calls]
    await asyncio.sleep(0)
    return tasks


async def together(db: Database, *calls: Callable[[], Awaitable[Any]]) -> list[Any]:
    """The values, or the exceptions, of calls that waited together."""
    async with held(db):
        tasks = await queued(*calls)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def write_together(db: Database, *units: Callable[[Transaction], Any]) -> list[Any]:
    return await together(db, *((lambda unit=unit: db.write(unit)) for unit in units))
