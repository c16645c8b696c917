"""E-mail and password for a session, at the cost of exactly one Argon2 verification, whoever asks (L-5)."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import bcrypt
import pytest
from argon2 import PasswordHasher

from lacewing.accounts import rehash_password
from lacewing.budgets import StoredBudgets
from lacewing.credentials import Hasher, LogIn, Presented, SignedIn, Vault, log_in
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database
from tests.credentials.told import event_kinds, face
from tests.world import PASSWORD, FakeClock, World, make_hasher, visit

RIGHT = LogIn("ada@example.com", PASSWORD)
WRONG = LogIn("ada@example.com", "not the password")
UNKNOWN = LogIn("nobody@example.com", PASSWORD)


def enter(world: World, value: LogIn = RIGHT, name: str = "ada", **changed: object) -> SignedIn:
    return world.run(log_in(world.db, visit(name), replace(world.vault, **changed), value))


def refusal(world: World, value: LogIn, name: str = "ada", **changed: object) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        enter(world, value, name, **changed)
    return refused.value


class CountingArgon2(PasswordHasher):
    """The library's own hasher, which counts."""

    verified = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.verified += 1
        return super().verify(hash, password)


@pytest.fixture
def counted() -> Iterator[tuple[Hasher, CountingArgon2]]:
    hasher, counting = make_hasher(), CountingArgon2(time_cost=1, memory_cost=8, parallelism=1)
    hasher._argon2 = counting
    yield hasher, counting
    hasher.close()


def test_the_right_password_begins_a_session_of_the_person(world: World) -> None:
    signed_in = enter(world)
    actor = world.authenticate(Presented(session=signed_in.secrets.access))

    assert signed_in.profile.id == world.people["ada"].id
    assert actor.person is not None
    assert actor.person.email == "ada@example.com"


def test_every_log_in_is_a_session_of_its_own(world: World) -> None:
    """K-1."""
    first, second = enter(world).secrets, enter(world).secrets

    actors = [world.authenticate(Presented(session=secrets.access)) for secrets in (first, second)]
    assert len({first.access, first.refresh, second.access, second.refresh}) == 4
    assert actors[0].credential_id != actors[1].credential_id


@pytest.mark.parametrize("email", ["ADA@example.com", "  ada@example.com ", "Ada@EXAMPLE.com"])
def test_an_address_is_compared_in_any_case(world: World, email: str) -> None:
    """Contract A4."""
    assert enter(world, LogIn(email, PASSWORD))


def test_wrong_unknown_and_disabled_are_answered_alike(world: World) -> None:
    """L-2, L-5, E-1."""
    wrong, unknown = refusal(world, WRONG), refusal(world, UNKNOWN)
    world.disable("bob")
    disabled = refusal(world, LogIn("bob@example.com", PASSWORD), "bob")

    assert (wrong.kind, wrong.code) == (ErrorKind.UNAUTHENTICATED, "invalid_credentials")
    assert wrong.message == "Invalid email or password."
    assert face(wrong) == face(unknown) == face(disabled)


def test_each_of_them_costs_exactly_one_verification(
    world: World, counted: tuple[Hasher, CountingArgon2]
) -> None:
    """L-5."""
    hasher, counting = counted
    world.disable("bob")
    costs = {}
    for value in (
        RIGHT,
        WRONG,
        UNKNOWN,
        LogIn("bob@example.com", PASSWORD),
        LogIn("", ""),
        LogIn("x" * 300, "x"),
    ):
        before = counting.verified
        with suppress(LacewingError):
            enter(world, value, value.email, hasher=hasher)
        costs[value] = counting.verified - before

    assert set(costs.values()) == {1}


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("", ""),
        ("ada@example.com\0", PASSWORD),
        ("\0", "\0"),
        ("ada@example.com", PASSWORD + "\0"),
        ("ada@example.com' OR 1=1 --", "x"),
        ("%@example.com", PASSWORD),
        ("a" * 3000, "b" * 3000),
        ("\ufffd", "\ufffd"),
        ("ad\u0131@example.com", PASSWORD),
    ],
)
def test_odd_input_is_a_wrong_password_and_no_error(still_world: World, email: str, password: str) -> None:
    """No input gives 500 (E-3)."""
    assert refusal(still_world, LogIn(email, password)).code == "invalid_credentials"


def test_a_log_in_is_told_in_the_events(world: World) -> None:
    """U-2."""
    device = enter(world).device
    before = world.read(event_kinds)
    enter(world, replace(RIGHT, device=device))
    refusal(world, WRONG)
    refusal(world, UNKNOWN)

    assert world.read(event_kinds) - before == {EventKind.LOGIN_SUCCEEDED: 1, EventKind.LOGIN_FAILED: 2}


def test_five_failures_from_one_address_lock_the_account_for_it_even_with_the_right_password(
    world: World, clock: FakeClock
) -> None:
    """P-1."""
    for _ in range(5):
        assert refusal(world, WRONG).kind is ErrorKind.UNAUTHENTICATED

    locked = refusal(world, RIGHT)
    assert locked.kind is ErrorKind.RATE_LIMITED
    assert locked.retry_after_seconds == 300
    clock.advance(minutes=5)
    assert enter(world)


def test_somebody_elses_failures_lock_the_account_only_after_ten(world: World) -> None:
    for n in range(10):
        assert refusal(world, WRONG, f"attacker {n}").kind is ErrorKind.UNAUTHENTICATED

    assert refusal(world, RIGHT).kind is ErrorKind.RATE_LIMITED


def test_an_unknown_account_is_locked_as_a_known_one(world: World) -> None:
    kinds = {value: [refusal(world, value, str(value)).kind for _ in range(6)] for value in (WRONG, UNKNOWN)}

    assert kinds[WRONG] == kinds[UNKNOWN]
    assert kinds[WRONG][-1] is ErrorKind.RATE_LIMITED


def test_thirty_failures_from_one_address_lock_it_for_every_account(world: World) -> None:
    for n in range(30):
        refusal(world, LogIn(f"person-{n}@example.com", "x"))

    assert refusal(world, RIGHT).kind is ErrorKind.RATE_LIMITED
    assert enter(world, RIGHT, "elsewhere")


def test_an_account_is_locked_in_whatever_case_its_address_is_typed(world: World) -> None:
    for email in (
        "ada@example.com",
        "ADA@example.com",
        " ada@example.com",
        "Ada@Example.com",
        "adA@example.com",
    ):
        refusal(world, LogIn(email, "x"))

    assert refusal(world, RIGHT).kind is ErrorKind.RATE_LIMITED


def test_who_logs_in_rightly_again_and_again_is_never_locked(world: World) -> None:
    assert all(enter(world) for _ in range(40))


def test_a_success_does_not_forgive_earlier_failures(world: World) -> None:
    for _ in range(4):
        refusal(world, WRONG)
    enter(world)

    assert refusal(world, WRONG).kind is ErrorKind.UNAUTHENTICATED
    assert refusal(world, RIGHT).kind is ErrorKind.RATE_LIMITED


def test_many_guesses_at_once_are_no_more_than_the_budget(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """Counted atomically, before the hashing (P-1)."""
    other = open_db(world_url)

    async def scenario() -> list[object]:
        calls = (log_in(on, visit(), world.vault, WRONG) for on in [world.db, other] * 6)
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())
    kinds = [answer.kind for answer in answers if isinstance(answer, LacewingError)]

    assert kinds.count(ErrorKind.UNAUTHENTICATED) == 5
    assert kinds.count(ErrorKind.RATE_LIMITED) == 7


def test_a_hash_of_older_parameters_is_replaced_at_the_next_log_in(world: World) -> None:
    """P-3."""
    stronger = Hasher(memory_kib=16, passes=2, lanes=1)
    try:
        enter(world, hasher=stronger)
        stored = _stored_hash(world)
        assert "m=16,t=2,p=1" in stored
        assert enter(world, hasher=stronger)
        assert _stored_hash(world) == stored
        assert enter(world)
    finally:
        stronger.close()


def test_a_wrong_password_replaces_no_hash(world: World) -> None:
    before = _stored_hash(world)
    stronger = Hasher(memory_kib=16, passes=2, lanes=1)
    refusal(world, WRONG, hasher=stronger)
    stronger.close()

    assert _stored_hash(world) == before


def _stored_hash(world: World) -> str:
    query = "SELECT password_hash FROM people WHERE email = 'ada@example.com'"
    found: str = world.read(lambda tx: tx.connection.exec_driver_sql(query).scalar_one())
    return found


def test_an_imported_bcrypt_hash_is_upgraded_at_the_first_log_in(world: World) -> None:
    """P-3."""
    imported = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    ada = world.people["ada"].id
    world.write(lambda tx: rehash_password(tx, ada, imported))
    refusal(world, WRONG)
    assert _stored_hash(world) == imported

    enter(world)

    assert _stored_hash(world).startswith("$argon2id$")
    assert enter(world)


def test_a_password_is_stored_as_argon2id_only(world: World) -> None:
    assert _stored_hash(world).startswith("$argon2id$v=19$")


def test_more_log_ins_at_once_than_the_queue_holds_are_unavailable(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L-6."""
    monkeypatch.setattr("lacewing.credentials.passwords.MAX_WAITING", 2)
    vault: Vault = replace(world.vault, budgets=StoredBudgets(None))

    async def scenario() -> list[object]:
        calls = (log_in(world.db, visit(), vault, RIGHT) for _ in range(30))
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())
    refused = [answer for answer in answers if isinstance(answer, LacewingError)]

    assert {error.kind for error in refused} == {ErrorKind.UNAVAILABLE}
    assert all(error.retry_after_seconds for error in refused)
    assert sum(isinstance(answer, SignedIn) for answer in answers) >= 2


def test_who_was_sent_away_by_a_full_queue_has_not_failed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P-1, L-6: a crowd at the login is no way to lock anybody out."""
    with monkeypatch.context() as full:
        full.setattr("lacewing.credentials.passwords.MAX_WAITING", 0)
        kinds = {refusal(world, RIGHT).kind for _ in range(15)}

    assert kinds == {ErrorKind.UNAVAILABLE}
    assert enter(world)
