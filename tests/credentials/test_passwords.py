"""What may be a password (D6, P-4), and hashing off the event loop, in a form that others read (L-6)."""

import asyncio
import threading
import time
from contextlib import suppress

import bcrypt
import pytest
from argon2 import PasswordHasher

from lacewing.credentials import Hasher
from lacewing.credentials.passwords import check_password
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError
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


def imported(password: bytes, version: bytes) -> str:
    """As another program stored it."""
    return bcrypt.hashpw(password, bcrypt.gensalt(4)).replace(b"$2b$", version).decode()


@pytest.mark.parametrize("version", [b"$2a$", b"$2b$", b"$2y$"])
def test_a_bcrypt_hash_verifies_and_wants_a_new_one(hasher: Hasher, run: Run, version: bytes) -> None:
    """P-3."""
    stored = imported(PASSWORD.encode(), version)

    assert run(hasher.verify(stored, PASSWORD))
    assert not run(hasher.verify(stored, PASSWORD + " "))
    assert hasher.needs_rehash(stored)


def test_bcrypt_looks_at_72_bytes_as_it_did_when_the_hash_was_made(hasher: Hasher, run: Run) -> None:
    """P-3: bytes, not characters, and cut inside one if need be."""
    long = "\u00e9" * 50
    stored = imported(long.encode()[:72], b"$2b$")

    assert run(hasher.verify(stored, long))
    assert run(hasher.verify(stored, "\u00e9" * 36))
    assert not run(hasher.verify(stored, "\u00e9" * 35))


@pytest.mark.parametrize("stored", ["$2b$", "$2a$04$", "$2y$99$" + "x" * 53, "$2b$04$\u00e9", "$2b$04$\0"])
def test_what_is_no_hash_of_bcrypts_matches_nothing(hasher: Hasher, run: Run, stored: str) -> None:
    assert run(hasher.verify(stored, PASSWORD)) is False


def mistakes(password: str, *context: str) -> set[str]:
    checks = Checks()
    check_password(checks, password, context=("lacewing", *context))
    with suppress(LacewingError):
        checks.finish()
        return set()
    return {error.code for error in checks._errors}


@pytest.mark.parametrize(
    "password",
    [
        "securepassword123",
        "correct horse battery",
        "une phrase de passe",
        "welcome to the jungle",
        "\u0438\u0432\u0430\u043d\u044b\u0447 \u0438 \u043c\u0430\u0440\u0438\u044f",
        "xK9#mQ2$v",
    ],
)
def test_what_is_not_guessed_soon_is_taken(password: str) -> None:
    """D6."""
    assert mistakes(password) == set()


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "Password123",
        "trustno1",
        "mopar440",
        "mercede1",
        "P@ssw0rd",
        "qwerty123",
        "iloveyou2",
    ],
)
def test_a_common_password_is_refused(password: str) -> None:
    """P-4: from the first of the list to the last."""
    assert mistakes(password) == {"too_weak"}


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "PASSWORDpassword",
        "aaaaaaaaaaaaaaaa",
        "1234567890123456",
        "abcdefghijklmnop",
        "qwertyuiopasdfgh",
        "password12345678",
        "password!!!!!!!!",
        "12345678password",
        "P@ssw0rdP@ssw0rd",
        "snowboardingsnowboarding",
        "lacewinglacewing",
        "lacewing12345678",
        "adalovelaceadalovelace",
    ],
)
def test_length_saves_no_common_password_that_is_repeated_or_padded(password: str) -> None:
    """D6, P-4."""
    assert mistakes(password, "adalovelace") == {"too_weak"}


def test_the_longest_password_is_judged_at_once() -> None:
    """Judging is not bounded by a budget, and happens on the event loop."""
    began = time.perf_counter()
    for odd in ("@4$3!1|0", "aB3$", "\U0001f41b", "password", "a1@"):
        mistakes((odd * 256)[:256])

    assert time.perf_counter() - began < 1
