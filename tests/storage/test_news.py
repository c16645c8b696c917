"""Who waits is woken by what is committed, in its own process and in others."""

import asyncio
import os
import resource
from collections.abc import Callable, Iterator

import psycopg
import pytest

from lacewing.storage import Database, Transaction
from tests.conftest import PostgresDatabases
from tests.storage.keys import add
from tests.world import Run

SOON_SECONDS = 60.0
NOT_YET_SECONDS = 0.0


def announced(tx: Transaction) -> None:
    add("k1")(tx)
    tx.announce()


def announced_again(tx: Transaction) -> None:
    add("k2")(tx)
    tx.announce()


def test_a_commit_wakes_who_waits(db: Database, run: Run) -> None:
    async def wait() -> bool:
        with db.news.subscribe() as news:
            await db.write(announced)
            return await news.wait(SOON_SECONDS)

    assert run(wait())


def test_a_commit_in_another_process_wakes_it_too(
    open_db: Callable[[str], Database], db: Database, url: str, run: Run
) -> None:
    other = open_db(url)

    async def wait() -> bool:
        with db.news.subscribe() as news, other.news.subscribe() as theirs:
            await news.wait(SOON_SECONDS)
            await theirs.wait(SOON_SECONDS)
            await other.write(announced)
            return await news.wait(SOON_SECONDS)

    assert run(wait())


def test_a_process_that_waits_for_nothing_wakes_the_others(
    open_db: Callable[[str], Database], db: Database, url: str, run: Run
) -> None:
    """As a command does that posts a mail and ends."""
    other = open_db(url)

    async def wait() -> bool:
        with db.news.subscribe() as news:
            await news.wait(SOON_SECONDS)
            await other.write(announced)
            return await news.wait(SOON_SECONDS)

    assert run(wait())


def test_the_last_that_a_process_commits_wakes_the_others(
    open_db: Callable[[str], Database], db: Database, url: str, run: Run
) -> None:
    """Told apart from the news before by time: to pass on one at once puts off the next a little."""
    other = open_db(url)

    async def wait() -> list[bool]:
        with db.news.subscribe() as news, other.news.subscribe() as theirs:
            await news.wait(SOON_SECONDS)
            await theirs.wait(SOON_SECONDS)
            await other.write(announced)
            heard = [await news.wait(SOON_SECONDS)]
            await other.write(announced_again)
            other.close()
            return [*heard, await news.wait(SOON_SECONDS)]

    assert run(wait()) == [True, True]


def test_what_was_rolled_back_is_no_news(db: Database, run: Run) -> None:
    def fail(tx: Transaction) -> None:
        announced(tx)
        raise ValueError

    async def wait() -> bool:
        with db.news.subscribe() as news:
            await news.wait(SOON_SECONDS)
            await asyncio.gather(db.write(fail), return_exceptions=True)
            return await news.wait(NOT_YET_SECONDS)

    assert not run(wait())


def test_each_subscription_hears_for_itself(db: Database, run: Run) -> None:
    async def wait() -> list[bool]:
        with db.news.subscribe() as one, db.news.subscribe() as two:
            await db.write(announced)
            return [await one.wait(SOON_SECONDS), await two.wait(SOON_SECONDS)]

    assert run(wait()) == [True, True]


@pytest.fixture
def postgres_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    yield postgres_databases.migrated()
    postgres_databases.give_back()


@pytest.mark.postgresql
def test_who_lost_its_connection_is_told_that_it_may_have_missed_something(
    open_postgres: Callable[[str], Database], postgres_url: str, run: Run
) -> None:
    db = open_postgres(postgres_url)

    async def wait() -> bool:
        with db.news.subscribe() as news:
            await news.wait(SOON_SECONDS)
            with psycopg.connect(postgres_url, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            return await news.wait(SOON_SECONDS)

    assert run(wait())


@pytest.fixture
def many_files() -> Iterator[None]:
    """As in a process whose streams are followed by many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    files = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    yield
    for file in files:
        os.close(file)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.postgresql
@pytest.mark.usefixtures("many_files")
def test_news_come_however_many_files_are_open(
    open_postgres: Callable[[str], Database], postgres_url: str, run: Run
) -> None:
    db, other = open_postgres(postgres_url), open_postgres(postgres_url)

    async def wait() -> bool:
        with db.news.subscribe() as news, other.news.subscribe() as theirs:
            await news.wait(SOON_SECONDS)
            await theirs.wait(SOON_SECONDS)
            await other.write(announced)
            return await news.wait(SOON_SECONDS)

    assert run(wait())
