"""An address is verified with the link that was mailed to it; an account may have to wait for that (A4)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from lacewing.accounts import person_by_email
from lacewing.credentials import (
    LogIn,
    SignedIn,
    SignUp,
    Vault,
    ask_for_reset,
    log_in,
    resend_verification,
    reset_password,
    sign_up,
    verify_email,
)
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import Mail, MailKind
from lacewing.storage import Database
from tests.credentials.told import event_kinds, face, mails
from tests.world import PASSWORD, FakeClock, World, visit


def is_verified(world: World, email: str = "ada@example.com") -> bool:
    stored = world.read(lambda tx: person_by_email(tx, email))
    assert stored is not None
    return stored.profile.is_email_verified


def sent(world: World, kind: MailKind, to: str = "ada@example.com") -> list[Mail]:
    return [mail for mail in world.read(lambda tx: mails(tx, world.vault.ring, kind)) if mail.to == to]


def verify(world: World, token: str) -> None:
    world.run(verify_email(world.db, visit(), world.vault, token))


def refusal(world: World, token: str) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        verify(world, token)
    return refused.value


def test_the_link_of_the_sign_up_verifies_the_address_once(world: World) -> None:
    [mail] = sent(world, MailKind.EMAIL_VERIFY)
    assert not is_verified(world)
    verify(world, mail.values["token"])

    assert is_verified(world)
    assert world.read(event_kinds)[EventKind.EMAIL_VERIFIED] == 1
    assert refusal(world, mail.values["token"]).code == "invalid_link"


def test_the_link_holds_for_seven_days(world: World, clock: FakeClock) -> None:
    [mail] = sent(world, MailKind.EMAIL_VERIFY)
    clock.advance(days=7)

    assert refusal(world, mail.values["token"]).code == "invalid_link"


def test_every_bad_link_is_answered_alike(world: World) -> None:
    world.run(ask_for_reset(world.db, visit(), world.vault, "ada@example.com"))
    [reset] = sent(world, MailKind.PASSWORD_RESET)
    [disabled] = sent(world, MailKind.EMAIL_VERIFY, "bob@example.com")
    world.disable("bob")
    bad = ["", "x" * 43, "\0", reset.values["token"], disabled.values["token"]]

    assert len({face(refusal(world, token)) for token in bad}) == 1


def test_a_link_can_be_asked_for_again_by_session_and_token(world: World) -> None:
    for actor in (world.session("ada"), world.token("ada")):
        world.run(resend_verification(world.db, actor, world.vault))

    assert len(sent(world, MailKind.EMAIL_VERIFY)) == 3
    verify(world, sent(world, MailKind.EMAIL_VERIFY)[-1].values["token"])
    world.run(resend_verification(world.db, world.session("ada"), world.vault))
    assert len(sent(world, MailKind.EMAIL_VERIFY)) == 3


def test_ten_links_an_hour_may_be_asked_for(world: World) -> None:
    """The budget `recover_ip`."""
    actor = world.session("ada")
    for _ in range(10):
        world.run(resend_verification(world.db, actor, world.vault))
    with pytest.raises(LacewingError) as refused:
        world.run(resend_verification(world.db, actor, world.vault))
    assert refused.value.kind is ErrorKind.RATE_LIMITED


def test_a_project_token_asks_for_no_link(world: World) -> None:
    with pytest.raises(LacewingError) as refused:
        world.run(resend_verification(world.db, world.project_token(), world.vault))
    assert refused.value.code == "person_required"


NEW = SignUp("New", "new@example.com", PASSWORD)


@pytest.fixture
def confirming(world: World) -> Vault:
    return replace(world.vault, confirms_registration=True)


def enters(world: World, vault: Vault, email: str, password: str = PASSWORD) -> bool:
    try:
        world.run(log_in(world.db, visit(), vault, LogIn(email, password)))
    except LacewingError as error:
        if error.code != "invalid_credentials":
            raise
        return False
    return True


def test_a_new_account_begins_when_its_address_is_confirmed(world: World, confirming: Vault) -> None:
    """A4: until then it is as if the password were wrong."""
    assert world.run(sign_up(world.db, visit(), confirming, NEW)) is None
    [mail] = sent(world, MailKind.EMAIL_VERIFY, NEW.email)

    assert not enters(world, confirming, NEW.email)
    verify(world, mail.values["token"])
    assert enters(world, confirming, NEW.email)


def test_a_taken_address_is_answered_alike_and_its_owner_is_told(world: World, confirming: Vault) -> None:
    """A4."""
    answer = world.run(sign_up(world.db, visit(), confirming, replace(NEW, email="ADA@example.com")))
    [mail] = sent(world, MailKind.REGISTERED_ALREADY)

    assert answer is None
    assert mail.values["name"] == "Ada"
    assert enters(world, confirming, "ada@example.com")
    assert len(sent(world, MailKind.EMAIL_VERIFY)) == 1


def test_who_registered_before_is_not_locked_out(world: World, confirming: Vault) -> None:
    assert not is_verified(world)
    assert enters(world, confirming, "ada@example.com")


def test_the_first_account_needs_no_confirmation(
    db: Database, vault: Vault, run: Callable[..., object]
) -> None:
    """There may be no mail yet to administer the instance with."""
    confirming = replace(vault, confirms_registration=True)

    assert isinstance(run(sign_up(db, visit(), confirming, NEW)), SignedIn)
    assert run(log_in(db, visit(), confirming, LogIn(NEW.email, PASSWORD)))


def test_a_reset_by_mail_confirms_the_address_too(world: World, confirming: Vault) -> None:
    world.run(sign_up(world.db, visit(), confirming, NEW))
    world.run(ask_for_reset(world.db, visit(), confirming, NEW.email))
    [mail] = sent(world, MailKind.PASSWORD_RESET, NEW.email)
    world.run(reset_password(world.db, visit(), confirming, mail.values["token"], "what I wanted all along"))

    assert enters(world, confirming, NEW.email, "what I wanted all along")


def test_who_registers_one_address_many_times_at_once_is_told_nothing(
    world: World, confirming: Vault, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-3."""
    other = open_db(world_url)

    async def scenario() -> list[object]:
        calls = (sign_up(db, visit(), confirming, NEW) for db in [world.db, other] * 3)
        return await asyncio.gather(*calls)

    assert world.run(scenario()) == [None] * 6
    assert len(sent(world, MailKind.EMAIL_VERIFY, NEW.email)) == 1
    assert len(sent(world, MailKind.REGISTERED_ALREADY, NEW.email)) == 5


@pytest.mark.parametrize("email", [NEW.email, "ada@example.com"])
def test_both_hash_the_password(
    world: World, confirming: Vault, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the time tells nothing: where no hash can be made, neither is answered."""
    monkeypatch.setattr("lacewing.credentials.passwords.MAX_WAITING", 0)
    with pytest.raises(LacewingError) as refused:
        world.run(sign_up(world.db, visit(), confirming, replace(NEW, email=email)))
    assert refused.value.kind is ErrorKind.UNAVAILABLE
