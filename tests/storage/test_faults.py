"""A database in trouble is UNAVAILABLE, never a lie; when it is back, so are we."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, select, text

from lacewing.credentials.tables import known_keys
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database, Statement, Transaction, connect, open_backend
from tests.conftest import PostgresDatabases, SqliteDatabases
from tests.storage.blocked import wait_until_blocked
from tests.storage.keys import add, stored
from tests.storage.together import held, queued, together, write_together
from tests.world import Run

LOCK_SECONDS = 1.0  # how long one alone waits for a lock
OUTSIDE = "UPDATE known_keys SET first_used_at = first_used_at WHERE kid = 'k1'"


def touch(tx: Transaction) -> int:
    return tx.execute(text(OUTSIDE)).rowcount


HOT = Statement(select(known_keys.c.kid), str)


def hot(tx: Transaction) -> list[str]:
    return HOT.all(tx)


def is_unavailable(answer: object) -> bool:
    return isinstance(answer, LacewingError) and answer.kind is ErrorKind.UNAVAILABLE


async def outcome(call: Any) -> object:
    try:
        return await call
    except LacewingError as refused:
        return refused


@contextmanager
def databases_on(url: str) -> Iterator[Database]:
    db = connect(url)
    try:
        yield db
    finally:
        db.close()


@pytest.fixture
def postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    yield postgres_databases.migrated()
    postgres_databases.give_back()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    with databases_on(postgres_url) as db:
        yield db


@pytest.fixture
def sqlite_url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    yield sqlite_databases.migrated()
    sqlite_databases.give_back()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    with databases_on(sqlite_url) as db:
        yield db


@pytest.mark.postgresql
def test_a_unit_that_waits_too_long_for_a_lock_is_retried_alone_after_the_others(
    postgres: Database, postgres_url: str, run: Run
) -> None:
    run(postgres.write(add("k1")))
    with psycopg.connect(postgres_url) as blocker:
        blocker.execute(OUTSIDE)

        def let_go(_tx: Transaction) -> str:
            blocker.rollback()
            return "let go"

        answers = run(write_together(postgres, touch, add("k2"), let_go))

    assert answers == [1, "k2", "let go"]
    assert run(postgres.read(stored)) == ["k1", "k2"]


@pytest.mark.postgresql
def test_transactions_that_wait_for_each_other_do_not_do_so_for_long(
    postgres: Database, postgres_url: str, run: Run
) -> None:
    """What units lock in one order, others lock in another: they hold it until the last of them has run."""
    run(postgres.write(add("k1")))
    run(postgres.write(add("k2")))
    both_hold_one = threading.Barrier(2)

    def first(kid: str) -> Callable[[Transaction], int]:
        def lock(tx: Transaction) -> int:
            count = second(kid)(tx)
            both_hold_one.wait(60)
            return count

        return lock

    def second(kid: str) -> Callable[[Transaction], int]:
        return lambda tx: tx.execute(text(OUTSIDE.replace("k1", kid))).rowcount

    async def cross(other: Database) -> list[list[object]]:
        return await asyncio.gather(
            write_together(postgres, first("k1"), second("k2")),
            write_together(other, first("k2"), second("k1")),
        )

    with databases_on(postgres_url) as other:
        begun = time.monotonic()
        assert run(cross(other)) == [[1, 1], [1, 1]]
        assert time.monotonic() - begun < LOCK_SECONDS


class Touches:
    """A merge that locks one row for all its values, and remembers the values of each call."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []

    def merge(self, tx: Transaction, values: list[int]) -> list[int]:
        self.calls.append(values)
        touch(tx)
        return values


@pytest.mark.postgresql
def test_units_of_one_call_that_wait_too_long_for_a_lock_are_retried_in_one_call(
    postgres: Database, postgres_url: str, run: Run
) -> None:
    """One by one they would wait once each, and commit once each."""
    run(postgres.write(add("k1")))
    touches = Touches()
    merge = touches.merge
    with psycopg.connect(postgres_url) as blocker:
        blocker.execute(OUTSIDE)
        answers = run(
            together(
                postgres,
                lambda: postgres.write_many(merge, 1),
                lambda: postgres.write_many(merge, 2),
                lambda: postgres.write(lambda _tx: blocker.rollback()),
            )
        )

    assert answers == [1, 2, None]
    assert touches.calls == [[1, 2], [1, 2]]


@pytest.mark.postgresql
def test_one_call_that_has_its_transaction_to_itself_waits_as_long_as_a_unit_alone(
    postgres: Database, postgres_url: str, run: Run
) -> None:
    run(postgres.write(add("k1")))
    touches = Touches()
    merge = touches.merge

    async def wait(blocker: psycopg.Connection) -> list[Any]:
        letting_go = asyncio.create_task(asyncio.to_thread(_let_go_late, postgres_url, blocker))
        answers = await together(postgres, *((lambda n=n: postgres.write_many(merge, n)) for n in (1, 2)))
        await letting_go
        return answers

    with psycopg.connect(postgres_url) as blocker:
        blocker.execute(OUTSIDE)
        assert run(wait(blocker)) == [1, 2]

    assert touches.calls == [[1, 2]]


def _let_go_late(url: str, blocker: psycopg.Connection) -> None:
    """After much longer than who shares a transaction waits for a lock."""
    wait_until_blocked(url, blocker)
    blocker.execute("SELECT pg_sleep(0.1)")
    blocker.rollback()


@pytest.mark.postgresql
def test_a_lock_that_nobody_lets_go_is_unavailable_and_holds_up_nobody_else(
    postgres: Database, postgres_url: str, run: Run
) -> None:
    run(postgres.write(add("k1")))
    run(postgres.write(lambda tx: tx.driver.execute("SET lock_timeout = '50ms'") and None))
    touches = Touches()
    merge = touches.merge
    with psycopg.connect(postgres_url) as blocker:
        blocker.execute(OUTSIDE)
        calls = (partial(postgres.write_many, merge, 1), partial(postgres.write_many, merge, 2))
        *blocked, other = run(together(postgres, *calls, lambda: postgres.write(add("k2"))))
        alone = run(outcome(postgres.write(touch)))

    assert [is_unavailable(answer) for answer in (*blocked, alone)] == [True, True, True]
    assert other == "k2"
    assert run(postgres.write(touch)) == 1


@pytest.mark.postgresql
def test_what_is_committed_is_told_before_others_of_its_transaction_are_retried(
    postgres: Database, postgres_url: str, run: Run
) -> None:
    run(postgres.write(add("k1")))

    async def scenario(blocker: psycopg.Connection) -> list[object]:
        async with held(postgres):
            blocked, other = await queued(lambda: postgres.write(touch), lambda: postgres.write(add("k2")))
        told = await asyncio.wait_for(other, 60)
        is_still_blocked = not blocked.done()
        blocker.rollback()
        return [told, is_still_blocked, await blocked]

    with psycopg.connect(postgres_url) as blocker:
        blocker.execute(OUTSIDE)
        assert run(scenario(blocker)) == ["k2", True, 1]


def end_connections(url: str) -> None:
    """What a restart of the server, or a proxy in between, does."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.postgresql
@pytest.mark.parametrize("unit", [add("k2"), hot], ids=["through SQLAlchemy", "hot"])
def test_a_write_on_a_lost_connection_is_unavailable_and_the_next_one_works(
    postgres: Database, postgres_url: str, run: Run, unit: Callable[[Transaction], object]
) -> None:
    run(postgres.write(add("k1")))
    end_connections(postgres_url)

    assert is_unavailable(run(outcome(postgres.write(unit))))
    assert run(postgres.write(add("k3"))) == "k3"
    assert run(postgres.read(stored)) == ["k1", "k3"]


@pytest.mark.postgresql
@pytest.mark.parametrize("unit", [stored, hot], ids=["through SQLAlchemy", "hot"])
def test_a_read_on_a_lost_connection_is_tried_again_on_a_new_one(
    postgres: Database, postgres_url: str, run: Run, unit: Callable[[Transaction], object]
) -> None:
    run(postgres.write(add("k1")))
    run(postgres.read(stored))
    end_connections(postgres_url)

    assert run(postgres.read(unit)) == ["k1"]


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "end",
    [lambda tx, sql: tx.execute(text(sql)), lambda tx, sql: tx.driver.execute(sql)],
    ids=["through SQLAlchemy", "hot"],
)
def test_a_connection_that_breaks_inside_a_batch_fails_all_of_it_and_stores_nothing(
    postgres: Database, run: Run, end: Callable[[Transaction, str], object]
) -> None:
    def break_off(tx: Transaction) -> None:
        end(tx, "SELECT pg_terminate_backend(pg_backend_pid())")

    answers = run(write_together(postgres, add("k1"), break_off, add("k2")))

    assert run(postgres.read(stored)) == []
    assert [is_unavailable(answer) for answer in answers] == [True, True, True]
    assert run(postgres.write(add("k3"))) == "k3"


@pytest.mark.postgresql
def test_a_server_that_is_not_there_is_unavailable(run: Run) -> None:
    with databases_on("postgresql://postgres@127.0.0.1:1/nowhere") as db:
        assert is_unavailable(run(outcome(db.write(stored))))
        assert is_unavailable(run(outcome(db.read(stored))))


@pytest.mark.postgresql
def test_a_unit_of_two_processes_that_wait_for_each_other_is_retried(
    postgres: Database, postgres_url: str, run: Run
) -> None:
    """A deadlock ends with one of the two as the victim; if it is ours, it runs again."""
    run(write_together(postgres, add("k1"), add("k2")))
    lock = "SELECT 1 FROM known_keys WHERE kid = '{}' FOR UPDATE"

    async def scenario() -> object:
        with psycopg.connect(postgres_url) as other:
            other.execute(lock.format("k2"))
            crossing: list[Any] = []

            def ours(tx: Transaction) -> str:
                tx.execute(text(lock.format("k1")))
                if not crossing:
                    crossing.append(asyncio.run_coroutine_threadsafe(cross(), loop))
                tx.execute(text(lock.format("k2")))
                return "done"

            async def cross() -> None:
                await asyncio.to_thread(_lock_and_let_go, other, lock.format("k1"))

            loop = asyncio.get_running_loop()
            answer = await postgres.write(ours)
            await asyncio.wrap_future(crossing[0])
            return answer

    assert run(scenario()) == "done"


def _lock_and_let_go(connection: psycopg.Connection, statement: str) -> None:
    try:
        connection.execute(statement)
    except psycopg.errors.DeadlockDetected:
        pass
    finally:
        connection.rollback()


def full_disk(tx: Transaction) -> None:
    """No page more than there are."""
    (pages,) = tx.driver.execute("PRAGMA page_count").fetchone()
    tx.driver.execute(f"PRAGMA max_page_count = {pages}")


def room_again(tx: Transaction) -> None:
    tx.driver.execute("PRAGMA max_page_count = 1000000")


def large(tx: Transaction) -> None:
    for n in range(50):
        add(f"{n:03}" + "x" * 5000)(tx)


@pytest.mark.parametrize("around", [0, 1, 3])
def test_a_full_disk_is_unavailable_and_nothing_is_half_stored(
    sqlite: Database, run: Run, around: int
) -> None:
    run(sqlite.write(add("before")))
    run(sqlite.write(full_disk))
    small = [add(f"small-{n}") for n in range(around)]

    answers = run(write_together(sqlite, *small, large, *(add(f"after-{n}") for n in range(around))))

    assert is_unavailable(answers[around])
    told_stored = sorted(answer for answer in answers if isinstance(answer, str))
    assert run(sqlite.read(stored)) == sorted(["before", *told_stored])
    assert all(isinstance(answer, str) or is_unavailable(answer) for answer in answers)
    run(sqlite.write(room_again))
    assert run(sqlite.write(add("again"))) == "again"


def test_a_file_that_another_program_keeps_locked_is_unavailable_until_it_lets_go(
    sqlite: Database, sqlite_url: str, run: Run
) -> None:
    run(sqlite.write(lambda tx: tx.driver.execute("PRAGMA busy_timeout = 1") and None))
    with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answers = run(write_together_or_fail(sqlite))
        other.execute("ROLLBACK")

    assert [is_unavailable(answer) for answer in answers] == [True, True]
    assert run(sqlite.write(add("k3"))) == "k3"
    assert run(sqlite.read(stored)) == ["k3"]


async def write_together_or_fail(db: Database) -> list[object]:
    return [await outcome(db.write(add(kid))) for kid in ("k1", "k2")]


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "lacewing.db"
    path.write_bytes(b"not a database, though it is long enough to be taken for one" * 100)
    with databases_on(f"sqlite:///{path}") as db:
        assert is_unavailable(run(outcome(db.write(stored))))
        assert is_unavailable(run(outcome(db.read(stored))))


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "mysql://root@localhost/x", "postgresql+psycopg://x/y", "no url", "sqlite:///"]
)
def test_a_url_of_no_known_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must begin with|is not a database URL"):
        open_backend(url)


def test_a_password_in_a_refused_url_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="must begin") as refused:
        open_backend("mysql://root:hunter2@localhost/x")

    assert "hunter2" not in str(refused.value)
