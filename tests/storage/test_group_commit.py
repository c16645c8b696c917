"""Units that wait together share one transaction, each in its own savepoint."""

import asyncio
from collections import Counter
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database, Transaction
from lacewing.storage.writer import MAX_BATCH, MAX_WAITING
from tests.storage.keys import add, stored
from tests.storage.together import held, queued, together, write_together
from tests.world import Run


def identity(tx: Transaction) -> int:
    """Which transaction a unit ran in: its own Transaction, or one that it shares."""
    return id(tx)


def add_and_tell(seen: list[Transaction], kid: str, tx: Transaction) -> str:
    """Keeps the transaction alive, so that its identity is nobody else's."""
    seen.append(tx)
    return add(kid)(tx)


def sizes(seen: list[Transaction]) -> list[int]:
    """How many units each transaction held, in order."""
    return list(Counter(map(identity, seen)).values())


def test_units_that_wait_together_are_one_transaction(db: Database, run: Run) -> None:
    seen: list[Transaction] = []
    kids = [f"k{n:02}" for n in range(10)]

    answers = run(write_together(db, *(partial(add_and_tell, seen, kid) for kid in kids)))

    assert answers == kids
    assert run(db.read(stored)) == kids
    assert sizes(seen) == [10]


def test_units_run_in_the_order_in_which_they_came(db: Database, run: Run) -> None:
    seen: list[int] = []

    run(write_together(db, *((lambda tx, n=n: seen.append(n)) for n in range(200))))

    assert seen == list(range(200))


def test_one_transaction_holds_a_bounded_number_of_units(db: Database, run: Run) -> None:
    seen: list[Transaction] = []

    run(write_together(db, *(partial(add_and_tell, seen, f"k{n}") for n in range(2 * MAX_BATCH + 5))))

    assert sizes(seen) == [MAX_BATCH, MAX_BATCH, 5]


@pytest.mark.parametrize("fault", ["of the unit", "of the database"])
def test_a_unit_that_fails_rolls_back_alone(db: Database, run: Run, fault: str) -> None:
    def fail(tx: Transaction) -> None:
        add("lost")(tx)
        if fault == "of the database":
            add("lost")(tx)
        raise ValueError(fault)

    before, failed, after = run(write_together(db, add("k1"), fail, add("k2")))

    assert (before, after) == ("k1", "k2")
    assert isinstance(failed, ValueError if fault == "of the unit" else IntegrityError)
    assert run(db.read(stored)) == ["k1", "k2"]


def test_a_unit_sees_what_an_earlier_one_of_its_transaction_stored(db: Database, run: Run) -> None:
    assert run(write_together(db, add("k1"), stored))[1] == ["k1"]


def test_a_unit_may_use_savepoints_of_its_own(db: Database, run: Run) -> None:
    def nested(tx: Transaction) -> None:
        tx.driver.execute("SAVEPOINT mine")
        add("lost")(tx)
        tx.driver.execute("ROLLBACK TO SAVEPOINT mine")
        add("kept")(tx)

    run(write_together(db, add("k1"), nested))

    assert run(db.read(stored)) == ["k1", "kept"]


def test_a_commit_that_fails_fails_every_caller_and_stores_nothing(db: Database, run: Run) -> None:
    """Nobody is told that something is stored before it is."""
    deferred = {
        "sqlite": "CREATE TABLE child (parent BLOB REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED)",
        "postgresql": "CREATE TABLE child (parent uuid REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED)",
    }[db.backend.name]
    orphan = text("INSERT INTO child VALUES ('01890000-0000-7000-8000-000000000000')")

    async def scenario() -> list[Any]:
        await db.write(lambda tx: tx.execute(text(deferred)) and None)
        return await write_together(db, add("k1"), lambda tx: tx.execute(orphan) and None)

    try:
        assert [type(answer).__name__ for answer in run(scenario())] in (
            ["IntegrityError"] * 2,
            ["ForeignKeyViolation"] * 2,
        )
        assert run(db.read(stored)) == []
        assert run(db.write(add("k2"))) == "k2"
    finally:
        run(db.write(lambda tx: tx.execute(text("DROP TABLE child")) and None))


def test_a_unit_that_wants_to_be_alone_is(db: Database, run: Run) -> None:
    seen: list[Transaction] = []

    def write(kid: str, *, is_alone: bool = False) -> Any:
        return lambda: db.write(partial(add_and_tell, seen, kid), is_alone=is_alone)

    run(together(db, write("k1"), write("k2"), write("k3", is_alone=True), write("k4"), write("k5")))

    assert sizes(seen) == [2, 1, 2]


def test_a_caller_that_goes_away_does_not_cancel_its_unit(db: Database, run: Run) -> None:
    async def scenario() -> list[Any]:
        async with held(db):
            gone, stays = await queued(lambda: db.write(add("k1")), lambda: db.write(add("k2")))
            gone.cancel()
        return await asyncio.gather(gone, stays, return_exceptions=True)

    gone, stays = run(scenario())

    assert isinstance(gone, asyncio.CancelledError)
    assert stays == "k2"
    assert run(db.read(stored)) == ["k1", "k2"]


def test_who_finds_the_queue_full_is_told_at_once_and_who_waits_is_served(db: Database, run: Run) -> None:
    async def scenario() -> tuple[list[Any], LacewingError]:
        async with held(db):
            waiting = await queued(*((lambda: db.write(lambda tx: 1)) for _ in range(MAX_WAITING)))
            with pytest.raises(LacewingError) as refused:
                await db.write(lambda tx: 1)
        return await asyncio.gather(*waiting), refused.value

    served, refused = run(scenario())

    assert served == [1] * MAX_WAITING
    assert refused.kind is ErrorKind.UNAVAILABLE
    assert refused.retry_after_seconds


class Ingest:
    """A merge that remembers the values of each call, and stores them in one statement."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def merge(self, tx: Transaction, kids: list[str]) -> list[str]:
        self.calls.append(list(kids))
        for kid in kids:
            add(kid)(tx)
            if kid.startswith("bad"):
                raise ValueError(kid)
        return [f"stored {kid}" for kid in kids]


def test_neighbours_of_one_kind_are_one_call_and_each_caller_gets_its_own_answer(
    db: Database, run: Run
) -> None:
    ingest = Ingest()
    merge = ingest.merge

    answers = run(together(db, *((lambda kid=kid: db.write_many(merge, kid)) for kid in ("k1", "k2", "k3"))))

    assert answers == ["stored k1", "stored k2", "stored k3"]
    assert ingest.calls == [["k1", "k2", "k3"]]
    assert run(db.read(stored)) == ["k1", "k2", "k3"]


def test_a_value_that_waits_alone_is_a_merge_of_one(db: Database, run: Run) -> None:
    ingest = Ingest()

    assert run(db.write_many(ingest.merge, "k1")) == "stored k1"
    assert ingest.calls == [["k1"]]


def test_only_neighbours_merge_so_that_the_order_is_kept(db: Database, run: Run) -> None:
    first, second = Ingest(), Ingest()
    one, two = first.merge, second.merge

    run(
        together(
            db,
            lambda: db.write_many(one, "k1"),
            lambda: db.write_many(one, "k2"),
            lambda: db.write(add("k3")),
            lambda: db.write_many(one, "k4"),
            lambda: db.write_many(two, "k5"),
            lambda: db.write_many(two, "k6"),
        )
    )

    assert first.calls == [["k1", "k2"], ["k4"]]
    assert second.calls == [["k5", "k6"]]
    assert run(db.read(stored)) == ["k1", "k2", "k3", "k4", "k5", "k6"]


def test_a_merge_that_raises_is_run_one_by_one_and_only_the_faulty_value_fails(
    db: Database, run: Run
) -> None:
    ingest = Ingest()
    merge = ingest.merge

    answers = run(together(db, *((lambda kid=kid: db.write_many(merge, kid)) for kid in ("k1", "bad", "k2"))))

    assert [answers[0], answers[2]] == ["stored k1", "stored k2"]
    assert isinstance(answers[1], ValueError)
    assert ingest.calls == [["k1", "bad"], ["k1"], ["bad"], ["k2"]] or ingest.calls[1:] == [
        ["k1"],
        ["bad"],
        ["k2"],
    ]
    assert run(db.read(stored)) == ["k1", "k2"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_merge_that_answers_too_few_values_fails_and_the_next_write_works(db: Database, run: Run) -> None:
    def forgetful(_tx: Transaction, kids: list[str]) -> list[str]:
        return kids[1:]

    async def scenario() -> str:
        async with held(db):
            waiting = await queued(*((lambda kid=kid: db.write_many(forgetful, kid)) for kid in ("k1", "k2")))
        done, _ = await asyncio.wait(waiting, timeout=60)
        assert all(task.exception() for task in done)
        return await asyncio.wait_for(db.write(add("k3")), timeout=60)

    assert run(scenario()) == "k3"


def test_an_error_of_the_driver_reaches_the_caller_as_it_is(db: Database, run: Run) -> None:
    with pytest.raises(DBAPIError):
        run(db.write(lambda tx: (add("k1")(tx), add("k1")(tx))))
