"""Hashing off the event loop, in the form that others read too (L-6)."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher

from lacewing.credentials import Hasher
from tests.world import PASSWORD, Run


def test_a_hash_is_argon2id_that_the_library_itself_verifies(hasher: Hasher, run: Run) -> None:
    stored = run(hasher.hash(PASSWORD))

    assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert PasswordHasher().verify(stored, PASSWORD)
    assert run(hasher.hash(PASSWORD)) != stored


@pytest.mark.parametrize(
    ("password", "matches"),
    [(PASSWORD, True), (PASSWORD.upper(), False), (PASSWORD + " ", False), ("", False)],
)
def test_a_password_is_verified_to_the_letter(hasher: Hasher, run: Run, password: str, matches: bool) -> None:
    stored = run(hasher.hash(PASSWORD))

    assert run(hasher.verify(stored, password)) is matches


def test_where_there_is_no_hash_nothing_matches(hasher: Hasher, run: Run) -> None:
    """Not the dummy's own password either (L-5)."""
    for password in (PASSWORD, "", "what the passwords of unknown accounts are verified against"):
        assert run(hasher.verify(None, password)) is False


@pytest.mark.parametrize("stored", ["", "x", "$2b$12$", "$argon2id$v=19$m=8,t=1,p=1$x$y", "\0"])
def test_what_is_no_hash_matches_nothing(hasher: Hasher, run: Run, stored: str) -> None:
    assert run(hasher.verify(stored, PASSWORD)) is False


def test_a_hash_of_other_parameters_wants_a_new_one(hasher: Hasher, run: Run) -> None:
    assert not hasher.needs_rehash(run(hasher.hash(PASSWORD)))
    assert hasher.needs_rehash(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD))


def test_hashing_does_not_hold_up_the_event_loop(run: Run) -> None:
    hasher = Hasher(memory_kib=64 * 1024, passes=3, lanes=1)

    async def scenario() -> tuple[int, str]:
        hashing = asyncio.create_task(hasher.hash(PASSWORD))
        turns = 0
        while not hashing.done():
            await asyncio.sleep(0)
            turns += 1
        return turns, threading.current_thread().name

    turns, _ = run(scenario())
    hasher.close()

    assert turns > 10
