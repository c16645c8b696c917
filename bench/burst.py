"""Many connections that submit as fast as they are answered, until a blow falls."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bench import payload
from bench.ledger import Ledger
from bench.seeding import SUBMIT
from bench.wire import Connection

CONNECTIONS: Final = 32
GOING_SECONDS: Final = 60.0
ENDING_SECONDS: Final = 45.0
LOOK_SECONDS: Final = 0.0005


@dataclass(frozen=True, slots=True)
class Moment:
    """When in a burst the blow falls: so long after so many more reports were acknowledged."""

    after_reports: int
    delay_seconds: float


class Burst:
    """One burst. Its titles have to be unique over all bursts of a project."""

    def __init__(self, port: int, key: str, ledger: Ledger, titles: Iterator[str]) -> None:
        self._port = port
        self._headers = {"X-API-Key": key}
        self._ledger = ledger
        self._titles = titles
        self._struck = False

    def play(self, moment: Moment, blow: Callable[[], object]) -> None:
        """Returns when every connection has ended. Raises TimeoutError if it never gets going, or ends."""
        asyncio.run(self._play(moment, blow))

    async def _play(self, moment: Moment, blow: Callable[[], object]) -> None:
        async with asyncio.timeout(GOING_SECONDS + ENDING_SECONDS), asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._submit_until_struck())
            await self._wait_for(len(self._ledger.acknowledged) + moment.after_reports)
            await asyncio.sleep(moment.delay_seconds)
            # Blocking is meant: answers that were sent before the blow are read, and count, after it.
            blow()
            self._struck = True

    async def _wait_for(self, acknowledged: int) -> None:
        deadline = time.monotonic() + GOING_SECONDS
        while len(self._ledger.acknowledged) < acknowledged:
            if self._ledger.unexpected() or time.monotonic() > deadline:
                self._struck = True
                refused = dict(self._ledger.refused)
                raise TimeoutError(f"the burst did not get going; refused: {refused} {self._ledger.refusal}")
            await asyncio.sleep(LOOK_SECONDS)

    async def _submit_until_struck(self) -> None:
        connection = await Connection.open(self._port)
        try:
            while not self._struck:
                await self._submit(connection)
        except ConnectionError:
            self._ledger.note_silence(expected=self._struck)
        finally:
            connection.close()

    async def _submit(self, connection: Connection) -> None:
        title = next(self._titles)
        answer = await connection.post(SUBMIT, self._headers, payload.body(title))
        self._ledger.note(title.ljust(payload.TITLE_CHARACTERS, "."), answer)
