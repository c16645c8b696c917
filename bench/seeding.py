"""Fills a project through the API, as any client would."""

import asyncio
from collections.abc import Iterator

from bench import payload
from bench.wire import Connection

CONNECTIONS = 32
SUBMIT = "/api/v1/reports"


def seed(port: int, key: str, count: int) -> None:
    """Submits `count` reports. Raises RuntimeError at the first that is not answered 201."""
    asyncio.run(_seed(port, key, count))


async def _seed(port: int, key: str, count: int) -> None:
    titles = (f"Seeded report {number}" for number in range(count))
    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(_submit_all(port, key, titles))


async def _submit_all(port: int, key: str, titles: Iterator[str]) -> None:
    connection = await Connection.open(port)
    try:
        for title in titles:
            answer = await connection.post(SUBMIT, {"X-API-Key": key}, payload.body(title))
            if answer.status != 201:
                raise RuntimeError(f"seeding was answered {answer.status}: {answer.body.decode()}")
    finally:
        connection.close()
