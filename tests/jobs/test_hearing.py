"""An event that a listener fails over is heard again, alone, and holds up no other."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from lacewing.access.actor import Visit
from lacewing.events import Event, EventKind, FedEvent, Step, append, follow, order_arrivals
from lacewing.jobs import CarefulListener, NewJob, add, hear_again, keep_hearing
from lacewing.kit.errors import LacewingError, not_found, unavailable
from lacewing.storage import Transaction
from tests.jobs.working import Yard


class Scribe:
    """Makes a job of each event that it hears, unless that is of a kind that `fails`."""

    name = "scribe"

    def __init__(self) -> None:
        self.fails: Exception | None = None
        self.step_fails: Exception | None = None

    async def hear(self, heard: Sequence[FedEvent]) -> Step:
        kinds = [fed.event.kind for fed in heard]
        if self.fails and EventKind.LABEL_DELETED in kinds:
            raise self.fails

        def step(tx: Transaction) -> None:
            for kind in kinds:
                if self.step_fails and kind is EventKind.LABEL_DELETED:
                    raise self.step_fails
                add(tx, NewJob("dig", {"name": kind}))

        return step


@pytest.fixture
def scribe(yard: Yard) -> Scribe:
    """There are three events, the one in the middle a difficult one."""

    def unit(tx: Transaction) -> None:
        visit = Visit("127.0.0.1", "127.0.0.1", "", "", is_local=True)
        for kind in (EventKind.LABEL_CREATED, EventKind.LABEL_DELETED, EventKind.LABEL_CHANGED):
            append(tx, Event(kind, visit))

    yard.run(yard.db.write(unit))
    yard.run(order_arrivals(yard.db))
    return Scribe()


def test_an_event_that_fails_is_heard_again_alone(yard: Yard, scribe: Scribe) -> None:
    scribe.fails = RuntimeError("a fault of ours")
    assert yard.run(follow(yard.db, CarefulListener(scribe))) == 3
    kinds = (yard.kind(), hear_again(yard.db, [scribe]))
    yard.run(yard.runner(*kinds).run_due())
    assert yard.tried == ["label.created", "label.changed"]
    scribe.fails = None
    yard.clock.advance(minutes=1)
    yard.run(yard.runner(*kinds).run_due())
    assert yard.tried == ["label.created", "label.changed", "label.deleted"]
    assert yard.rows() == []


def test_a_database_that_is_away_is_no_fault_of_an_event(yard: Yard, scribe: Scribe) -> None:
    scribe.fails = unavailable()
    with pytest.raises(LacewingError):
        yard.run(follow(yard.db, CarefulListener(scribe)))
    assert yard.rows() == []


def test_a_wary_listener_hears_each_event_alone(yard: Yard, scribe: Scribe) -> None:
    """As after a step that could not be stored."""
    scribe.step_fails = RuntimeError()
    listener = CarefulListener(scribe)
    with pytest.raises(RuntimeError):
        yard.run(follow(yard.db, listener))
    listener.is_wary = True
    assert yard.run(follow(yard.db, listener)) == 3
    yard.run(yard.runner(yard.kind(), hear_again(yard.db, [scribe])).run_due())
    assert sorted(yard.tried) == ["label.changed", "label.created"]


def test_a_listener_that_is_no_more_hears_nothing(yard: Yard, scribe: Scribe) -> None:
    scribe.fails = RuntimeError("a fault of ours")
    yard.run(follow(yard.db, CarefulListener(scribe)))
    yard.run(yard.runner(yard.kind(), hear_again(yard.db, [])).run_due())
    assert [row.kind for row in yard.rows()] == []


@pytest.mark.parametrize("fault", [RuntimeError(), not_found("Label")])
def test_what_can_not_be_stored_holds_up_nothing_else(
    yard: Yard, scribe: Scribe, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.jobs.hearing.FAULT_SECONDS", 0.01)
    scribe.step_fails = fault

    async def scene() -> None:
        hearing = asyncio.create_task(keep_hearing(yard.db, CarefulListener(scribe)))
        while not await yard.db.read(_positions):  # noqa: ASYNC110 - it is no event of ours
            await asyncio.sleep(0)
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)

    yard.run(asyncio.wait_for(scene(), 60))
    yard.run(yard.runner(yard.kind(), hear_again(yard.db, [scribe])).run_due())
    assert sorted(yard.tried) == ["label.changed", "label.created"]


def test_a_feed_that_can_not_be_read_holds_up_no_other_task(
    yard: Yard, scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a newer version wrote of what this one does not know."""
    yard.run(yard.db.write(lambda tx: tx.execute(text("UPDATE events SET kind = 'unheard.of'")) and None))

    async def scene() -> None:
        hearing = asyncio.create_task(keep_hearing(yard.db, CarefulListener(scribe)))
        for _ in range(100):
            await asyncio.sleep(0.001)
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)

    yard.run(asyncio.wait_for(scene(), 60))
    assert yard.rows() == []


def _positions(tx: Transaction) -> list[object]:
    return list(tx.execute(text("SELECT 1 FROM event_positions WHERE name = 'scribe'")))
