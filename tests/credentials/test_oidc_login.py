"""Logging in with a real OpenID provider: who enters, who gets an account, who does not (P-9, D8, M-2)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from lacewing.accounts.tables import people
from lacewing.budgets import StoredBudgets, budgets_from
from lacewing.credentials import OidcEntered, finish_oidc
from lacewing.credentials.tables import oidc_flows
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind
from lacewing.settings import Limits, Registration
from lacewing.storage import Database
from tests.credentials.told import event_kinds
from tests.oidc.flows import ADA, ZOE, Way, way_of
from tests.oidc.providing import Provided
from tests.world import World, visit


@pytest.fixture
def way(world: World, provider: Provided) -> Way:
    return way_of(world, provider)


def count_people(world: World) -> int:
    return int(world.read(lambda tx: tx.execute(select(func.count()).select_from(people)).scalar_one()))


def test_the_provider_is_asked_for_a_code_with_pkce_state_and_nonce(way: Way) -> None:
    """P-9. Nothing of it is stored in clear."""
    address, browser = way.leave()
    asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
    row = way.world.read(lambda tx: tx.execute(select(oidc_flows)).one())

    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["scope"] == "openid email profile"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"], browser}) == 4
    assert not any(secret in str(row) for secret in (asked["state"], asked["nonce"], browser))


def test_somebody_new_gets_an_account_with_an_organization_and_a_session(way: Way) -> None:
    landed = way.enter(ZOE)
    profile, actor = landed.entered.profile, way.actor(landed)

    assert (profile.name, profile.email, profile.has_password) == ("Zoe", "zoe@example.com", False)
    assert profile.is_email_verified
    assert [grant.role for grant in actor.grants] == ["owner"]
    kinds = way.world.read(event_kinds)
    assert kinds[EventKind.IDENTITY_LINKED] == 1


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_only_a_plain_true_verifies_the_address_of_a_new_account(way: Way, verified: object) -> None:
    landed = way.enter({**ZOE, "email_verified": verified})

    assert not landed.entered.profile.is_email_verified


def test_without_a_name_the_address_gives_one(way: Way) -> None:
    landed = way.enter({**ZOE, "name": None})

    assert landed.entered.profile.name == "zoe"


def test_who_is_known_enters_whatever_the_address_there_is_by_now(way: Way) -> None:
    """P-9: by issuer and subject, not by e-mail. Each time a new session (K-1)."""
    first = way.enter(ZOE)
    again = way.enter({**ZOE, "email": ADA["email"]})

    assert again.entered.profile.id == first.entered.profile.id
    assert way.actor(again).credential_id != way.actor(first).credential_id


def test_another_subject_with_the_same_address_is_not_the_same_person(way: Way) -> None:
    way.enter(ZOE)

    assert not isinstance(way.finish(way.at_provider({**ZOE, "sub": "zoe-2"})), OidcEntered)


@pytest.mark.parametrize("account", [{"sub": "x-1"}, {**ZOE, "email": "no address"}, {**ZOE, "email": ""}])
def test_no_account_without_a_usable_address(way: Way, account: dict[str, object]) -> None:
    before = count_people(way.world)

    assert way.refusal(way.at_provider(account)).code == "email_missing"
    assert count_people(way.world) == before


@pytest.mark.parametrize("registration", [Registration.INVITE, Registration.CLOSED])
def test_no_account_where_registration_is_not_open(way: Way, registration: Registration) -> None:
    """D8. Who is linked already still enters."""
    assert way.refusal(way.at_provider(ZOE), registration=registration).code == "registration_closed"
    known = way.enter(ZOE).entered.profile.id
    assert way.enter(ZOE, registration=registration).entered.profile.id == known


def test_the_first_account_from_elsewhere_needs_the_setup_code(
    db: Database, world: World, provider: Provided
) -> None:
    """D8."""
    way = way_of(world.beside(db), provider)
    came = way.at_provider(ZOE)
    away = visit("zoe", is_local=False)

    async def finish() -> object:
        return await finish_oidc(db, away, way.world.vault, way.oidc, came)

    with pytest.raises(Exception, match="set-up code"):
        way.world.run(finish())
    assert count_people(way.world) == 0


def test_a_disabled_person_does_not_enter(way: Way) -> None:
    landed = way.enter({**ZOE, "email": "z@example.com"})
    person = people.c.id == landed.entered.profile.id
    way.world.write(lambda tx: tx.execute(people.update().where(person).values(disabled_at=tx.now)) and None)
    before = way.world.read(event_kinds)

    assert way.refusal(way.at_provider(ZOE)).code == "login_refused"
    told = way.world.read(event_kinds) - before
    assert told == {EventKind.LOGIN_FAILED: 1}


def test_who_refuses_at_the_provider_is_told_so_in_our_words(way: Way) -> None:
    """The provider's own text is never shown."""
    came = way.at_provider(None)
    error = way.refusal(came)

    assert (error.code, error.kind) == ("login_denied", ErrorKind.UNAUTHENTICATED)
    assert "nobody" not in error.message


def test_a_return_is_good_for_one_use(way: Way) -> None:
    """M-2: the state replayed, with its code and its browser."""
    came = way.at_provider(ZOE)
    way.finish(came)

    assert way.refusal(came).code == "login_expired"


def test_of_many_who_return_with_one_state_one_enters(
    way: Way, open_db: Callable[[str], Database], world_url: str
) -> None:
    """M-2, in two processes at once."""
    came = way.at_provider(ZOE)
    homes = [way.world.db, open_db(world_url)]

    async def both() -> list[object]:
        tries = (finish_oidc(db, visit("zoe"), way.world.vault, way.oidc, came) for db in homes * 2)
        return await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(one, OidcEntered) for one in way.world.run(both())) == 1


def test_two_first_logins_at_once_make_one_account(
    way: Way, open_db: Callable[[str], Database], world_url: str
) -> None:
    """M-3."""
    before = count_people(way.world)
    returns = [way.at_provider(ZOE) for _ in range(4)]
    homes = [way.world.db, open_db(world_url)] * 2

    async def all_at_once() -> list[object]:
        tries = (
            finish_oidc(db, visit("zoe"), way.world.vault, way.oidc, came)
            for db, came in zip(homes, returns, strict=True)
        )
        return await asyncio.gather(*tries, return_exceptions=True)

    landed = way.world.run(all_at_once())
    assert count_people(way.world) == before + 1
    assert {type(one).__name__ for one in landed} <= {"OidcEntered", "LacewingError"}
    assert any(isinstance(one, OidcEntered) for one in landed)


@pytest.mark.parametrize("browser", ["", "another browser's"])
def test_a_return_in_another_browser_ends_nowhere_and_spends_nothing(way: Way, browser: str) -> None:
    """Login CSRF: the state alone is no use to whoever made somebody else's browser open it."""
    came = way.at_provider(ZOE)

    assert way.refusal(replace(came, browser=browser)).code == "login_expired"
    assert isinstance(way.finish(came), OidcEntered)


def test_a_state_that_nobody_left_with_is_refused(way: Way) -> None:
    came = way.at_provider(ZOE)

    assert way.refusal(replace(came, state="made up")).code == "login_expired"
    assert way.refusal(replace(came, state="")).code == "login_expired"


def test_a_return_after_ten_minutes_is_too_late(way: Way) -> None:
    came = way.at_provider(ZOE)
    way.world.clock.advance(minutes=10)

    assert way.refusal(came).code == "login_expired"


def test_an_attackers_code_does_not_fit_into_another_flow(way: Way) -> None:
    """Code injection: PKCE binds the code to the flow that it was asked in."""
    theirs, ours = way.at_provider(ADA), way.at_provider(ZOE)

    assert way.refusal(replace(ours, code=theirs.code)).code == "login_refused"


def test_a_code_that_was_redeemed_is_refused_by_the_provider(way: Way) -> None:
    used, ours = way.at_provider(ZOE), way.at_provider(ZOE)
    way.finish(used)

    assert way.refusal(replace(ours, code=used.code)).code == "login_refused"


def test_failures_are_budgeted_by_address_and_logins_are_not(way: Way) -> None:
    """P-1."""
    narrow = StoredBudgets(budgets_from(Limits(counts={"login_ip": 2})))
    for _ in range(4):
        way.enter(ZOE, budgets=narrow)
    came = way.at_provider(ZOE)
    wrong = replace(came, state="made up")
    codes = [way.refusal(wrong, budgets=narrow).code for _ in range(3)]

    assert codes == ["login_expired", "login_expired", "rate_limited"]
    assert way.refusal(came, budgets=narrow).code == "rate_limited"


def test_new_accounts_are_budgeted_as_registrations(way: Way) -> None:
    narrow = StoredBudgets(budgets_from(Limits(counts={"register_ip": 1})))
    way.enter(ZOE, budgets=narrow)
    other = {**ZOE, "sub": "y-1", "email": "yan@example.com"}

    assert way.refusal(way.at_provider(other), budgets=narrow).code == "rate_limited"
    way.enter(ZOE, budgets=narrow)


def test_flows_that_were_given_up_are_forgotten(way: Way) -> None:
    way.leave()
    way.world.clock.advance(minutes=11)
    way.leave()

    assert way.world.read(lambda tx: len(tx.execute(select(oidc_flows)).all())) == 1
