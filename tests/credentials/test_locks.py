"""Whoever is logging in or refreshing while another process ends it all waits, and is refused (C-9)."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import psycopg
import pytest

from lacewing.credentials import (
    LogIn,
    Presented,
    Proof,
    SignedIn,
    end_other_sessions,
    log_in,
    prove,
    refresh_session,
)
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database
from tests.conftest import PostgresDatabases
from tests.storage.blocked import wait_until_blocked
from tests.world import PASSWORD, Cast, World, visit

pytestmark = pytest.mark.postgresql

CHANGES = "UPDATE people SET password_changed_at = now() WHERE email = 'ada@example.com'"
ENDS = "UPDATE sessions SET ended_at = now() WHERE ended_at IS NULL"

Begin = Callable[[World], Coroutine[Any, Any, SignedIn]]


def logging_in(world: World) -> Coroutine[Any, Any, SignedIn]:
    return log_in(world.db, visit(), world.vault, LogIn("ada@example.com", PASSWORD))


def proving(world: World) -> Coroutine[Any, Any, SignedIn]:
    return prove(world.db, world.session("ada"), world.vault, Proof(PASSWORD))


def refreshing(world: World) -> Coroutine[Any, Any, SignedIn]:
    return refresh_session(world.db, visit(), world.vault, world.sign_in("ada").refresh)


@pytest.mark.parametrize(
    ("begin", "change"), [(logging_in, CHANGES), (proving, CHANGES), (proving, ENDS), (refreshing, ENDS)]
)
def test_what_ends_at_that_moment_stays_ended(
    postgres_databases: PostgresDatabases,
    open_postgres: Callable[[str], Database],
    world_of: Callable[[Database, Cast], World],
    begin: Begin,
    change: str,
) -> None:
    url, cast = postgres_databases.populated()
    world = world_of(open_postgres(url), cast)
    call = begin(world)

    async def scenario() -> LacewingError:
        with psycopg.connect(url) as other:
            other.execute(change)
            entering = asyncio.create_task(call)
            await asyncio.to_thread(wait_until_blocked, url, other)
            other.commit()
            with pytest.raises(LacewingError) as refused:
                await entering
            return refused.value

    assert world.run(scenario()).kind is ErrorKind.UNAUTHENTICATED


def test_a_session_that_begins_at_that_moment_ends_with_the_others(
    postgres_databases: PostgresDatabases,
    open_postgres: Callable[[str], Database],
    world_of: Callable[[Database, Cast], World],
) -> None:
    """K-3: who ends all others ends the one too that was not committed when it was asked."""
    url, cast = postgres_databases.populated()
    world = world_of(open_postgres(url), cast)
    mine, other_session = world.session("ada"), world.sign_in("ada")

    async def scenario() -> None:
        with psycopg.connect(url) as other:
            other.execute("SELECT 1 FROM people WHERE email = 'ada@example.com' FOR NO KEY UPDATE")
            other.execute(
                "INSERT INTO sessions (id, person_id, ip, user_agent, proved_at, created_at, idle_until,"
                " expires_at) SELECT gen_random_uuid(), person_id, ip, 'begun just now', proved_at,"
                " created_at, idle_until, expires_at FROM sessions ORDER BY id DESC LIMIT 1"
            )
            ending = asyncio.create_task(end_other_sessions(world.db, mine))
            await asyncio.to_thread(wait_until_blocked, url, other)
            other.commit()
            await ending

    world.run(scenario())

    with psycopg.connect(url) as looking:
        ended = looking.execute(
            "SELECT ended_at IS NOT NULL FROM sessions WHERE user_agent = 'begun just now'"
        ).fetchall()
    assert ended == [(True,)]
    with pytest.raises(LacewingError):
        world.authenticate(Presented(session=other_session.access))
