"""A password for a program's own token, without cookies: the rules are those of logging in and signing up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lacewing.credentials import ClientToken, LogIn, Presented, SignUp, log_in_for_token, sign_up_for_token
from lacewing.credentials.tables import session_tokens
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from tests.credentials.told import event_kinds, face
from tests.world import PASSWORD, World, visit

RIGHT = LogIn("ada@example.com", PASSWORD)
WRONG = LogIn("ada@example.com", "not the password")


def enter(world: World, value: LogIn = RIGHT, host: str = "") -> ClientToken:
    return world.run(log_in_for_token(world.db, visit(), world.vault, value, "BugSpark CLI", host))


def refusal(world: World, value: LogIn) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        enter(world, value)
    return refused.value


def test_the_right_password_yields_a_token_of_90_days(world: World) -> None:
    given = enter(world, host="ada-laptop")
    actor = world.authenticate(Presented(bearer=given.minted.secret))

    assert actor.person is not None
    assert actor.person.id == world.people["ada"].id
    assert given.minted.token.name == "BugSpark CLI on ada-laptop"
    assert given.minted.token.expires_at == world.clock() + timedelta(days=90)
    assert enter(world).minted.token.name == f"BugSpark CLI on {visit().ip}"


def test_it_ends_no_earlier_token_and_leaves_no_session(world: World) -> None:
    """V-3"""
    secrets = [enter(world).minted.secret for _ in range(3)]
    kept = world.read(lambda tx: tx.execute(select(session_tokens.c.session_id)).scalars().all())
    before = len(kept)
    enter(world)

    assert len({world.authenticate(Presented(bearer=secret)).credential_id for secret in secrets}) == 3
    kept = world.read(lambda tx: tx.execute(select(session_tokens.c.session_id)).scalars().all())
    assert len(kept) == before


def test_wrong_unknown_and_disabled_are_answered_alike(world: World) -> None:
    """L-2, L-5"""
    world.disable("bob")
    values = [WRONG, LogIn("nobody@example.com", PASSWORD), LogIn("bob@example.com", PASSWORD)]

    assert {face(refusal(world, value))[:3] for value in values} == {
        (ErrorKind.UNAUTHENTICATED, "invalid_credentials", "Invalid email or password.")
    }


def test_its_failures_are_counted_with_those_of_the_browser(world: World) -> None:
    """P-1: a right password while locked is refused too."""
    for _ in range(5):
        refusal(world, WRONG)

    assert refusal(world, RIGHT).kind is ErrorKind.RATE_LIMITED
    with pytest.raises(LacewingError):
        world.sign_in("ada")


def test_registering_yields_a_token_and_a_taken_address_none(world: World) -> None:
    value = SignUp("Zoe", "zoe@example.com", PASSWORD)
    given = world.run(sign_up_for_token(world.db, visit("zoe"), world.vault, value, "BugSpark CLI"))
    tokens = world.read(event_kinds)[EventKind.TOKEN_CREATED]
    with pytest.raises(LacewingError) as refused:
        world.run(sign_up_for_token(world.db, visit("zoe"), world.vault, value, "BugSpark CLI"))

    assert world.authenticate(Presented(bearer=given.minted.secret)).person is not None
    assert refused.value.code == "email_taken"
    assert world.read(event_kinds)[EventKind.TOKEN_CREATED] == tokens
