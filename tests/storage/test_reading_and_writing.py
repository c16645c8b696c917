"""The two ways to the data mean the same on both databases."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from sqlalchemy.exc import DBAPIError

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database, Transaction, connect
from tests.storage.keys import add, remove, stored
from tests.storage.together import held, queued
from tests.world import START, FakeClock, Run


@pytest.mark.parametrize("is_long", [False, True])
def test_what_was_written_is_read(db: Database, run: Run, is_long: bool) -> None:
    assert run(db.write(add("k1"))) == "k1"

    assert run(db.read(stored, is_long=is_long)) == ["k1"]


def test_a_unit_that_raises_stores_nothing_and_its_caller_gets_its_error(db: Database, run: Run) -> None:
    def fail(tx: Transaction) -> None:
        add("k1")(tx)
        raise ValueError("of the unit")

    with pytest.raises(ValueError, match="of the unit"):
        run(db.write(fail))

    assert run(db.read(stored)) == []
    assert run(db.write(add("k1"))) == "k1"


def test_an_error_inside_a_read_reaches_its_caller_and_the_next_read_works(db: Database, run: Run) -> None:
    def fail(_tx: Transaction) -> None:
        raise ValueError("of the read")

    with pytest.raises(ValueError, match="of the read"):
        run(db.read(fail))

    assert run(db.read(stored)) == []


@pytest.mark.parametrize("is_long", [False, True])
def test_a_read_can_not_write(db: Database, run: Run, is_long: bool) -> None:
    with pytest.raises((DBAPIError, LacewingError)):
        run(db.read(add("k1"), is_long=is_long))

    assert run(db.read(stored)) == []


def test_a_mistake_in_a_statement_is_not_a_lost_database(db: Database, run: Run) -> None:
    def misspelt(tx: Transaction) -> None:
        tx.connection.exec_driver_sql("SELECT kidd FROM known_keys")

    with pytest.raises(DBAPIError):
        run(db.write(misspelt))


def test_a_read_sees_what_is_committed_and_does_not_wait_for_the_writer(db: Database, run: Run) -> None:
    async def scenario() -> tuple[list[str], list[str]]:
        written, may_end = threading.Event(), threading.Event()

        def slow(tx: Transaction) -> None:
            add("k1")(tx)
            written.set()
            assert may_end.wait(60)

        writing = asyncio.create_task(db.write(slow))
        await asyncio.to_thread(written.wait, 30)
        during = await db.read(stored)
        may_end.set()
        await writing
        return during, await db.read(stored)

    assert run(scenario()) == ([], ["k1"])


def test_a_unit_happens_at_the_given_time(db: Database, run: Run, clock: FakeClock) -> None:
    assert run(db.write(lambda tx: tx.now)) == START
    clock.advance(minutes=5)

    assert run(db.write(lambda tx: tx.now)) == clock.now
    assert run(db.read(lambda tx: tx.now)) == clock.now


def test_closing_finishes_what_was_accepted(url: str, run: Run) -> None:
    db = connect(url)

    async def scenario() -> list[str]:
        async with held(db):
            tasks = await queued(*((lambda n=n: db.write(add(f"k{n}"))) for n in range(100)))
        db.close()
        return await asyncio.gather(*tasks)

    assert run(scenario()) == [f"k{n}" for n in range(100)]


def test_a_closed_database_takes_nothing_more(url: str, run: Run) -> None:
    db = connect(url)
    db.close()

    with pytest.raises(LacewingError) as refused:
        run(db.write(add("k1")))
    assert refused.value.kind is ErrorKind.UNAVAILABLE


def test_a_closed_database_reads_nothing_more(url: str, run: Run) -> None:
    db = connect(url)
    db.close()

    with pytest.raises(LacewingError) as refused:
        run(db.read(stored))
    assert refused.value.kind is ErrorKind.UNAVAILABLE


def test_closing_twice_is_closing_once(url: str) -> None:
    db = connect(url)
    db.close()
    db.close()


def test_many_readers_at_once_each_get_their_own_answer(db: Database, run: Run) -> None:
    async def scenario() -> list[int]:
        def read(n: int) -> "asyncio.Future[int]":
            return asyncio.ensure_future(db.read(lambda tx: (stored(tx), n)[1], is_long=True))

        return await asyncio.gather(*(read(n) for n in range(50)))

    assert run(scenario()) == list(range(50))


def test_two_databases_on_one_url_see_each_others_writes(
    db: Database, url: str, open_db: Callable[[str], Database], run: Run
) -> None:
    other = open_db(url)

    run(db.write(add("k1")))
    assert run(other.read(stored)) == ["k1"]
    run(other.write(remove("k1")))
    assert run(db.read(stored)) == []
