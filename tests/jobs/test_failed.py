"""What was given up is shown to who administers the instance, and tried again when they say so."""

from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

import pytest

from lacewing.access.actor import Actor, console
from lacewing.access.permissions import CredentialKind
from lacewing.events import EventKind
from lacewing.jobs import (
    dead,
    forget_failed_jobs,
    list_failed_jobs,
    retry_failed_job,
    retry_failed_jobs,
)
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from tests.credentials.told import event_kinds
from tests.jobs.working import Yard
from tests.world import START, World, visit

NOW = console(visit("ada", is_local=True))
Ask = Callable[[World, Actor], Coroutine[Any, Any, Any]]
ASKS: dict[str, Ask] = {
    "list": lambda w, a: list_failed_jobs(w.db, a, 10),
    "retry": lambda w, a: retry_failed_job(w.db, a, new_id()),
    "retry all": lambda w, a: retry_failed_jobs(w.db, a),
}


@pytest.fixture
def failed(yard: Yard) -> list[UUID]:
    """Three that failed, in the order of their making; `c` is behind `b` in its lane."""
    yard.outcomes = {name: [dead(f"{name} is gone")] for name in "abc"}
    made = [*yard.add("a"), *yard.add("b", "c", lane="l")]
    yard.work()
    assert yard.states() == {"a": "dead", "b": "dead", "c": "dead"}
    return made


def test_they_are_listed_the_newest_first_page_by_page(yard: Yard, failed: list[UUID]) -> None:
    first = yard.run(list_failed_jobs(yard.db, NOW, 2))
    rest = yard.run(list_failed_jobs(yard.db, NOW, 2, first.next_cursor))
    assert [job.id for job in (*first.items, *rest.items)] == failed[::-1]
    assert rest.next_cursor is None
    job = rest.items[0]
    assert (job.kind, job.attempts, job.error, job.failed_at) == ("dig", 1, "a is gone", START)
    assert yard.run(list_failed_jobs(yard.db, NOW, 2, kind="fly")).items == ()


def test_one_is_tried_again_as_often_as_at_first(yard: Yard, failed: list[UUID]) -> None:
    yard.run(retry_failed_job(yard.db, NOW, failed[0]))
    [row] = [row for row in yard.rows() if row.id == failed[0]]
    assert (row.state, row.attempts) == ("waiting", 0)
    assert yard.work() == ["a"]
    assert yard.run(yard.db.read(event_kinds)) == {EventKind.JOBS_RETRIED: 1}


def test_all_are_tried_again_each_lane_in_its_order(yard: Yard, failed: list[UUID]) -> None:
    assert yard.run(retry_failed_jobs(yard.db, NOW, "fly")) == 0
    assert yard.run(retry_failed_jobs(yard.db, NOW)) == 3
    tried = yard.work()
    assert [name for name in tried if name != "a"] == ["b", "c"]
    assert yard.rows() == []


def test_in_a_lane_it_comes_after_what_waits_there_by_now(yard: Yard, failed: list[UUID]) -> None:
    yard.add("d", lane="l")
    yard.run(retry_failed_job(yard.db, NOW, failed[1]))
    assert yard.work() == ["d", "b"]


def test_what_was_not_given_up_is_not_found(yard: Yard) -> None:
    [waiting] = yard.add("a")
    for job_id in (waiting, new_id()):
        with pytest.raises(LacewingError) as refused:
            yard.run(retry_failed_job(yard.db, NOW, job_id))
        assert refused.value.kind is ErrorKind.NOT_FOUND


def test_it_is_forgotten_after_thirty_days(yard: Yard, failed: list[UUID]) -> None:
    yard.clock.advance(days=30)
    yard.run(forget_failed_jobs(yard.db))
    assert len(yard.rows()) == 3
    yard.clock.advance(seconds=1)
    yard.run(forget_failed_jobs(yard.db))
    assert yard.rows() == []


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS.keys())
def test_only_who_administers_the_instance_may(still_world: World, ask: Ask) -> None:
    admin_token = still_world.token("ada", CredentialKind.PERSONAL_ACCESS_TOKEN)
    for actor in (still_world.session("bob"), still_world.session("eve"), admin_token, still_world.key()):
        with pytest.raises(LacewingError) as refused:
            still_world.run(ask(still_world, actor))
        assert refused.value.kind is ErrorKind.FORBIDDEN


def test_a_kind_may_be_anything_but_too_long_or_nul(yard: Yard) -> None:
    for kind in ("k" * 101, "a\0b"):
        with pytest.raises(LacewingError) as refused:
            yard.run(list_failed_jobs(yard.db, NOW, 10, kind=kind))
        assert refused.value.kind is ErrorKind.INVALID
