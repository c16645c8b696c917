"""Registering by an invitation: it opens the door for its address, proves it, and is used up."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from lacewing.access.permissions import OrganizationRole, ProjectRole
from lacewing.credentials import Presented, SignedIn, SignUp, sign_up
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError
from lacewing.outbox import MailKind
from lacewing.projects import NewInvitation, invite, list_invitations, revoke_invitation
from lacewing.settings import Registration
from lacewing.storage import Database
from tests.credentials.told import event_kinds, mails
from tests.world import PASSWORD, World, visit

EMAIL = "Newcomer@Example.com"


@pytest.fixture
def token(world: World) -> str:
    """Of an invitation by ada."""
    new = NewInvitation(EMAIL, OrganizationRole.VIEWER)
    world.run(invite(world.db, world.session("ada"), world.vault.ring, world.organization_id, new))
    [mail] = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.INVITATION))
    return mail.values["token"]


def enter(world: World, token: str, email: str = EMAIL, **changed: object) -> SignedIn | None:
    value = SignUp("Newcomer", email, PASSWORD, invitation=token)
    return world.run(sign_up(world.db, visit("newcomer"), replace(world.vault, **changed), value))


def refused(world: World, token: str, email: str = EMAIL, **changed: object) -> str:
    with pytest.raises(LacewingError) as error:
        enter(world, token, email, **changed)
    return error.value.code


@pytest.mark.parametrize("registration", [Registration.OPEN, Registration.INVITE])
@pytest.mark.parametrize("confirms", [True, False])
def test_who_was_invited_is_in_at_once(
    world: World, token: str, registration: Registration, *, confirms: bool
) -> None:
    """D8, C-11: no second mail proves what the first has proved."""
    before = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.EMAIL_VERIFY))
    signed_in = enter(world, token, registration=registration, confirms_registration=confirms)
    assert signed_in is not None
    actor = world.authenticate(Presented(session=signed_in.secrets.access), "newcomer")

    assert signed_in.profile.is_email_verified
    assert (world.organization_id, OrganizationRole.VIEWER) in {
        (grant.organization_id, grant.role) for grant in actor.grants
    }
    assert world.read(lambda tx: mails(tx, world.vault.ring, MailKind.EMAIL_VERIFY)) == before
    assert EventKind.INVITATION_ACCEPTED in world.read(event_kinds)


def test_a_closed_instance_stays_closed(world: World, token: str) -> None:
    """D8"""
    assert refused(world, token, registration=Registration.CLOSED) == "registration_closed"


def test_it_is_for_its_address_alone(world: World, token: str) -> None:
    codes = [refused(world, token, "other@example.com", registration=one) for one in Registration]

    assert codes == ["other_address", "other_address", "registration_closed"]
    assert enter(world, token, EMAIL.lower()) is not None


def test_a_bad_one_registers_nobody_where_registration_is_open(world: World) -> None:
    assert refused(world, "nonsense") == "invalid_link"


def test_a_revoked_one_and_an_old_one_are_worth_nothing(world: World, token: str) -> None:
    ada = world.session("ada")
    [waiting] = world.run(list_invitations(world.db, ada, world.organization_id))
    world.run(revoke_invitation(world.db, ada, world.organization_id, waiting.id))

    assert refused(world, token) == "invalid_link"


def test_after_seven_days_it_is_too_old(world: World, token: str) -> None:
    world.clock.advance(days=7, seconds=1)

    assert refused(world, token) == "invalid_link"


def test_who_has_an_account_is_told_so_even_where_others_are_not(world: World, token: str) -> None:
    """The mail reached its owner, who learns nothing new."""
    assert enter(world, token) is not None
    new = NewInvitation(EMAIL, ProjectRole.EDITOR, world.orchard.id)
    world.run(invite(world.db, world.session("ada"), world.vault.ring, world.organization_id, new))
    second = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.INVITATION))[-1].values["token"]

    assert second != token
    assert refused(world, second, confirms_registration=True) == "email_taken"


def test_of_two_at_once_one_is_in(
    world: World, token: str, open_db: Callable[[str], Database], populated: tuple[str, object]
) -> None:
    """M-2, M-3"""
    other_process = open_db(populated[0])
    value = SignUp("Newcomer", EMAIL, PASSWORD, invitation=token)

    async def both() -> list[object]:
        attempts = [sign_up(db, visit("newcomer"), world.vault, value) for db in (world.db, other_process)]
        return list(await asyncio.gather(*attempts, return_exceptions=True))

    outcomes = world.run(both())
    assert sorted(isinstance(outcome, SignedIn) for outcome in outcomes) == [False, True]
    [lost] = [outcome for outcome in outcomes if not isinstance(outcome, SignedIn)]
    assert isinstance(lost, LacewingError)
    assert lost.code in {"email_taken", "invalid_link"}
