"""Several workers: no job and no lane is held by two, and what a dead one held is done by another."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from lacewing.jobs import Job, Outcome, done
from lacewing.jobs.claim import claim
from lacewing.jobs.membership import FENCE_SECONDS, REAP_SECONDS, Membership
from lacewing.jobs.settle import LostError, settle
from lacewing.jobs.upkeep import mend_after_clock_jump
from lacewing.jobs.workers import MOST_CRASHES, ReapedError
from lacewing.storage import Database
from tests.jobs.working import SCHEDULE, Ticks, Yard, until
from tests.world import START

ALL = {"dig/": 100}


class Peer:
    """A worker of another process, step by step."""

    def __init__(self, yard: Yard, db: Database, ticks: Ticks) -> None:
        self.yard = yard
        self.db = db
        self.member = Membership(db, ticks)
        yard.run(self.member.join())

    def claim(self) -> list[Job]:
        return self.yard.run(self.db.write(lambda tx: claim(tx, self.member.id, ALL)))

    def settle(self, job: Job, outcome: Outcome | None = None) -> None:
        self.yard.run(self.db.write(lambda tx: settle(tx, job, outcome or done(), SCHEDULE)))

    def watch(self) -> int:
        return self.yard.run(self.member.watch())

    def beat(self) -> None:
        self.yard.run(self.member.beat())


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def peers(yard: Yard, ticks: Ticks) -> tuple[Peer, Peer]:
    return Peer(yard, yard.db, ticks), Peer(yard, yard.beside(), ticks)


def names(found: list[Job]) -> list[str]:
    return [job.payload["name"] for job in found]


def test_a_job_is_claimed_by_one(yard: Yard, peers: tuple[Peer, Peer]) -> None:
    one, other = peers
    yard.add("a", "b")
    assert names(one.claim()) == ["a", "b"]
    assert other.claim() == []


def test_two_who_claim_at_once_share_the_jobs_and_never_a_lane(yard: Yard, peers: tuple[Peer, Peer]) -> None:
    lanes = [f"lane {number % 7}" for number in range(40)]
    for number, lane in enumerate(lanes):
        yard.add(f"a{number}", lane=lane)

    async def both() -> list[Job]:
        units = [
            peer.db.write(lambda tx, peer=peer: claim(tx, peer.member.id, {"dig/": 2}))
            for _ in range(5)
            for peer in peers
        ]
        return [job for found in await asyncio.gather(*units) for job in found]

    claimed = yard.run(both())
    assert len({job.id for job in claimed}) == len(claimed)
    assert Counter(job.lane for job in claimed).most_common(1)[0][1] == 1


def test_who_is_not_heard_of_loses_its_jobs(yard: Yard, peers: tuple[Peer, Peer], ticks: Ticks) -> None:
    dead, other = peers
    yard.add("a", "b", lane="l")
    [job] = dead.claim()
    assert other.watch() == 0
    ticks.seconds += REAP_SECONDS - 0.1
    assert other.watch() == 0
    ticks.seconds += 0.1
    assert other.watch() == 1
    assert names(other.claim()) == ["a"]
    with pytest.raises(LostError):
        dead.settle(job)
    with pytest.raises(ReapedError):
        dead.claim()
    with pytest.raises(ReapedError):
        dead.beat()


def test_who_beats_keeps_its_jobs_however_the_wall_clock_jumps(
    yard: Yard, peers: tuple[Peer, Peer], ticks: Ticks
) -> None:
    one, other = peers
    yard.add("a")
    [job] = one.claim()
    for days in (365, -700):
        other.watch()
        yard.clock.advance(days=days)
        ticks.seconds += REAP_SECONDS
        one.beat()
        assert other.watch() == 0
        assert other.claim() == []
    one.settle(job)
    assert yard.rows() == []


def test_a_worker_is_unsure_of_itself_before_others_take_it_for_dead(
    peers: tuple[Peer, Peer], ticks: Ticks
) -> None:
    assert FENCE_SECONDS < REAP_SECONDS
    one, _ = peers
    ticks.seconds += FENCE_SECONDS - 1
    assert one.member.sure_for_seconds > 0
    one.beat()
    ticks.seconds += FENCE_SECONDS
    assert one.member.sure_for_seconds <= 0


def test_what_ends_its_worker_each_time_is_given_up(yard: Yard, ticks: Ticks) -> None:
    yard.add("a", "b", lane="l")
    watcher = Peer(yard, yard.db, ticks)
    for _ in range(MOST_CRASHES):
        assert names(Peer(yard, yard.db, ticks).claim()) == ["a"]
        watcher.watch()
        ticks.seconds += REAP_SECONDS
        watcher.beat()
        watcher.watch()
    assert yard.states() == {"a": "dead", "b": "waiting"}


def test_a_clock_that_was_set_back_strands_no_job(yard: Yard) -> None:
    yard.clock.advance(days=400)
    yard.add("soon")
    yard.add("later", due_at=START + timedelta(days=400, minutes=10))
    yard.clock.advance(days=-400)
    assert yard.work() == []
    assert yard.run(mend_after_clock_jump(yard.db)) == 2
    assert yard.work() == ["soon"]
    yard.clock.advance(minutes=10)
    assert yard.work() == ["later"]


def test_a_runner_stops_when_what_is_begun_is_done_and_lets_the_rest_go(yard: Yard) -> None:
    async def live() -> None:
        begun, may_end = asyncio.Event(), asyncio.Event()

        async def handle(job: Job) -> Outcome:
            begun.set()
            await may_end.wait()
            return await yard.handle(job)

        runner = yard.runner(yard.kind(handler=handle, concurrency_per_group=1))
        runner.start()
        await begun.wait()
        stopping = asyncio.create_task(runner.stop())
        while await yard.read_states() != {"a": "running", "b": "waiting", "c": "waiting"}:  # noqa: ASYNC110 - nor of ours
            await asyncio.sleep(0)
        may_end.set()
        await stopping

    yard.add("a", "b", "c")
    yard.run(asyncio.wait_for(live(), 60))
    assert yard.tried == ["a"]
    assert yard.states() == {"b": "waiting", "c": "waiting"}


def test_what_does_not_end_when_it_is_told_to_is_tried_again_by_another(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.jobs.runner.STOP_SECONDS", 0.01)

    async def live() -> None:
        begun = asyncio.Event()

        async def hang(_job: Job) -> Outcome:
            begun.set()
            await asyncio.Event().wait()
            return done()

        runner = yard.runner(yard.kind(handler=hang))
        runner.start()
        await asyncio.wait_for(begun.wait(), 60)
        await runner.stop()

    yard.add("a")
    yard.run(live())
    assert yard.work() == ["a"]


def test_a_runner_that_was_taken_for_dead_drops_what_it_held_and_begins_anew(
    yard: Yard, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.jobs.runner.BEAT_SECONDS", 0.01)
    other = Membership(yard.beside(), ticks)
    hung: list[str] = []

    async def handle(job: Job) -> Outcome:
        if not hung:
            hung.append(job.payload["name"])
            await asyncio.Event().wait()
        return await yard.handle(job)

    async def live() -> None:
        runner = yard.runner(yard.kind(handler=handle), now=Ticks())
        runner.start()
        await until(lambda: bool(hung))
        await other.watch()
        ticks.seconds += REAP_SECONDS
        while not await other.watch():
            ticks.seconds += REAP_SECONDS
        await until(lambda: yard.tried == ["a"])
        await runner.stop()

    yard.add("a")
    yard.run(asyncio.wait_for(live(), 60))
    assert yard.rows() == []
