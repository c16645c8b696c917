"""What an instance under attack does to logins without a known device: they wait (P-1)."""

import asyncio
from collections.abc import Awaitable, Callable

from lacewing.kit.errors import unavailable

SECONDS = 2.0
MAX_WAITING = 100


class SlowDown:
    """One a process; a bounded number waits."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._waiting = 0

    async def wait(self) -> None:
        """Raises UNAVAILABLE when too many wait already."""
        if self._waiting >= MAX_WAITING:
            raise unavailable("Too many logins at this moment. Try again shortly.")
        self._waiting += 1
        try:
            await self._sleep(SECONDS)
        finally:
            self._waiting -= 1
