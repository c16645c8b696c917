"""What a worker does when its database is away, its machine sleeps, or what it did can not be stored."""

import asyncio
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from lacewing.jobs import Job, Outcome
from lacewing.jobs.membership import FENCE_SECONDS
from lacewing.jobs.tables import job_workers
from lacewing.kit.errors import unavailable
from lacewing.storage import Transaction
from tests.jobs.working import Ticks, Yard, until
from tests.world import START

WHILE = 50


class Gate:
    """A step that units begin with: `fault` is what they meet, while `is_shut` they wait."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.met = 0
        self.may_pass = threading.Event()
        self.may_pass.set()

    def __call__(self, _tx: Transaction) -> None:
        self.may_pass.wait()
        if self.fault is not None:
            self.met += 1
            raise self.fault


class Long:
    """A job that ends when it is told to; others end at once."""

    def __init__(self, yard: Yard, name: str = "a") -> None:
        self.yard = yard
        self.name = name
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.was_cut_off = False

    async def handle(self, job: Job) -> Outcome:
        if job.payload["name"] == self.name:
            self.begun.set()
            try:
                await self.may_end.wait()
            except asyncio.CancelledError:
                self.was_cut_off = True
                raise
        return await self.yard.handle(job)


def test_a_database_that_is_away_is_not_asked_without_end(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.jobs.runner.BEAT_SECONDS", 0.01)
    gate, ticks = Gate(), Ticks()

    async def scene() -> None:
        runner = yard.runner(db=yard.db.beginning_with(gate), now=ticks)
        runner.start()
        await yard.reach(lambda states: not states)
        gate.fault = unavailable()
        ticks.seconds += FENCE_SECONDS
        await until(lambda: gate.met > 1)
        for _ in range(WHILE):
            await yard.db.write(lambda _tx: None)
        gate.fault = None
        await runner.stop()

    yard.add("a")
    yard.run(asyncio.wait_for(scene(), 60))
    assert gate.met < WHILE / 10


def test_a_machine_that_slept_strands_no_job(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its other clocks stood still: the heart beats on when the next job has been claimed already."""
    monkeypatch.setattr("lacewing.jobs.runner.BEAT_SECONDS", 0.3)
    ticks = Ticks()

    async def scene() -> None:
        long = Long(yard)
        runner = yard.runner(yard.kind(handler=long.handle, concurrency_per_group=1), now=ticks)
        runner.start()
        await long.begun.wait()
        ticks.seconds += FENCE_SECONDS
        long.may_end.set()
        await until(lambda: set(yard.tried) == {"a", "b"})
        await runner.stop()

    yard.add("a", "b")
    yard.run(asyncio.wait_for(scene(), 60))


def test_a_failed_look_for_jobs_ends_none_that_has_begun(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lacewing.jobs.runner.FAULT_SECONDS", 0.01)
    gate = Gate()

    async def scene() -> None:
        long = Long(yard)
        runner = yard.runner(yard.kind(handler=long.handle), db=yard.db.beginning_with(gate))
        runner.start()
        await long.begun.wait()
        gate.fault = unavailable()
        yard.clock.advance(seconds=1)
        await until(lambda: gate.met > 0)
        gate.fault = None
        await until(lambda: yard.tried == ["b"])
        assert not long.was_cut_off
        long.may_end.set()
        await until(lambda: yard.tried == ["b", "a"])
        await runner.stop()

    yard.add("a")
    yard.add("b", due_at=START + timedelta(seconds=0.05))
    yard.run(asyncio.wait_for(scene(), 60))
    assert yard.rows() == []


def test_an_attempt_that_can_not_be_stored_is_stored_later(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.jobs.runner.FAULT_SECONDS", 0.01)
    gate = Gate()

    async def handle(job: Job) -> Outcome:
        gate.fault = RuntimeError("a fault of the database's that nobody thought of")
        return await yard.handle(job)

    async def scene() -> None:
        runner = yard.runner(yard.kind(handler=handle), db=yard.db.beginning_with(gate))
        runner.start()
        await until(lambda: gate.met > 1)
        gate.fault = None
        await yard.reach(lambda states: states != {"a": "running"})
        await runner.stop()

    yard.add("a")
    yard.run(asyncio.wait_for(scene(), 60))
    assert yard.tried == ["a"]


def test_a_runner_that_stops_beats_until_what_has_begun_is_done(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else others would take it for dead, and do at the same time what it is at."""
    monkeypatch.setattr("lacewing.jobs.runner.BEAT_SECONDS", 0.01)

    async def beats() -> int:
        return await yard.db.read(lambda tx: tx.execute(select(job_workers.c.beats)).scalar_one())

    async def scene() -> None:
        long = Long(yard)
        runner = yard.runner(yard.kind(handler=long.handle))
        runner.start()
        await long.begun.wait()
        stopping = asyncio.create_task(runner.stop())
        await yard.reach(lambda states: states == {"a": "running", "b": "waiting"})
        seen = await beats()
        while await beats() < seen + 3:  # noqa: ASYNC110 - it is no event of ours
            await asyncio.sleep(0)
        long.may_end.set()
        await stopping

    yard.add("a")
    yard.add("b", due_at=START + timedelta(days=1))
    yard.run(asyncio.wait_for(scene(), 60))
    assert yard.tried == ["a"]


def test_what_has_begun_ends_when_it_may_be_taken_over_though_the_database_hangs(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.jobs.membership.FENCE_SECONDS", 0.5)
    gate = Gate()

    async def scene() -> None:
        long = Long(yard)
        runner = yard.runner(yard.kind(handler=long.handle), db=yard.db.beginning_with(gate))
        runner.start()
        await long.begun.wait()
        gate.may_pass.clear()
        yard.clock.advance(seconds=1)
        await until(lambda: long.was_cut_off)
        gate.may_pass.set()
        await runner.stop()

    yard.add("a")
    yard.add("b", due_at=START + timedelta(seconds=0.05))
    try:
        yard.run(asyncio.wait_for(scene(), 60))
    finally:
        gate.may_pass.set()
