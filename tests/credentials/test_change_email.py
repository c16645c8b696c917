"""Another e-mail address: asked for from here, confirmed from there, taken back from the old one (C-11)."""

import asyncio
from collections.abc import Callable

import pytest

from lacewing.access.actor import Actor
from lacewing.accounts import person_by_email
from lacewing.credentials import (
    LogIn,
    PasswordChange,
    Presented,
    SessionSecrets,
    SignedIn,
    SignUp,
    ask_for_email,
    ask_for_reset,
    change_password,
    confirm_new_email,
    log_in,
    refresh_session,
    reset_password,
    sign_up,
    undo_email,
    verify_email,
)
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import Mail, MailKind
from lacewing.storage import Database
from tests.credentials.told import event_kinds, face, mails
from tests.world import PASSWORD, FakeClock, World, visit

OLD, NEW, NEXT = "ada@example.com", "ada@elsewhere.example.org", "ada@third.example.org"


def actor_of(world: World, secrets: SessionSecrets, name: str = "ada") -> Actor:
    return world.authenticate(Presented(session=secrets.access), name)


def lives(world: World, presented: Presented) -> bool:
    try:
        world.authenticate(presented)
    except LacewingError:
        return False
    return True


def sent(world: World, kind: MailKind) -> list[Mail]:
    return world.read(lambda tx: mails(tx, world.vault.ring, kind))


def asked(world: World, actor: Actor, email: str = NEW) -> str:
    """The token that was mailed to the new address."""
    world.run(ask_for_email(world.db, actor, world.vault, email))
    mail = sent(world, MailKind.EMAIL_CONFIRM)[-1]
    assert mail.to == email
    return mail.values["token"]


def confirmed(world: World, actor: Actor, token: str) -> SignedIn:
    return world.run(confirm_new_email(world.db, actor, world.vault, token))


def moved(world: World, actor: Actor, email: str = NEW) -> tuple[Actor, str]:
    """The actor as it goes on, and the token that undoes it."""
    secrets = confirmed(world, actor, asked(world, actor, email)).secrets
    return actor_of(world, secrets), sent(world, MailKind.EMAIL_CHANGED)[-1].values["token"]


def undo(world: World, token: str) -> None:
    world.run(undo_email(world.db, visit(), world.vault, token))


def holder(world: World, email: str) -> str | None:
    stored = world.read(lambda tx: person_by_email(tx, email))
    return None if stored is None else stored.profile.name


def refused_confirm(world: World, actor: Actor, token: str) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        confirmed(world, actor, token)
    return refused.value


def refused_undo(world: World, token: str) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        undo(world, token)
    return refused.value


def test_the_address_changes_when_the_new_one_confirms_it_and_is_verified(world: World) -> None:
    actor = world.session("ada")
    token = asked(world, actor)
    assert (holder(world, OLD), holder(world, NEW)) == ("Ada", None)
    signed_in = confirmed(world, actor, token)

    assert (signed_in.profile.email, signed_in.profile.is_email_verified) == (NEW, True)
    assert (holder(world, OLD), holder(world, NEW)) == (None, "Ada")
    assert world.run(log_in(world.db, visit(), world.vault, LogIn(NEW, PASSWORD)))
    kinds = world.read(event_kinds)
    assert (kinds[EventKind.EMAIL_CHANGE_ASKED], kinds[EventKind.EMAIL_CHANGED]) == (1, 1)


def test_the_old_address_is_told_with_a_link_that_undoes_it(world: World) -> None:
    moved(world, world.session("ada"))
    [mail] = sent(world, MailKind.EMAIL_CHANGED)

    assert mail.to == OLD
    assert {"name", "new_email", "token", "ip", "agent"} == mail.values.keys()


def test_other_sessions_and_pending_links_die_and_this_session_gets_a_new_id(world: World) -> None:
    """C-9."""
    mine, other, minted = world.sign_in("ada"), world.sign_in("ada"), world.mint("ada")
    world.run(ask_for_reset(world.db, visit(), world.vault, OLD))
    verify = next(mail for mail in sent(world, MailKind.EMAIL_VERIFY) if mail.to == OLD).values["token"]
    reset = sent(world, MailKind.PASSWORD_RESET)[-1].values["token"]
    before = actor_of(world, mine)
    after, _ = moved(world, before)

    assert after.credential_id != before.credential_id
    assert not lives(world, Presented(session=mine.access))
    assert not lives(world, Presented(session=other.access))
    assert lives(world, Presented(bearer=minted.secret))
    for stale in (
        reset_password(world.db, visit(), world.vault, reset, "a new long password"),
        verify_email(world.db, visit(), world.vault, verify),
    ):
        with pytest.raises(LacewingError) as refused:
            world.run(stale)
        assert refused.value.code == "invalid_link"


def test_to_ask_takes_a_fresh_session_and_to_confirm_a_session(world: World, clock: FakeClock) -> None:
    """S-7."""
    secrets = world.sign_in("ada")
    token = asked(world, actor_of(world, secrets))
    assert refused_confirm(world, world.token("ada"), token).code == "credential_not_allowed"
    clock.advance(minutes=10)
    secrets = world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh)).secrets
    clock.advance(minutes=6)
    for actor, code in (
        (actor_of(world, secrets), "reauth_required"),
        (world.token("ada"), "credential_not_allowed"),
    ):
        with pytest.raises(LacewingError) as refused:
            world.run(ask_for_email(world.db, actor, world.vault, NEW))
        assert refused.value.code == code
    assert confirmed(world, actor_of(world, secrets), token)


def test_every_bad_link_is_answered_alike(world: World, clock: FakeClock) -> None:
    """Unknown, replaced, somebody else's, used, expired, made to undo."""
    actor = world.session("ada")
    replaced, token = asked(world, actor), asked(world, actor)
    bob = world.session("bob")
    faces = {face(refused_confirm(world, bob, token))}
    secrets = confirmed(world, actor, token).secrets
    actor = actor_of(world, secrets)
    undoing = sent(world, MailKind.EMAIL_CHANGED)[-1].values["token"]
    faces |= {face(refused_confirm(world, actor, bad)) for bad in ("", "x", replaced, token, undoing)}
    faces |= {face(refused_undo(world, bad)) for bad in ("", "x", replaced, token)}
    expired = asked(world, actor, NEXT)
    clock.advance(hours=24)
    late = world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh)).secrets
    faces.add(face(refused_confirm(world, actor_of(world, late), expired)))

    assert len(faces) == 1


@pytest.mark.parametrize("email", ["", "ada", "a b@example.com", "a\0@example.com", "a" * 250 + "@b.co"])
def test_what_is_no_address_is_refused(world: World, email: str) -> None:
    with pytest.raises(LacewingError) as refused:
        world.run(ask_for_email(world.db, world.session("ada"), world.vault, email))
    assert [field.code for field in refused.value.fields] == ["bad_email"]


def test_whether_an_address_is_taken_is_told_to_its_owner_alone(world: World) -> None:
    world.run(ask_for_email(world.db, world.session("ada"), world.vault, "BOB@example.com"))

    assert sent(world, MailKind.EMAIL_CONFIRM) == []
    assert [mail.to for mail in sent(world, MailKind.REGISTERED_ALREADY)] == ["bob@example.com"]


def test_the_case_of_ones_own_address_can_be_changed(world: World) -> None:
    actor, _ = moved(world, world.session("ada"), "Ada@example.com")

    assert actor.person is not None
    assert actor.person.email == "Ada@example.com"


def test_of_two_people_who_confirm_one_address_at_once_one_gets_it(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-3: a race is a conflict."""
    ada, bob, other = world.session("ada"), world.session("bob"), open_db(world_url)
    first, second = asked(world, ada), asked(world, bob)

    async def scenario() -> list[object]:
        calls = (
            confirm_new_email(world.db, ada, world.vault, first),
            confirm_new_email(other, bob, world.vault, second),
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())

    assert sum(isinstance(answer, SignedIn) for answer in answers) == 1
    [error] = [answer for answer in answers if isinstance(answer, LacewingError)]
    assert (error.kind, error.code) == (ErrorKind.CONFLICT, "email_taken")


def test_the_old_address_takes_the_account_back(world: World) -> None:
    """C-11: all sessions, tokens and links of whoever changed it end."""
    minted = world.mint("ada")
    thief, token = moved(world, world.session("ada"))
    pending = asked(world, thief, NEXT)
    secrets = world.run(log_in(world.db, visit(), world.vault, LogIn(NEW, PASSWORD))).secrets
    undo(world, token)

    assert (holder(world, OLD), holder(world, NEW)) == ("Ada", None)
    assert not lives(world, Presented(session=secrets.access))
    assert not lives(world, Presented(bearer=minted.secret))
    back = world.session("ada")
    assert refused_confirm(world, back, pending).code == "invalid_link"
    assert refused_undo(world, token).code == "invalid_link"
    assert world.read(event_kinds)[EventKind.EMAIL_CHANGE_UNDONE] == 1


def test_a_change_can_be_undone_for_seven_days(world: World, clock: FakeClock) -> None:
    _, token = moved(world, world.session("ada"))
    clock.advance(days=7)

    assert refused_undo(world, token).code == "invalid_link"


def test_a_thief_does_not_end_the_owners_link(world: World) -> None:
    """Not by another password, nor by another address, nor by undoing its own change first."""
    thief, owners = moved(world, world.session("ada"))
    world.clock.advance(minutes=1)
    thief, thiefs = moved(world, thief, NEXT)
    world.run(change_password(world.db, thief, world.vault, PasswordChange(PASSWORD, "of the thief alone")))
    undo(world, thiefs)
    assert holder(world, NEW) == "Ada"
    undo(world, owners)

    assert holder(world, OLD) == "Ada"


def test_the_owner_ends_the_links_of_a_thief(world: World) -> None:
    thief, owners = moved(world, world.session("ada"))
    world.clock.advance(minutes=1)
    _, thiefs = moved(world, thief, NEXT)
    undo(world, owners)

    assert refused_undo(world, thiefs).code == "invalid_link"
    assert holder(world, OLD) == "Ada"


def test_the_old_address_is_kept_for_its_owner_as_long_as_it_can_go_back(
    world: World, clock: FakeClock
) -> None:
    """Else a thief would register it to bar the way."""
    _, token = moved(world, world.session("ada"))
    value = SignUp("Thief", "ADA@example.com", PASSWORD)
    with pytest.raises(LacewingError) as refused:
        world.run(sign_up(world.db, visit("thief"), world.vault, value))
    assert refused.value.code == "email_taken"
    bob = world.session("bob")
    assert refused_confirm(world, bob, asked(world, bob, OLD)).code == "email_taken"
    undo(world, token)
    assert holder(world, OLD) == "Ada"


def test_after_seven_days_the_old_address_is_anybodys(world: World, clock: FakeClock) -> None:
    moved(world, world.session("ada"))
    clock.advance(days=7)

    assert world.run(sign_up(world.db, visit("other"), world.vault, SignUp("Other", OLD, PASSWORD)))
