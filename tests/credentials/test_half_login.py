"""A login in two steps: what stands between them can do nothing else (P-8), and ends soon."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from lacewing.access.permissions import CredentialKind
from lacewing.budgets import StoredBudgets
from lacewing.credentials import (
    HalfLogin,
    LogIn,
    MfaMethod,
    Presented,
    SecondStep,
    SignedIn,
    ask_second_step,
    finish_log_in,
    log_in,
    remove_totp,
)
from lacewing.credentials.mfa_tables import half_logins
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database
from tests.credentials.factors import add_app, add_key, finish, half, refused
from tests.credentials.told import event_kinds, face
from tests.world import PASSWORD, FakeClock, World, visit

WRONG = "000000"


@pytest.fixture
def unlimited(world: World) -> World:
    world.vault = replace(world.vault, budgets=StoredBudgets(None))
    return world


def test_without_a_second_factor_a_password_is_enough(world: World) -> None:
    entered = world.run(log_in(world.db, visit(), world.vault, LogIn("ada@example.com", PASSWORD)))

    assert isinstance(entered, SignedIn)


def test_with_one_a_password_is_half_a_login_and_the_code_the_other(world: World) -> None:
    app = add_app(world)
    begun = half(world)
    signed_in = finish(world, begun.token, code=app.code(world))
    actor = world.authenticate(Presented(session=signed_in.secrets.access))

    assert begun.methods == (MfaMethod.TOTP, MfaMethod.RECOVERY_CODE)
    assert actor.person is not None
    assert actor.person.email == "ada@example.com"
    assert signed_in.profile.has_mfa


def test_only_what_is_there_is_offered(world: World) -> None:
    add_key(world, "bob")

    assert half(world, "bob").methods == (MfaMethod.RECOVERY_CODE, MfaMethod.PASSKEY)


def test_a_wrong_password_says_nothing_of_the_second_step(world: World) -> None:
    """L-2."""
    add_app(world)
    answers = []
    for email in ("ada@example.com", "nobody@example.com"):
        with pytest.raises(LacewingError) as caught:
            world.run(log_in(world.db, visit(email), world.vault, LogIn(email, "wrong")))
        answers.append(face(caught.value))

    assert answers[0] == answers[1]


def test_the_session_after_the_second_step_is_a_new_one(world: World) -> None:
    """K-1: its id is neither the half login's nor any that was there."""
    app = add_app(world)
    signed_in = finish(world, half(world).token, code=app.code(world))

    actor = world.authenticate(Presented(session=signed_in.secrets.access))
    assert actor.credential_id != app.session.credential_id


def test_the_half_way_token_opens_nothing(world: World) -> None:
    """P-8."""
    add_app(world)
    token = half(world).token
    for presented in (Presented(session=token), Presented(bearer=token), Presented(api_key=token)):
        with pytest.raises(LacewingError) as caught:
            world.authenticate(presented)
        assert caught.value.kind is ErrorKind.UNAUTHENTICATED


def test_a_session_cookie_is_no_half_way_token(world: World) -> None:
    app = add_app(world)

    refused(world, app.changed.secrets.access, "login_expired", code=app.code(world))


def test_it_is_stored_as_a_digest_only(world: World) -> None:
    add_app(world)
    token = half(world).token
    row = world.read(lambda tx: tx.execute(select(half_logins)).one())

    assert token.encode() not in bytes(row.digest)
    assert len(row.digest) == 32
    assert token not in str(tuple(row))


def test_it_dies_after_ten_minutes(world: World, clock: FakeClock) -> None:
    app = add_app(world)
    token = half(world).token
    clock.advance(minutes=10)

    refused(world, token, "login_expired", code=app.code(world))


def test_it_is_good_until_then(world: World, clock: FakeClock) -> None:
    app = add_app(world)
    token = half(world).token
    clock.advance(minutes=9, seconds=59)

    assert finish(world, token, code=app.code(world))


def test_it_is_good_for_one_login(unlimited: World, clock: FakeClock) -> None:
    app = add_app(unlimited)
    token = half(unlimited).token
    finish(unlimited, token, code=app.code(unlimited))
    clock.advance(seconds=30)

    refused(unlimited, token, "login_expired", code=app.code(unlimited))


def test_five_wrong_codes_end_it_and_the_right_one_comes_too_late(unlimited: World) -> None:
    app = add_app(unlimited)
    token = half(unlimited).token
    for _ in range(5):
        refused(unlimited, token, "invalid_code", code=WRONG)

    refused(unlimited, token, "login_expired", code=app.code(unlimited))
    assert finish(unlimited, half(unlimited).token, code=app.code(unlimited))


def test_many_guesses_at_once_are_no_more_than_five(
    unlimited: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    add_app(unlimited)
    token, other = half(unlimited).token, open_db(world_url)

    async def scenario() -> list[object]:
        guess = SecondStep(code=WRONG)
        calls = (
            finish_log_in(db, visit(), unlimited.vault, token, guess) for db in [unlimited.db, other] * 8
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    codes = Counter(getattr(answer, "code", answer) for answer in unlimited.run(scenario()))
    assert codes == {"invalid_code": 5, "login_expired": 11}


def test_the_same_code_at_once_from_two_processes_opens_one_session(
    unlimited: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """P-6, M-2: with a half login each, so that only the code is contended for."""
    app = add_app(unlimited)
    code, other = app.code(unlimited), open_db(world_url)
    tokens = [half(unlimited).token for _ in range(8)]

    async def scenario() -> list[object]:
        calls = (
            finish_log_in(db, visit(), unlimited.vault, token, SecondStep(code=code))
            for db, token in zip([unlimited.db, other] * 4, tokens, strict=True)
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = unlimited.run(scenario())
    assert sum(isinstance(answer, SignedIn) for answer in answers) == 1
    assert {getattr(answer, "code", None) for answer in answers} == {None, "invalid_code"}


def test_the_same_half_login_at_once_from_two_processes_opens_one_session(
    unlimited: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """With a recovery code each, so that only the half login is contended for."""
    app = add_app(unlimited)
    token, other = half(unlimited).token, open_db(world_url)
    codes = app.changed.recovery_codes[:4]

    async def scenario() -> list[object]:
        calls = (
            finish_log_in(db, visit(), unlimited.vault, token, SecondStep(recovery_code=code))
            for db, code in zip([unlimited.db, other] * 2, codes, strict=True)
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = unlimited.run(scenario())
    assert sum(isinstance(answer, SignedIn) for answer in answers) == 1


def test_another_persons_code_is_wrong(world: World) -> None:
    add_app(world)
    bobs = add_app(world, "bob")

    refused(world, half(world).token, "invalid_code", code=bobs.code(world))
    recovery_code = bobs.changed.recovery_codes[0]
    refused(world, half(world).token, "invalid_code", recovery_code=recovery_code)
    assert finish(world, half(world, "bob").token, by="bob", recovery_code=recovery_code)


@pytest.mark.parametrize(
    "shown", [{}, {"code": WRONG, "recovery_code": "x"}, {"code": WRONG, "assertion": {}}]
)
def test_exactly_one_thing_is_shown(world: World, shown: dict[str, object]) -> None:
    add_app(world)
    with pytest.raises(LacewingError) as caught:
        finish(world, half(world).token, **shown)

    assert caught.value.kind is ErrorKind.INVALID


@pytest.mark.parametrize("token", ["", "\0", "x" * 5000, "\ufffd", "' OR 1=1 --"])
def test_an_unknown_token_is_an_expired_one(world: World, token: str) -> None:
    """L-2, E-3."""
    refused(world, token, "login_expired", code=WRONG)


@pytest.mark.parametrize(
    "code", ["", "\0", "12345", "1234567", "x" * 5000, "\uff11" * 6, "\xb2" * 6, "-12345"]
)
def test_odd_codes_are_wrong_and_no_error(world: World, code: str) -> None:
    """E-3."""
    add_app(world)
    token = half(world).token

    refused(world, token, "invalid_code", code=code)
    refused(world, token, "invalid_code", recovery_code=code)


def test_who_was_disabled_between_the_steps_does_not_get_in(world: World) -> None:
    app = add_app(world)
    token = half(world).token
    world.disable("ada")

    refused(world, token, "login_expired", code=app.code(world))


def test_wrong_codes_are_charged_to_the_login_of_the_account(world: World) -> None:
    """P-1: a right password in between forgives nothing, and a right code while locked is refused."""
    app = add_app(world)
    for _ in range(5):
        refused(world, half(world).token, "invalid_code", code=WRONG)

    with pytest.raises(LacewingError) as caught:
        half(world)
    assert caught.value.kind is ErrorKind.RATE_LIMITED
    elsewhere = world.run(log_in(world.db, visit("x"), world.vault, LogIn("ada@example.com", PASSWORD)))
    assert isinstance(elsewhere, HalfLogin)
    with pytest.raises(LacewingError) as caught:
        finish(world, elsewhere.token, code=app.code(world))
    assert caught.value.kind is ErrorKind.RATE_LIMITED


def test_right_codes_are_not_charged(world: World, clock: FakeClock) -> None:
    app = add_app(world)
    for _ in range(9):
        finish(world, half(world).token, code=app.code(world))
        clock.advance(seconds=30)


def test_a_change_of_factors_ends_half_logins(world: World) -> None:
    """C-9."""
    app = add_app(world)
    codes, token = app.changed.recovery_codes, half(world).token
    world.run(remove_totp(world.db, app.session, world.vault))

    refused(world, token, "login_expired", code=app.code(world))
    refused(world, token, "login_expired", recovery_code=codes[0])


def test_both_steps_are_told_in_the_events(world: World) -> None:
    """U-2: half a login is no login."""
    app = add_app(world)
    before = world.read(event_kinds)
    token = half(world).token
    refused(world, token, "invalid_code", code=WRONG)
    assert world.read(event_kinds) - before == {EventKind.LOGIN_FAILED: 1}

    finish(world, token, code=app.code(world))
    told = world.read(event_kinds) - before
    assert told == {EventKind.LOGIN_FAILED: 1, EventKind.LOGIN_SUCCEEDED: 1, EventKind.DEVICE_NEW: 1}


def test_options_are_for_who_has_a_passkey_and_a_half_login(world: World) -> None:
    add_app(world)
    for token, code in ((half(world).token, "no_passkey"), ("x", "login_expired")):
        with pytest.raises(LacewingError) as caught:
            world.run(ask_second_step(world.db, visit(), world.vault, token))
        assert caught.value.code == code


def test_tokens_go_on_working_with_a_second_factor(world: World) -> None:
    """They were made by who had it all; only passwords open less than before."""
    token = world.mint()
    add_app(world)

    actor = world.authenticate(Presented(bearer=token.secret))
    assert actor.kind is CredentialKind.PERSONAL_ACCESS_TOKEN
