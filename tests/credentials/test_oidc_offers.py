"""A login elsewhere is linked only by a confirmation from a fresh session here (P-9, C-11, S-7)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from lacewing.access.actor import Actor
from lacewing.access.permissions import PRESENTED_KINDS, CredentialKind
from lacewing.accounts import confirm_email
from lacewing.accounts.tables import people
from lacewing.credentials import (
    IdentityOffer,
    OidcClient,
    OidcEntered,
    accept_identity_offer,
    list_identities,
    read_identity_offer,
    unlink_identity,
)
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError
from lacewing.kit.ids import new_id
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.credentials.factors import add_key
from tests.credentials.told import event_kinds, mails
from tests.oidc.flows import ADA, ZOE, Way, way_of
from tests.oidc.providing import Provided
from tests.world import World


@pytest.fixture
def way(world: World, provider: Provided) -> Way:
    return way_of(world, provider)


def accept(way: Way, actor: Actor, offer: IdentityOffer) -> None:
    way.world.run(accept_identity_offer(way.world.db, actor, way.world.vault, offer))


def refused(way: Way, actor: Actor, offer: IdentityOffer) -> str:
    with pytest.raises(LacewingError) as error:
        accept(way, actor, offer)
    assert linked(way, actor) == []
    return error.value.code


def linked(way: Way, actor: Actor) -> list[str]:
    return [one.provider for one in way.world.run(list_identities(way.world.db, actor))]


def unlink(way: Way, actor: Actor, provider: str = "corp") -> None:
    way.world.run(unlink_identity(way.world.db, actor, way.world.vault, way.oidc, provider))


@pytest.mark.parametrize(("there", "here"), [(False, False), (True, False), (False, True), ("true", True)])
def test_a_known_address_neither_links_nor_enters_unless_verified_on_both_sides(
    way: Way, there: object, here: bool
) -> None:
    """P-9, C-11: whoever registered somebody else's address first must not be joined by its owner."""
    if here:
        way.verify_email("ada")
    error = way.refusal(way.at_provider({**ADA, "email_verified": there}))

    assert error.code == "account_exists"
    assert linked(way, way.world.session("ada")) == []


def test_verified_on_both_sides_it_is_offered_and_linked_when_confirmed(way: Way) -> None:
    way.verify_email("ada")
    offer = way.offered({**ADA, "email": "ADA@example.com"})
    ada = way.world.session("ada")
    assert linked(way, ada) == []
    shown = way.world.run(read_identity_offer(way.world.db, ada, way.world.vault, offer))
    assert (shown.provider, shown.email) == ("corp", "ADA@example.com")

    accept(way, ada, offer)
    landed = way.enter(ADA)
    assert landed.entered.profile.id == way.world.people["ada"].id
    assert linked(way, ada) == ["corp"]
    assert way.world.read(event_kinds)[EventKind.IDENTITY_LINKED] == 1
    told = way.world.read(lambda tx: mails(tx, way.world.vault.ring, MailKind.MFA_CHANGED))
    assert [mail.person_id for mail in told] == [way.world.people["ada"].id]


def test_an_offer_is_good_for_one_use(way: Way, open_db: Callable[[str], Database], world_url: str) -> None:
    """M-2, in two processes at once."""
    way.verify_email("ada")
    offer, ada = way.offered(ADA), way.world.session("ada")
    homes = [way.world.db, open_db(world_url)]

    async def all_at_once() -> list[object]:
        tries = (accept_identity_offer(db, ada, way.world.vault, offer) for db in homes * 2)
        return await asyncio.gather(*tries, return_exceptions=True)

    answers = way.world.run(all_at_once())
    assert sorted(getattr(one, "code", "linked") for one in answers) == ["linked", *["not_found"] * 3]


def test_an_offer_is_its_persons_and_its_browsers_for_ten_minutes(way: Way) -> None:
    way.verify_email("ada")
    way.verify_email("bob")
    offer, ada = way.offered(ADA), way.world.session("ada")

    assert refused(way, way.world.session("bob"), offer) == "not_found"
    assert refused(way, ada, replace(offer, browser="another's")) == "not_found"
    assert refused(way, ada, replace(offer, browser="")) == "not_found"
    assert refused(way, ada, replace(offer, id=new_id())) == "not_found"
    way.world.clock.advance(minutes=10)
    assert refused(way, ada, offer) == "not_found"


def test_only_a_fresh_session_confirms(way: Way) -> None:
    """S-7."""
    way.verify_email("ada")
    offer = way.offered(ADA)
    stale = replace(way.world.session("ada"), proved_at=None)

    assert refused(way, stale, offer) == "reauth_required"
    for kind in PRESENTED_KINDS:
        if kind is not CredentialKind.SESSION:
            with pytest.raises(LacewingError):
                accept(way, way.world.actor(kind), offer)
    accept(way, way.world.session("ada"), offer)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [("email_verified_at", None, "email_unverified"), ("email_normal", "new@example.com", "offer_unfit")],
)
def test_what_led_to_the_offer_must_hold_still(way: Way, column: str, value: object, code: str) -> None:
    """C-11."""
    way.verify_email("ada")
    offer = way.offered(ADA)
    values = {column: value} | ({"email": value} if column == "email_normal" else {})
    person = people.c.id == way.world.people["ada"].id
    session = way.world.session("ada")
    way.world.write(lambda tx: tx.execute(update(people).where(person).values(values)) and None)

    assert refused(way, session, offer) == code


def test_on_purpose_any_account_there_may_be_linked(way: Way) -> None:
    """Its address may be another, and need not be verified there: the session's person chose it."""
    way.verify_email("ada")
    ada = way.world.session("ada")
    offer = way.offered({**ZOE, "email_verified": False}, by=ada)

    assert linked(way, ada) == []
    accept(way, ada, offer)
    assert way.enter(ZOE).entered.profile.id == way.world.people["ada"].id


def test_linking_on_purpose_begins_in_a_fresh_session_of_a_verified_account(way: Way) -> None:
    """S-7, C-11."""
    ada = way.world.session("ada")
    with pytest.raises(LacewingError, match="Verify the e-mail address"):
        way.leave(by=ada)
    way.verify_email("ada")
    with pytest.raises(LacewingError, match="Prove again"):
        way.leave(by=replace(ada, proved_at=None))
    with pytest.raises(LacewingError):
        way.leave(by=way.world.token("ada"))
    way.leave(by=ada)


def test_coming_back_from_linking_makes_no_session(way: Way) -> None:
    """So that a page which has somebody link an account of its own choosing gains nothing without a POST."""
    way.verify_email("ada")
    landed = way.finish(way.at_provider(ZOE, by=way.world.session("ada")))

    assert not isinstance(landed, OidcEntered)


def test_what_is_linked_already_is_not_linked_to_another(way: Way) -> None:
    for name in ("ada", "bob"):
        way.verify_email(name)
    ada, bob = way.world.session("ada"), way.world.session("bob")
    first, second = way.offered(ZOE, by=ada), way.offered(ZOE, by=bob)
    accept(way, ada, first)

    assert refused(way, bob, second) == "identity_taken"
    assert way.refusal(way.at_provider(ZOE, by=bob)).code == "identity_taken"


def test_a_person_has_one_login_of_a_provider(way: Way) -> None:
    way.verify_email("ada")
    ada = way.world.session("ada")
    first, second = way.offered(ZOE, by=ada), way.offered(ADA, by=ada)
    accept(way, ada, first)

    with pytest.raises(LacewingError, match="linked already"):
        accept(way, ada, second)


def test_what_is_unlinked_does_not_enter_any_more(way: Way) -> None:
    way.verify_email("ada")
    ada = way.world.session("ada")
    accept(way, ada, way.offered(ADA, by=ada))
    unlink(way, ada)

    assert linked(way, ada) == []
    assert not isinstance(way.finish(way.at_provider(ADA)), OidcEntered)
    assert way.world.read(event_kinds)[EventKind.IDENTITY_UNLINKED] == 1
    with pytest.raises(LacewingError, match="not found"):
        unlink(way, ada)


def test_the_last_way_in_stays(way: Way) -> None:
    zoe = way.actor(way.enter(ZOE))

    with pytest.raises(LacewingError) as refused:
        unlink(way, zoe)
    assert refused.value.code == "last_way_in"
    assert linked(way, zoe) == ["corp"]


def test_a_passkey_is_a_way_in_once_the_address_is_confirmed(way: Way) -> None:
    landed = way.enter({**ZOE, "email_verified": False})
    _, _, zoe = add_key(way.world, "zoe", way.actor(landed))

    with pytest.raises(LacewingError) as refused:
        unlink(way, zoe)
    assert refused.value.code == "last_way_in"
    way.world.write(lambda tx: confirm_email(tx, landed.entered.profile.id))
    unlink(way, zoe)
    assert linked(way, zoe) == []


def test_of_two_ways_in_unlinked_at_once_one_stays(
    way: Way, open_db: Callable[[str], Database], world_url: str
) -> None:
    zoe = way.actor(way.enter(ZOE))
    two = OidcClient((way.provided.provider(), way.provided.provider("google")))
    way = Way(way.world, way.provided, two)
    accept(way, zoe, way.offered({"sub": "zoe-2"}, by=zoe, name="google"))
    homes = zip((way.world.db, open_db(world_url)), ("corp", "google"), strict=True)

    async def both() -> list[object]:
        tries = (unlink_identity(db, zoe, way.world.vault, two, name) for db, name in homes)
        return await asyncio.gather(*tries, return_exceptions=True)

    assert sorted(getattr(one, "code", "gone") for one in way.world.run(both())) == ["gone", "last_way_in"]
    assert len(linked(way, zoe)) == 1


def test_only_ones_own_login_is_unlinked_and_from_a_fresh_session(way: Way) -> None:
    way.enter(ZOE)
    with pytest.raises(LacewingError, match="not found"):
        unlink(way, way.world.session("ada"))
    with pytest.raises(LacewingError, match="Prove again"):
        unlink(way, replace(way.world.session("ada"), proved_at=None))
    with pytest.raises(LacewingError):
        unlink(way, way.world.token("ada"))


def test_a_linked_google_account_is_told_of_and_no_other(way: Way) -> None:
    """Contract B: `hasGoogleLinked`."""
    assert not way.enter(ZOE).entered.profile.has_google_linked
    google = way.provided.provider("google")
    other = Way(way.world, way.provided, OidcClient((google,)))
    new = {**ZOE, "sub": "g-1", "email": "g@example.com"}
    other.enter(new, "google")

    assert other.enter(new, "google").entered.profile.has_google_linked
