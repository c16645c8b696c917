"""Authenticator apps: RFC 6238, each step once, never backwards (P-6)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind
from lacewing.budgets import StoredBudgets
from lacewing.credentials import (
    Presented,
    begin_totp,
    confirm_totp,
    make_recovery_codes,
    read_factors,
    register_keys,
    remove_totp,
)
from lacewing.credentials.mfa_tables import totp_secrets
from lacewing.credentials.rekey import MissingKeysError
from lacewing.credentials.totp import _matching_step
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.keyring import parse
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.credentials.factors import App, add_app, continued, finish, half, mails, refused
from tests.credentials.told import event_kinds
from tests.world import NEW_KEY, OLD_KEY, FakeClock, World

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def unlimited(world: World) -> World:
    world.vault = replace(world.vault, budgets=StoredBudgets(None))
    return world


def refusal(world: World, verb: Callable[..., object], *values: object) -> LacewingError:
    with pytest.raises(LacewingError) as caught:
        world.run(verb(world.db, *values))
    return caught.value


@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_rfc(at: int, code: str) -> None:
    """RFC 6238, appendix B, the last six digits."""
    assert _matching_step(RFC_SECRET, code, datetime.fromtimestamp(at, UTC)) == at // 30


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (0, True), (1, True), (2, False)])
def test_a_code_is_good_one_step_early_or_late(unlimited: World, steps: int, is_right: bool) -> None:
    app = add_app(unlimited)
    code = app.code(unlimited, steps)
    if is_right:
        assert finish(unlimited, half(unlimited).token, code=code)
    else:
        refused(unlimited, half(unlimited).token, "invalid_code", code=code)


def test_a_late_code_is_good_too(unlimited: World, clock: FakeClock) -> None:
    app = add_app(unlimited)
    code = app.code(unlimited)
    clock.advance(seconds=30)

    assert finish(unlimited, half(unlimited).token, code=code)


def test_a_code_is_never_accepted_twice(unlimited: World) -> None:
    app = add_app(unlimited)
    finish(unlimited, half(unlimited).token, code=app.code(unlimited))

    refused(unlimited, half(unlimited).token, "invalid_code", code=app.code(unlimited))


def test_a_step_before_the_last_used_one_is_refused(unlimited: World) -> None:
    app = add_app(unlimited)
    finish(unlimited, half(unlimited).token, code=app.code(unlimited, 1))

    refused(unlimited, half(unlimited).token, "invalid_code", code=app.code(unlimited))


def test_the_code_that_confirmed_the_app_is_used(unlimited: World) -> None:
    actor = unlimited.session("ada")
    secret = unlimited.run(begin_totp(unlimited.db, actor, unlimited.vault)).secret
    app = App(secret, None, actor)
    unlimited.run(confirm_totp(unlimited.db, actor, unlimited.vault, app.code(unlimited)))

    refused(unlimited, half(unlimited).token, "invalid_code", code=app.code(unlimited))


def test_spaces_in_a_code_are_free(unlimited: World) -> None:
    app = add_app(unlimited)
    code = app.code(unlimited)

    assert finish(unlimited, half(unlimited).token, code=f" {code[:3]} {code[3:]}\n")


def test_an_app_counts_only_once_it_is_confirmed(world: World) -> None:
    actor = world.session("ada")
    world.run(begin_totp(world.db, actor, world.vault))

    assert world.sign_in("ada")
    assert not world.run(read_factors(world.db, actor)).is_any


def test_the_uri_names_the_product_and_the_account(world: World) -> None:
    new = world.run(begin_totp(world.db, world.session("ada"), world.vault))
    parts = urlsplit(new.uri)

    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Lacewing:ada%40example.com")
    assert parse_qs(parts.query) == {"secret": [new.secret], "issuer": ["Lacewing"]}
    assert len(new.secret) == 32


def test_the_secret_is_sealed(world: World) -> None:
    """F-6."""
    new = world.run(begin_totp(world.db, world.session("ada"), world.vault))
    sealed = world.read(lambda tx: tx.execute(select(totp_secrets.c.sealed)).scalar_one())

    assert new.secret.encode() not in sealed
    assert world.vault.ring.unseal(sealed).decode() == new.secret


def test_a_second_pending_app_replaces_the_first(world: World) -> None:
    actor = world.session("ada")
    first, second = (world.run(begin_totp(world.db, actor, world.vault)) for _ in range(2))

    with_first = App(first.secret, None, actor).code(world)
    assert refusal(world, confirm_totp, actor, world.vault, with_first).fields[0].code == "invalid_code"
    with_second = App(second.secret, None, actor).code(world)
    assert world.run(confirm_totp(world.db, actor, world.vault, with_second))


def test_a_confirmed_app_is_not_replaced(world: World) -> None:
    """Else whoever holds the session for a minute could swap it."""
    app = add_app(world)

    assert refusal(world, begin_totp, app.session, world.vault).code == "totp_enabled"
    assert refusal(world, confirm_totp, app.session, world.vault, app.code(world)).code == "totp_not_pending"


def test_nothing_pending_is_nothing_to_confirm(world: World) -> None:
    actor = world.session("ada")

    assert refusal(world, confirm_totp, actor, world.vault, "123456").kind is ErrorKind.CONFLICT
    assert refusal(world, remove_totp, actor, world.vault).kind is ErrorKind.NOT_FOUND


def test_two_who_confirm_at_once_confirm_once(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    actor, other = world.session("ada"), open_db(world_url)
    new = world.run(begin_totp(world.db, actor, world.vault))
    code = App(new.secret, None, actor).code(world)

    async def scenario() -> list[object]:
        calls = (confirm_totp(db, actor, world.vault, code) for db in [world.db, other] * 2)
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert world.run(read_factors(world.db, actor)).recovery_codes_left == 10


def test_adding_an_app_ends_every_other_session_and_renews_the_callers(world: World) -> None:
    """C-9, K-1."""
    other, bobs = world.sign_in("ada"), world.sign_in("bob")
    secrets = world.sign_in("ada")
    own = world.authenticate(Presented(session=secrets.access))
    app = add_app(world, actor=own)

    for dead in (other, secrets):
        with pytest.raises(LacewingError):
            world.authenticate(Presented(session=dead.access))
    assert app.session.credential_id != own.credential_id
    assert world.authenticate(Presented(session=bobs.access), "bob")


def test_removing_it_and_making_codes_do_the_same(world: World) -> None:
    """C-9."""
    session = add_app(world).session
    for verb in (make_recovery_codes, remove_totp):
        changed = world.run(verb(world.db, session, world.vault))
        renewed = continued(world, changed)
        assert renewed.credential_id != session.credential_id
        with pytest.raises(LacewingError):
            world.run(read_again(world, session))
        session = renewed


async def read_again(world: World, ended: Actor) -> None:
    """A session that was ended while its request ran does not come back under a new id."""
    await make_recovery_codes(world.db, ended, world.vault)


def test_a_change_is_no_proof(world: World, clock: FakeClock) -> None:
    """S-7: else who holds a session for a moment would keep it fresh by changing this and that."""
    actor = world.session("ada")
    clock.advance(minutes=10)
    app = add_app(world, actor=actor)

    assert app.session.proved_at == actor.proved_at
    clock.advance(minutes=6)
    assert refusal(world, remove_totp, app.session, world.vault).code == "reauth_required"


def test_every_change_needs_a_fresh_session(world: World, clock: FakeClock) -> None:
    """S-7."""
    session = add_app(world).session
    clock.advance(minutes=15, seconds=1)
    for verb, values in (
        (begin_totp, ()),
        (confirm_totp, ("123456",)),
        (remove_totp, ()),
        (make_recovery_codes, ()),
    ):
        assert refusal(world, verb, session, world.vault, *values).code == "reauth_required"


@pytest.mark.parametrize("kind", [CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.PROJECT_TOKEN])
def test_no_token_changes_factors(world: World, kind: CredentialKind) -> None:
    """S-7."""
    actor = world.actor(kind)
    for verb in (begin_totp, remove_totp, make_recovery_codes):
        assert refusal(world, verb, actor, world.vault).kind is ErrorKind.FORBIDDEN


def test_changes_are_told_by_event_and_mail(world: World) -> None:
    """U-2, U-4."""
    before = world.read(event_kinds)
    session = world.session("ada")
    app = add_app(world, actor=session)
    changed = world.run(make_recovery_codes(world.db, app.session, world.vault))
    world.run(remove_totp(world.db, continued(world, changed), world.vault))

    told = world.read(event_kinds) - before
    assert told[EventKind.MFA_ENABLED] == told[EventKind.MFA_DISABLED] == 1
    assert told[EventKind.RECOVERY_CODES_MADE] == 1
    assert world.read(mails) == [MailKind.MFA_CHANGED] * 3


def test_after_the_app_is_gone_a_password_is_enough_and_the_codes_are_dead(world: World) -> None:
    app = add_app(world)
    changed = world.run(remove_totp(world.db, app.session, world.vault))

    assert world.sign_in("ada")
    factors = world.run(read_factors(world.db, continued(world, changed)))
    assert (factors.is_any, factors.recovery_codes_left) == (False, 0)


def test_an_app_outlives_a_rotation_of_the_keys(unlimited: World, clock: FakeClock) -> None:
    """F-4, F-6: sealed anew at the next use, and until then the old key is missed."""
    world = unlimited
    app = add_app(world)
    world.run(make_recovery_codes(world.db, app.session, world.vault))
    world.run(register_keys(world.db, parse(OLD_KEY)))
    world.vault = replace(world.vault, ring=parse(f"{NEW_KEY},{OLD_KEY}"))
    clock.advance(days=60)
    with pytest.raises(MissingKeysError):
        world.run(register_keys(world.db, parse(NEW_KEY)))

    signed_in = finish(world, half(world).token, code=app.code(world))
    fresh = world.authenticate(Presented(session=signed_in.secrets.access))
    world.run(make_recovery_codes(world.db, fresh, world.vault))
    world.vault = replace(world.vault, ring=parse(NEW_KEY))
    world.run(register_keys(world.db, parse(NEW_KEY)))
    clock.advance(seconds=30)
    assert finish(world, half(world).token, code=app.code(world))
