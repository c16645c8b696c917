"""The feed: every event once, in the order of the COMMITs, whoever wrote it and whenever."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import delete

from lacewing import events
from lacewing.events import (
    Event,
    EventKind,
    FedEvent,
    FeedPage,
    Step,
    follow,
    forget_old_feed,
    keep_in_order,
    newest_sequence,
    oldest_sequence,
    order_arrivals,
    read_feed,
)
from lacewing.events.tables import events as table
from lacewing.kit.ids import new_id
from lacewing.reports import Status, change_report
from lacewing.storage import Database, Transaction
from tests.conftest import PostgresDatabases
from tests.world import Run, World, visit

EVERYTHING = 10_000


class RolledBackError(Exception):
    """What a unit fails with."""


def tell(
    kind: EventKind = EventKind.TOKEN_CREATED, subject_id: UUID | None = None
) -> Callable[[Transaction], None]:
    return lambda tx: events.append(tx, Event(kind, visit(), subject_id=subject_id))


async def fed(db: Database, after: int = 0) -> FeedPage:
    while await order_arrivals(db):
        pass
    return await db.read(lambda tx: read_feed(tx, after, EVERYTHING))


async def newest(db: Database) -> int:
    return (await fed(db)).through


def kinds(page: FeedPage) -> list[EventKind]:
    return [heard.event.kind for heard in page.heard]


class Ear:
    """A listener that notes what it heard, in the unit that advances it."""

    def __init__(self, name: str = "ear") -> None:
        self.name = name
        self.asked: list[int] = []
        self.heard: list[int] = []

    async def hear(self, heard: Sequence[FedEvent]) -> Step:
        sequences = [one.sequence for one in heard]
        self.asked += sequences
        return lambda _tx: self.heard.extend(sequences)


def test_what_happens_to_a_report_is_fed_in_its_order_without_gaps(world: World) -> None:
    before = world.run(newest(world.db))
    report = world.submit().report
    for status in (Status.TRIAGING, Status.IN_PROGRESS, Status.RESOLVED):
        world.run(change_report(world.db, world.session("ada"), report.id, {"status": status}))

    page = world.run(fed(world.db, before))

    its = [heard.event for heard in page.heard if heard.event.subject_id == report.id]
    assert [event.data.get("status.to") for event in its] == [None, "triaging", "in_progress", "resolved"]
    assert [heard.sequence for heard in page.heard] == list(range(before + 1, page.through + 1))


def test_what_was_rolled_back_is_never_fed(db: Database, run: Run) -> None:
    def fail(tx: Transaction) -> None:
        tell(EventKind.TOKEN_REVOKED)(tx)
        raise RolledBackError

    with pytest.raises(RolledBackError):
        run(db.write(fail))
    run(db.write(tell()))

    assert kinds(run(fed(db))) == [EventKind.TOKEN_CREATED]


def test_a_page_reads_on_from_where_the_last_one_ended(db: Database, run: Run) -> None:
    for _ in range(5):
        run(db.write(tell()))
    run(fed(db))

    first = run(db.read(lambda tx: read_feed(tx, 0, 3)))
    second = run(db.read(lambda tx: read_feed(tx, first.through, 3)))

    assert [[one.sequence for one in page.heard] for page in (first, second)] == [[1, 2, 3], [4, 5]]
    assert run(db.read(lambda tx: read_feed(tx, second.through, 3))) == FeedPage((), 5)


def test_events_that_left_the_log_are_passed_over(db: Database, run: Run) -> None:
    run(db.write(tell()))
    run(db.write(lambda tx: tx.execute(delete(table)) and None))

    assert run(fed(db)) == FeedPage((), 1)


@pytest.fixture
def postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    yield postgres_databases.migrated()
    postgres_databases.give_back()


@pytest.mark.postgresql
def test_what_is_committed_late_is_not_missed(
    open_postgres: Callable[[str], Database], postgres_url: str, run: Run
) -> None:
    db = open_postgres(postgres_url)
    with psycopg.connect(postgres_url) as slow:
        late = new_id()
        slow.execute("INSERT INTO event_arrivals (event_id) VALUES (%s)", (late,))
        run(db.write(tell()))
        assert run(fed(db)).through == 1
    assert run(fed(db)).through == 2


def test_two_processes_place_each_event_once(
    open_db: Callable[[str], Database], db: Database, url: str, run: Run
) -> None:
    other = open_db(url)

    async def at_once() -> None:
        for _ in range(10):
            await asyncio.gather(*(one.write(tell(subject_id=new_id())) for one in (db, other, db, other)))
            await asyncio.gather(order_arrivals(db), order_arrivals(other))

    run(at_once())
    page = run(fed(db))

    assert len({heard.event.id for heard in page.heard}) == 40
    assert [heard.sequence for heard in page.heard] == list(range(1, 41))


def test_a_listener_hears_each_event_once_though_two_processes_follow(
    open_db: Callable[[str], Database], db: Database, url: str, run: Run
) -> None:
    other, ear = open_db(url), Ear()

    async def at_once() -> None:
        for _ in range(10):
            await asyncio.gather(db.write(tell()), other.write(tell()))
            await order_arrivals(db)
            await asyncio.gather(follow(db, ear), follow(other, ear))

    run(at_once())

    assert ear.heard == list(range(1, 21))
    assert len(ear.asked) > len(ear.heard)


def test_listeners_read_on_each_for_itself(db: Database, run: Run) -> None:
    one, two = Ear("one"), Ear("two")
    run(db.write(tell()))
    run(fed(db))
    run(follow(db, one))
    run(db.write(tell()))
    run(fed(db))

    assert [run(follow(db, ear)) for ear in (one, two, one, two)] == [1, 2, 0, 0]
    assert (one.heard, two.heard) == ([1, 2], [1, 2])


def test_a_step_that_fails_leaves_the_listener_where_it_was(db: Database, run: Run) -> None:
    class Failing(Ear):
        async def hear(self, heard: Sequence[FedEvent]) -> Step:
            def fail(tx: Transaction) -> None:
                tell(EventKind.TOKEN_REVOKED)(tx)
                raise RolledBackError

            return fail

    run(db.write(tell()))
    run(fed(db))
    with pytest.raises(RolledBackError):
        run(follow(db, Failing()))
    ear = Ear()
    run(follow(db, ear))

    assert ear.heard == [1]
    assert kinds(run(fed(db))) == [EventKind.TOKEN_CREATED]


def test_the_feed_forgets_what_all_have_heard_after_three_days(world: World) -> None:
    world.run(newest(world.db))
    ear, slow = Ear(), Ear("slow")
    world.run(follow(world.db, slow))
    told = world.run(newest(world.db))
    world.submit()
    world.run(newest(world.db))
    while world.run(follow(world.db, ear)):
        pass
    world.clock.advance(days=4)
    world.run(forget_old_feed(world.db))

    assert world.read(oldest_sequence) == min(told, 200) + 1
    assert world.read(newest_sequence) > told


def test_who_lags_behind_for_a_month_does_not_keep_the_feed_forever(world: World) -> None:
    world.run(follow(world.db, Ear()))
    newest_one = world.run(newest(world.db))
    world.clock.advance(days=31)
    world.run(forget_old_feed(world.db))

    assert world.read(oldest_sequence) == newest_one + 1


def test_a_fault_that_nobody_thought_of_does_not_end_the_order_of_things(
    db: Database, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.events.sequencer.AGAIN_SECONDS", 0.01)
    faults = [RolledBackError()]

    def fail_once(_tx: Transaction) -> None:
        if faults:
            raise faults.pop()

    async def scene() -> None:
        keeping = asyncio.create_task(keep_in_order(db.beginning_with(fail_once)))
        while not await db.read(newest_sequence):  # noqa: ASYNC110 - it is no event of ours
            await asyncio.sleep(0)
        keeping.cancel()

    run(db.write(tell()))
    run(asyncio.wait_for(scene(), 60))
