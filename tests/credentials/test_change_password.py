"""A new password, and all that dies with the old one (C-9)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind
from lacewing.accounts import person_by_email
from lacewing.credentials import (
    LogIn,
    PasswordChange,
    Presented,
    SessionSecrets,
    SignedIn,
    ask_for_reset,
    change_password,
    log_in,
    refresh_session,
    reset_password,
)
from lacewing.credentials.log_in import _enter
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.credentials.told import event_kinds, mails
from tests.world import PASSWORD, FakeClock, World, visit

NEW = "an entirely new password"
CHANGE = PasswordChange(PASSWORD, NEW)


def actor_of(world: World, secrets: SessionSecrets) -> Actor:
    return world.authenticate(Presented(session=secrets.access))


def lives(world: World, presented: Presented) -> bool:
    try:
        world.authenticate(presented)
    except LacewingError:
        return False
    return True


def changed(world: World, actor: Actor, change: PasswordChange = CHANGE) -> SignedIn:
    return world.run(change_password(world.db, actor, world.vault, change))


def refusal(world: World, actor: Actor, change: PasswordChange = CHANGE) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        changed(world, actor, change)
    return refused.value


def can_log_in(world: World, password: str, name: str = "ada") -> bool:
    try:
        world.run(log_in(world.db, visit(), world.vault, LogIn(f"{name}@example.com", password)))
    except LacewingError:
        return False
    return True


def forget_password(world: World) -> None:
    """As of who came by a passkey or by OIDC."""
    world.write(lambda tx: tx.execute(text("UPDATE people SET password_hash = NULL")).rowcount)


def test_the_new_password_logs_in_and_the_old_one_does_not(world: World) -> None:
    changed(world, world.session("ada"))

    assert can_log_in(world, NEW)
    assert not can_log_in(world, PASSWORD)


def test_all_other_sessions_die_and_this_one_goes_on_under_a_new_id(world: World) -> None:
    """C-9, K-1."""
    mine, other, bobs = world.sign_in("ada"), world.sign_in("ada"), world.sign_in("bob")
    actor = actor_of(world, mine)
    after = changed(world, actor).secrets

    assert actor_of(world, after).credential_id != actor.credential_id
    assert not lives(world, Presented(session=mine.access))
    assert not lives(world, Presented(session=other.access))
    assert lives(world, Presented(session=bobs.access))
    for dead in (mine, other):
        with pytest.raises(LacewingError):
            world.run(refresh_session(world.db, visit(), world.vault, dead.refresh))


def test_a_pending_reset_dies(world: World) -> None:
    """C-9."""
    world.run(ask_for_reset(world.db, visit(), world.vault, "ada@example.com"))
    [mail] = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.PASSWORD_RESET))
    changed(world, world.session("ada"))

    with pytest.raises(LacewingError) as refused:
        world.run(
            reset_password(world.db, visit(), world.vault, mail.values["token"], "yet another password")
        )
    assert refused.value.code == "invalid_link"


@pytest.mark.parametrize("revoke", [True, False])
def test_tokens_die_only_if_that_is_asked_for(world: World, revoke: bool) -> None:
    """C-9; a project's token is not the person's."""
    mine, projects, bobs = world.mint("ada"), world.mint_for_project(), world.mint("bob")
    changed(world, world.session("ada"), replace(CHANGE, revoke_tokens=revoke))

    assert lives(world, Presented(bearer=mine.secret)) is not revoke
    assert lives(world, Presented(bearer=projects.secret))
    assert lives(world, Presented(bearer=bobs.secret))
    assert world.read(event_kinds)[EventKind.TOKEN_REVOKED] == int(revoke)


def test_the_owner_is_told_by_mail_and_in_the_events(world: World) -> None:
    """U-2, U-4."""
    changed(world, world.session("ada"))
    [mail] = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.PASSWORD_CHANGED))

    assert (mail.to, mail.person_id) == ("ada@example.com", world.people["ada"].id)
    assert {"name", "ip", "agent"} == mail.values.keys()
    assert world.read(event_kinds)[EventKind.PASSWORD_CHANGED] == 1


def test_a_wrong_current_password_changes_nothing(world: World) -> None:
    """B4.1: 400."""
    error = refusal(world, world.session("ada"), replace(CHANGE, current="wrong"))

    assert (error.kind, error.code) == (ErrorKind.INVALID_REQUEST, "wrong_password")
    assert can_log_in(world, PASSWORD)


@pytest.mark.parametrize(
    "new", ["short", "password123", "ada@example.com", "a" * 20, "nul \0 in a long one", "x" * 257]
)
def test_a_new_password_follows_the_rules_of_the_first(world: World, new: str) -> None:
    """D6; told before anything is hashed, and under the field's own name."""
    actor = world.session("ada")
    for _ in range(12):
        error = refusal(world, actor, PasswordChange("wrong", new))
        assert error.kind is ErrorKind.INVALID
        assert {field.field for field in error.fields} == {"new_password"}


def test_a_first_password_is_set_only_where_there_is_none(world: World) -> None:
    first = PasswordChange(None, NEW)
    assert refusal(world, world.session("ada"), first).code == "password_exists"
    actor = world.session("ada")
    forget_password(world)

    changed(world, actor, first)
    assert can_log_in(world, NEW)


def test_where_there_is_no_password_none_is_right(world: World) -> None:
    actor = world.session("ada")
    forget_password(world)

    assert refusal(world, actor).code == "wrong_password"


def test_it_takes_a_fresh_session_of_ones_own(world: World, clock: FakeClock) -> None:
    """S-7."""
    assert refusal(world, world.token("ada")).code == "credential_not_allowed"
    assert refusal(world, world.token("ada", CredentialKind.PERSONAL_TOKEN)).code == "credential_not_allowed"
    assert refusal(world, world.project_token()).code == "person_required"
    secrets = world.sign_in("ada")
    clock.advance(minutes=10)
    secrets = world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh)).secrets
    clock.advance(minutes=6)
    assert refusal(world, actor_of(world, secrets)).code == "reauth_required"


def test_of_two_changes_at_once_in_two_processes_one_succeeds(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-2."""
    other = open_db(world_url)
    actors = [world.session("ada") for _ in range(2)]
    candidates = [f"candidate number {n} of four" for n in range(4)]

    async def scenario() -> list[object]:
        calls = (
            change_password(db, actor, world.vault, PasswordChange(PASSWORD, new))
            for db, actor, new in zip([world.db, other] * 2, [*actors, *actors], candidates, strict=True)
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())

    assert sum(isinstance(answer, SignedIn) for answer in answers) == 1
    assert {answer.kind for answer in answers if isinstance(answer, LacewingError)} <= {
        ErrorKind.UNAUTHENTICATED,
        ErrorKind.INVALID_REQUEST,
    }
    assert sum(can_log_in(world, new) for new in candidates) == 1


def test_who_verified_the_old_password_before_the_change_gets_no_session_after_it(world: World) -> None:
    """C-9: nor is the old password's hash put back under better parameters."""
    before = world.read(lambda tx: person_by_email(tx, "ada@example.com"))
    assert before is not None
    changed(world, world.session("ada"))

    with pytest.raises(LacewingError) as refused:
        world.write(lambda tx: _enter(tx, visit(), world.vault, before, before.password_hash, None))
    assert refused.value.code == "invalid_credentials"
    assert can_log_in(world, NEW)
