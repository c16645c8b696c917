"""A queue with workers whose jobs do what a test says."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from lacewing import jobs
from lacewing.jobs import Job, JobKind, NewJob, Outcome, Runner
from lacewing.jobs.tables import jobs as table
from lacewing.storage import Database, Transaction
from tests.world import FakeClock, Run

MINUTE = timedelta(minutes=1)
SCHEDULE = (MINUTE, 10 * MINUTE)


class Ticks:
    """A monotonic clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Yard:
    """`outcomes` says what becomes of a job by its name, one attempt after another; else it is done."""

    def __init__(self, db: Database, beside: Callable[[], Database], clock: FakeClock, run: Run) -> None:
        self.db = db
        self.beside = beside
        self.clock = clock
        self.run = run
        self.tried: list[str] = []
        self.outcomes: dict[str, list[Outcome | Exception]] = {}

    def add(self, *names: str, kind: str = "dig", **rest: Any) -> list[Any]:
        new = [NewJob(kind, {"name": name}, **rest) for name in names]
        return self.run(self.db.write(lambda tx: jobs.add_many(tx, new)))

    async def handle(self, job: Job) -> Outcome:
        name = job.payload["name"]
        self.tried.append(name)
        outcome = (self.outcomes.get(name) or [jobs.done()]).pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def kind(self, name: str = "dig", **changed: Any) -> JobKind:
        return JobKind(**{"name": name, "handler": self.handle, "schedule": SCHEDULE, **_LIMIT, **changed})

    def runner(self, *kinds: JobKind, db: Database | None = None, now: Ticks | None = None) -> Runner:
        return Runner(db or self.db, kinds or (self.kind(),), **({} if now is None else {"now": now}))

    def work(self) -> list[str]:
        """What was tried now, in order."""
        self.tried.clear()
        self.run(asyncio.wait_for(self.runner().run_due(), 60))
        return list(self.tried)

    def rows(self) -> list[Any]:
        return self.run(self.db.read(_rows))

    def states(self) -> Mapping[str, str]:
        return self.run(self.read_states())

    async def read_states(self) -> Mapping[str, str]:
        return {row.payload["name"]: row.state.value for row in await self.db.read(_rows)}

    async def reach(self, is_so: Callable[[Mapping[str, str]], bool]) -> None:
        """Waits until the states of the jobs are such."""
        while not is_so(await self.read_states()):  # noqa: ASYNC110 - it is no event of ours
            await asyncio.sleep(0)


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - it is no event of ours
        await asyncio.sleep(0)


def _rows(tx: Transaction) -> list[Any]:
    return list(tx.execute(select(table).order_by(table.c.number)))


_LIMIT = {"concurrency_per_group": 4}
