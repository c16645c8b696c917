"""A job is done if its unit was committed: once, in the order of its lane, or again until it is given up."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from lacewing import jobs
from lacewing.jobs import Job, NewJob, Outcome, again, dead, done
from lacewing.kit.errors import unavailable
from lacewing.storage import Transaction
from tests.jobs.working import MINUTE, Yard
from tests.world import START


def test_what_was_done_is_gone(yard: Yard) -> None:
    yard.add("a", "b")
    assert sorted(yard.work()) == ["a", "b"]
    assert yard.rows() == []


def test_a_job_of_a_unit_that_was_rolled_back_is_never_done(yard: Yard) -> None:
    def unit(tx: Transaction) -> None:
        jobs.add(tx, NewJob("dig", {"name": "a"}))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        yard.run(yard.db.write(unit))
    assert yard.work() == []


def test_it_waits_until_it_is_due(yard: Yard) -> None:
    yard.add("a", due_at=START + MINUTE)
    assert yard.work() == []
    yard.clock.advance(minutes=1)
    assert yard.work() == ["a"]


def test_a_handler_is_told_what_the_job_was_made_with(yard: Yard) -> None:
    told: list[Job] = []

    async def handle(job: Job) -> Outcome:
        told.append(job)
        return done()

    [job_id] = yard.add("a", group="g", lane="l")
    yard.run(yard.runner(yard.kind(handler=handle)).run_due())
    [job] = told
    assert (job.id, job.kind, job.payload, job.lane) == (job_id, "dig", {"name": "a"}, "l")
    assert (job.attempts, job.created_at) == (0, START)


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (again("no answer"), "no answer"),
        (RuntimeError("a fault of ours"), "RuntimeError"),
        (unavailable("The database is away."), "The database is away."),
        (again("Authorization: Bearer x\0\n" + "y" * 900), "Authorization: [redacted]"),
    ],
)
def test_a_failure_is_tried_again_by_the_schedule_until_it_is_used_up(
    yard: Yard, failure: Outcome | Exception, error: str
) -> None:
    yard.add("a")
    yard.outcomes["a"] = [failure] * 3
    assert yard.work() == ["a"]
    [row] = yard.rows()
    assert (row.attempts, row.last_error) == (1, error)
    assert 0.9 * MINUTE <= row.due_at - START <= 1.1 * MINUTE
    yard.clock.advance(minutes=1.2)
    assert yard.work() == ["a"]
    yard.clock.advance(minutes=8)
    assert yard.work() == []
    yard.clock.advance(minutes=4)
    assert yard.work() == ["a"]
    assert yard.states() == {"a": "dead"}
    yard.clock.advance(days=1)
    assert yard.work() == []


def test_a_handler_may_say_when_again_and_when_never(yard: Yard) -> None:
    yard.add("a", "b")
    yard.outcomes = {"a": [again("busy", timedelta(seconds=7))], "b": [dead("gone")]}
    yard.work()
    assert yard.states() == {"a": "waiting", "b": "dead"}
    yard.clock.advance(seconds=7)
    assert yard.work() == ["a"]


def test_what_takes_too_long_has_failed(yard: Yard) -> None:
    async def hang(_job: Job) -> Outcome:
        await asyncio.Event().wait()
        return done()

    yard.add("a")
    yard.run(yard.runner(yard.kind(handler=hang, longest_seconds=0.01)).run_due())
    assert yard.rows()[0].last_error == "it took too long"


ENDS = {"done": done, "again": partial(again, "x", None), "dead": partial(dead, "x")}


@pytest.mark.parametrize("make", ENDS.values(), ids=ENDS.keys())
def test_what_it_leads_to_is_stored_with_its_end_or_neither_is(yard: Yard, make) -> None:
    def lead(tx: Transaction) -> None:
        jobs.add(tx, NewJob("dig", {"name": "next"}))

    def fail(tx: Transaction) -> None:
        lead(tx)
        raise RuntimeError

    yard.add("a", "b")
    yard.outcomes = {"a": [make(lead)], "b": [make(fail)]}
    assert sorted(yard.work()) == ["a", "b", "next"]
    [row] = [row for row in yard.rows() if row.payload["name"] == "b"]
    assert (row.state, row.last_error) == ("waiting", "what it leads to could not be stored")


def test_a_lane_goes_one_by_one_and_a_failure_holds_back_those_behind(yard: Yard) -> None:
    yard.add("a", "b", lane="l")
    yard.add("c", lane="l")
    yard.add("other", lane="m")
    yard.outcomes["a"] = [again("busy")]
    assert sorted(yard.work()) == ["a", "other"]
    yard.add("d", lane="l")
    yard.clock.advance(seconds=10)
    assert yard.work() == []
    yard.clock.advance(minutes=1)
    assert yard.work() == ["a", "b", "c", "d"]


def test_what_is_given_up_lets_its_lane_go_on(yard: Yard) -> None:
    yard.add("a", "b", lane="l")
    yard.outcomes["a"] = [dead("gone")]
    assert yard.work() == ["a", "b"]


def test_a_clock_that_is_set_back_does_not_change_the_order_of_a_lane(yard: Yard) -> None:
    yard.add("a", lane="l")
    yard.clock.advance(days=-1)
    yard.add("b", lane="l")
    yard.clock.advance(days=2)
    assert yard.work() == ["a", "b"]


def test_no_more_of_a_group_than_its_limit_run_at_once_and_no_group_waits_for_another(yard: Yard) -> None:
    running: set[str] = set()
    most: dict[str, int] = {}

    async def run_both() -> None:
        everybody = asyncio.Event()

        async def handle(job: Job) -> Outcome:
            group = job.group_key
            name = job.payload["name"]
            running.add(name)
            most[group] = max(most.get(group, 0), sum(other[0] == name[0] for other in running))
            if len(running) == 4:
                everybody.set()
            await asyncio.wait_for(everybody.wait(), 60)
            running.discard(name)
            return done()

        kind = yard.kind(handler=handle, concurrency_per_group=2)
        assert await yard.runner(kind).run_due() == 8

    for group in "xy":
        yard.add(*(f"{group}{number}" for number in range(4)), group=group)
    yard.run(run_both())
    assert set(most.values()) == {2}


def test_a_kind_that_a_worker_does_not_know_is_left_to_others(yard: Yard) -> None:
    yard.add("a", kind="fly")
    assert yard.work() == []
    assert yard.run(yard.runner(yard.kind("fly")).run_due()) == 1
