"""Whatever workers do, in any order: no lane is held twice, none is stuck, each job ends once."""

from collections import defaultdict
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from lacewing.jobs import Job, Outcome, again, dead, done
from lacewing.jobs import workers as steps
from lacewing.jobs.claim import claim
from lacewing.jobs.queries import workers
from lacewing.jobs.settle import settle
from lacewing.jobs.tables import job_workers, jobs
from lacewing.jobs.upkeep import mend_after_clock_jump
from lacewing.jobs.values import JobState, SeenWorker
from lacewing.kit.ids import new_id
from lacewing.storage import Transaction
from tests.jobs.working import SCHEDULE, Yard

WORKERS = 2
LANES = (None, "l", "m")
OUTCOMES = {"finish": done(), "fail": again("busy"), "bury": dead("gone")}
OPERATIONS = ("add", "claim", "crash", "leave", "wait", "set back", *OUTCOMES)


class Model:
    """What the workers of one example hold, and what has ended."""

    def __init__(self, yard: Yard) -> None:
        self.yard = yard
        self.workers = [self._join() for _ in range(WORKERS)]
        self.held: list[list[Job]] = [[] for _ in self.workers]
        self.made: list[str] = []
        self.ended: list[str] = []
        self.lanes: dict[str, list[str]] = defaultdict(list)

    def do(self, operation: str, number: int) -> None:
        at = number % WORKERS
        match operation:
            case "add":
                self._add(LANES[number % len(LANES)])
            case "claim":
                counts = {"dig/": 1 + number % 3}
                self.held[at] += self._write(lambda tx: claim(tx, self.workers[at], counts))
            case "crash":
                seen = self._seen(at)
                self._write(lambda tx: steps.reap(tx, seen))
                self._renew(at)
            case "leave":
                self._write(lambda tx: steps.leave(tx, self.workers[at]))
                self._renew(at)
            case "wait":
                self.yard.clock.advance(minutes=number)
            case "set back":
                self.yard.clock.advance(days=-number)
            case _:
                if self.held[at]:
                    self._settle(at, OUTCOMES[operation])

    def check(self) -> None:
        rows = self.yard.rows()
        held = {job.id: worker for worker, its in zip(self.workers, self.held, strict=True) for job in its}
        assert {row.id: row.worker_id for row in rows if row.state is JobState.RUNNING} == held
        for lane in LANES[1:]:
            its = [row for row in rows if row.lane == lane and row.state is not JobState.DEAD]
            assert sum(row.state is JobState.RUNNING for row in its) <= 1
            assert not its or its[0].state is not JobState.BEHIND
            assert all(row.state is JobState.BEHIND for row in its[1:])

    def drain(self) -> None:
        for at in range(WORKERS):
            self.do("leave", at)
        self.yard.run(mend_after_clock_jump(self.yard.db))
        while len(self.ended) < len(self.made):
            self.yard.clock.advance(hours=1)
            self.do("claim", 0)
            assert self.held[0], "a job is stuck"
            while self.held[0]:
                self._settle(0, done())

    def _add(self, lane: str | None) -> None:
        name = f"{len(self.made)}"
        self.yard.add(name, lane=lane)
        self.made.append(name)
        if lane is not None:
            self.lanes[lane].append(name)

    def _settle(self, at: int, outcome: Outcome) -> None:
        job = self.held[at].pop(0)
        if self._write(lambda tx: settle(tx, job, outcome, SCHEDULE)) is None:
            self.ended.append(job.payload["name"])

    def _renew(self, at: int) -> None:
        self.workers[at] = self._join()
        self.held[at] = []

    def _join(self) -> Any:
        worker_id = new_id()
        self._write(lambda tx: steps.join(tx, worker_id))
        return worker_id

    def _seen(self, at: int) -> SeenWorker:
        found = self.yard.run(self.yard.db.read(workers))
        return next(worker for worker in found if worker.id == self.workers[at])

    def _write(self, unit: Any) -> Any:
        return self.yard.run(self.yard.db.write(unit))


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(1, 12)), min_size=5, max_size=30))
def test_no_job_is_lost_or_held_twice_and_each_lane_keeps_its_order(
    yard: Yard, operations: list[tuple[str, int]]
) -> None:
    yard.run(yard.db.write(_empty))
    model = Model(yard)
    for operation, number in operations:
        model.do(operation, number)
        model.check()
    model.drain()
    assert sorted(model.ended) == sorted(model.made)
    for names in model.lanes.values():
        assert [name for name in model.ended if name in names] == names


def _empty(tx: Transaction) -> None:
    """As the example before may have left it."""
    tx.execute(delete(jobs))
    tx.execute(delete(job_workers))
