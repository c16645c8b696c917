"""A fresh proof inside a session: a new id, new secrets, and the same budgets as a login (K-1, S-7, P-1)."""

import asyncio
from collections.abc import Callable

import pytest

from lacewing.access.actor import Actor
from lacewing.credentials import (
    LogIn,
    PasswordChange,
    Presented,
    Proof,
    SessionSecrets,
    SignedIn,
    change_password,
    end_other_sessions,
    list_sessions,
    log_in,
    log_out,
    prove,
    refresh_session,
)
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database
from tests.credentials.told import event_kinds
from tests.world import PASSWORD, START, FakeClock, World, visit


def actor_of(world: World, secrets: SessionSecrets) -> Actor:
    return world.authenticate(Presented(session=secrets.access))


def renewed(world: World, actor: Actor, password: str = PASSWORD) -> SignedIn:
    return world.run(prove(world.db, actor, world.vault, Proof(password)))


def refusal(world: World, actor: Actor, password: str = PASSWORD) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        renewed(world, actor, password)
    return refused.value


def test_a_proof_gives_the_session_a_new_id_and_new_secrets_and_the_old_are_dead(world: World) -> None:
    """K-1."""
    before = world.sign_in("ada")
    old = actor_of(world, before)
    after = renewed(world, old).secrets

    assert len({before.access, before.refresh, after.access, after.refresh}) == 4
    assert actor_of(world, after).credential_id != old.credential_id
    with pytest.raises(LacewingError):
        actor_of(world, before)
    with pytest.raises(LacewingError):
        world.run(refresh_session(world.db, visit(), world.vault, before.refresh))
    assert actor_of(world, after)
    assert world.read(event_kinds)[EventKind.SESSION_PROVED] == 1


def test_after_a_proof_what_needs_one_is_allowed_again(world: World, clock: FakeClock) -> None:
    """S-7."""
    secrets = world.sign_in("ada")
    clock.advance(minutes=14)
    secrets = world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh)).secrets
    clock.advance(minutes=2)
    stale = actor_of(world, secrets)
    with pytest.raises(LacewingError) as refused:
        world.run(end_other_sessions(world.db, stale))
    assert refused.value.code == "reauth_required"

    world.run(end_other_sessions(world.db, actor_of(world, renewed(world, stale).secrets)))


def test_a_proof_does_not_put_off_the_sessions_last_day(world: World, clock: FakeClock) -> None:
    """C-8."""
    secrets = world.sign_in("ada")
    clock.advance(minutes=5)
    actor = actor_of(world, renewed(world, actor_of(world, secrets)).secrets)
    [current] = [each for each in world.run(list_sessions(world.db, actor)) if each.is_current]

    assert (current.created_at, (current.expires_at - START).days) == (START, 30)


def test_a_wrong_password_is_the_refusal_of_a_login_and_leaves_the_session(world: World) -> None:
    secrets = world.sign_in("ada")
    error = refusal(world, actor_of(world, secrets), "not the password")

    assert (error.kind, error.code) == (ErrorKind.UNAUTHENTICATED, "invalid_credentials")
    assert actor_of(world, secrets)
    assert world.read(event_kinds)[EventKind.LOGIN_FAILED] == 1


def test_ten_wrong_proofs_of_a_session_are_all_that_it_gets(world: World) -> None:
    """P-1: a stolen session is no way around it, and a right password while locked is refused too."""
    actor = actor_of(world, world.sign_in("ada"))
    for _ in range(9):
        refusal(world, actor, "wrong")
    change = PasswordChange("wrong", "a new long password")
    with pytest.raises(LacewingError):
        world.run(change_password(world.db, actor, world.vault, change))

    assert refusal(world, actor).kind is ErrorKind.RATE_LIMITED


def test_who_is_logged_in_is_not_locked_by_the_failures_of_others(world: World) -> None:
    """P-1: a session counts as a known device; the answer to an attack must not be locked by it."""
    actor = actor_of(world, world.sign_in("ada"))
    for number in range(10):
        elsewhere = visit(f"attacker {number}")
        with pytest.raises(LacewingError):
            world.run(log_in(world.db, elsewhere, world.vault, LogIn("ada@example.com", "wrong")))

    assert world.run(prove(world.db, actor, world.vault, Proof(PASSWORD))).secrets


def test_right_proofs_are_never_locked(world: World) -> None:
    secrets = world.sign_in("ada")
    for _ in range(12):
        secrets = renewed(world, actor_of(world, secrets)).secrets


def test_a_token_proves_nothing(world: World) -> None:
    """S-7."""
    assert refusal(world, world.token("ada")).code == "credential_not_allowed"


def test_a_session_that_ended_meanwhile_is_not_brought_back(world: World) -> None:
    secrets = world.sign_in("ada")
    actor = actor_of(world, secrets)
    world.run(log_out(world.db, visit(), world.vault, secrets.access))

    assert refusal(world, actor).code == "invalid_token"


def test_of_many_proofs_of_one_session_in_two_processes_one_renews_it(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-2."""
    actor, other = actor_of(world, world.sign_in("ada")), open_db(world_url)

    async def scenario() -> list[object]:
        calls = (prove(db, actor, world.vault, Proof(PASSWORD)) for db in [world.db, other] * 2)
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())

    assert sum(isinstance(answer, SignedIn) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, LacewingError)} == {"invalid_token"}
