"""A second factor proves again who it is, and renews the session (S-7, K-1)."""

from dataclasses import replace

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.budgets import StoredBudgets
from lacewing.credentials import (
    Presented,
    Proof,
    SignedIn,
    ask_passkey,
    ask_proof,
    begin_totp,
    log_out,
    prove,
    remove_totp,
)
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from tests.authenticator import PRESENT
from tests.credentials.factors import App, add_app, add_key
from tests.credentials.told import event_kinds
from tests.world import FakeClock, World, visit


def renewed(world: World, signed_in: SignedIn):
    return world.authenticate(Presented(session=signed_in.secrets.access))


def refusal(world: World, coroutine) -> LacewingError:
    with pytest.raises(LacewingError) as caught:
        world.run(coroutine)
    return caught.value


def test_a_code_makes_a_stale_session_fresh_under_a_new_id(world: World, clock: FakeClock) -> None:
    app = add_app(world)
    clock.advance(minutes=14)
    before = world.read(event_kinds)
    actor = renewed(world, world.run(prove(world.db, app.session, world.vault, Proof(code=app.code(world)))))

    assert actor.proved_at == clock.now
    assert actor.credential_id != app.session.credential_id
    assert world.read(event_kinds) - before == {EventKind.SESSION_PROVED: 1}
    with pytest.raises(LacewingError):
        world.authenticate(Presented(session=app.changed.secrets.access))
    assert world.run(remove_totp(world.db, actor, world.vault))


def test_a_stale_session_may_prove_itself(world: World, clock: FakeClock) -> None:
    world.vault = replace(world.vault, access_lifetime=world.vault.session_idle)
    app = add_app(world)
    clock.advance(days=1)

    assert refusal(world, remove_totp(world.db, app.session, world.vault)).code == "reauth_required"
    proved = world.run(prove(world.db, app.session, world.vault, Proof(code=app.code(world))))
    assert world.run(remove_totp(world.db, renewed(world, proved), world.vault))


def test_a_code_is_used_by_a_proof(world: World) -> None:
    """P-6: the same step serves no second proof, and no login."""
    app = add_app(world)
    proved = renewed(world, world.run(prove(world.db, app.session, world.vault, Proof(code=app.code(world)))))

    again = prove(world.db, proved, world.vault, Proof(code=app.code(world)))
    assert refusal(world, again).code == "invalid_code"


def test_a_wrong_code_proves_nothing_and_leaves_the_session(world: World) -> None:
    app = add_app(world)
    before = world.read(event_kinds)

    assert (
        refusal(world, prove(world.db, app.session, world.vault, Proof(code="000000"))).code == "invalid_code"
    )
    assert world.authenticate(Presented(session=app.changed.secrets.access)) == app.session
    assert world.read(event_kinds) - before == {EventKind.LOGIN_FAILED: 1}


def test_without_an_app_no_code_is_right(world: World) -> None:
    actor = world.session("bob")

    assert refusal(world, prove(world.db, actor, world.vault, Proof(code="123456"))).code == "invalid_code"


def test_a_pending_app_proves_nothing(world: World) -> None:
    actor = world.session("bob")
    app = App(world.run(begin_totp(world.db, actor, world.vault)).secret, None, actor)

    answer = refusal(world, prove(world.db, actor, world.vault, Proof(code=app.code(world))))
    assert answer.code == "invalid_code"


def test_a_challenge_to_register_proves_nothing(world: World) -> None:
    """P-7: it is the same person's, but it was given out for something else."""
    key, _, session = add_key(world)
    shown = key.get(world.run(ask_passkey(world.db, session, world.vault)).challenge)

    answer = refusal(world, prove(world.db, session, world.vault, Proof(assertion=shown)))
    assert answer.code == "invalid_code"


def test_guesses_are_charged_like_logins(world: World) -> None:
    """P-1: a session counts as a known device of its person."""
    app = add_app(world)
    for _ in range(10):
        refusal(world, prove(world.db, app.session, world.vault, Proof(code="000000")))

    locked = refusal(world, prove(world.db, app.session, world.vault, Proof(code=app.code(world))))
    assert locked.kind is ErrorKind.RATE_LIMITED


def test_a_passkey_proves_it_too(world: World, clock: FakeClock) -> None:
    key, _, session = add_key(world)
    clock.advance(minutes=10)
    options = world.run(ask_proof(world.db, session, world.vault))
    shown = key.get(options.challenge)
    actor = renewed(world, world.run(prove(world.db, session, world.vault, Proof(assertion=shown))))

    assert [known.credential_id for known in options.allow] == [key.id]
    assert actor.proved_at == clock.now
    assert refusal(world, prove(world.db, actor, world.vault, Proof(assertion=shown))).code == "invalid_code"


def test_another_persons_passkey_proves_nothing(world: World) -> None:
    world.vault = replace(world.vault, budgets=StoredBudgets(None))
    key, _, session = add_key(world)
    bobs, _, bob = add_key(world, "bob")
    for asked_by, shown_by in ((session, bobs), (bob, key), (bob, bobs)):
        challenge = world.run(ask_proof(world.db, asked_by, world.vault)).challenge
        shown = shown_by.get(challenge)
        assert (
            refusal(world, prove(world.db, session, world.vault, Proof(assertion=shown))).code
            == "invalid_code"
        )


def test_a_passkey_that_verified_nobody_proves_nothing(world: World) -> None:
    key, _, session = add_key(world)
    shown = key.get(world.run(ask_proof(world.db, session, world.vault)).challenge, flags=PRESENT)

    assert (
        refusal(world, prove(world.db, session, world.vault, Proof(assertion=shown))).code == "invalid_code"
    )


def test_a_token_proves_nothing(world: World) -> None:
    token = world.actor(CredentialKind.PERSONAL_ACCESS_TOKEN)
    for coroutine in (
        ask_proof(world.db, token, world.vault),
        prove(world.db, token, world.vault, Proof(code="123456")),
        prove(world.db, token, world.vault, Proof(assertion={})),
    ):
        assert refusal(world, coroutine).code == "credential_not_allowed"


def test_who_has_no_passkey_is_told(world: World) -> None:
    assert refusal(world, ask_proof(world.db, world.session("bob"), world.vault)).code == "no_passkey"


def test_a_session_that_ended_meanwhile_does_not_come_back(world: World) -> None:
    """M-1: what was revoked while its request ran must not go on under a new id."""
    app = add_app(world)
    world.run(log_out(world.db, visit(), world.vault, app.changed.secrets.access))

    ended = prove(world.db, app.session, world.vault, Proof(code=app.code(world)))
    assert refusal(world, ended).kind is ErrorKind.UNAUTHENTICATED
