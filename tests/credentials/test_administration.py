"""An instance's administrator manages people and their credentials, and reads nobody's project."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lacewing.access.actor import Actor, console
from lacewing.access.permissions import PRESENTED_KINDS, CredentialKind
from lacewing.accounts import PeoplePage
from lacewing.credentials import (
    LogIn,
    Presented,
    change_instance_admin,
    create_person,
    disable_person,
    enable_person,
    end_sessions_of,
    list_people,
    list_tokens_of,
    log_in,
    offer_reset,
    read_person,
    remove_factors_of,
    reset_password,
    revoke_token_of,
)
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.credentials.factors import add_app, finish, half
from tests.credentials.told import event_kinds, mails
from tests.world import PASSWORD, FakeClock, World, visit

NEW = "correct horse battery staple"
Ask = Callable[[World, Actor], Coroutine[Any, Any, Any]]

READING: dict[str, Ask] = {
    "list": lambda w, a: list_people(w.db, a, PeoplePage()),
    "read": lambda w, a: read_person(w.db, a, w.people["bob"].id),
    "tokens": lambda w, a: list_tokens_of(w.db, a, w.vault, w.people["bob"].id),
}
CHANGING: dict[str, Ask] = {
    "create": lambda w, a: create_person(w.db, a, "New", f"{new_id()}@example.com"),
    "disable": lambda w, a: disable_person(w.db, a, w.people["bob"].id),
    "enable": lambda w, a: enable_person(w.db, a, w.people["bob"].id),
    "promote": lambda w, a: change_instance_admin(w.db, a, w.people["bob"].id, is_admin=True),
    "reset": lambda w, a: offer_reset(w.db, a, w.vault, w.people["bob"].id),
    "end sessions": lambda w, a: end_sessions_of(w.db, a, w.people["bob"].id),
}
ALL = {**READING, **CHANGING}


def refusal(world: World, coroutine: Coroutine[Any, Any, Any]) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        world.run(coroutine)
    return refused.value


def at_the_console() -> Actor:
    return console(visit("console"))


@pytest.mark.parametrize("ask", ALL.values(), ids=ALL)
def test_the_administrator_and_the_console_may(world: World, ask: Ask) -> None:
    """D8: ada has the first account."""
    world.run(ask(world, world.session("ada")))
    world.run(ask(world, at_the_console()))


@pytest.mark.parametrize("ask", ALL.values(), ids=ALL)
@pytest.mark.parametrize("kind", sorted(PRESENTED_KINDS))
def test_nobody_else_may(world: World, kind: CredentialKind, ask: Ask) -> None:
    """Not even the administrator's tokens; bob owns no instance, whatever he owns in an organization."""
    name = "bob" if kind is CredentialKind.SESSION else "ada"
    assert refusal(world, ask(world, world.actor(kind, name))).kind is ErrorKind.FORBIDDEN


@pytest.mark.parametrize("ask", CHANGING.values(), ids=CHANGING)
def test_a_change_needs_a_fresh_proof(world: World, clock: FakeClock, ask: Ask) -> None:
    """S-7."""
    ada = world.session("ada")
    clock.advance(minutes=15, seconds=1)
    assert refusal(world, ask(world, ada)).code == "reauth_required"


def test_who_administers_reads_no_project_that_is_not_theirs(world: World) -> None:
    assert world.session("ada").sight().projects == frozenset()
    assert not world.session("ada").is_in(world.elsewhere.organization_id)
    assert at_the_console().sight().whole_organizations == frozenset()


def test_who_is_disabled_is_out_at_once_and_back_when_enabled(world: World) -> None:
    """C-9; the tokens sleep meanwhile."""
    session, token = world.sign_in("bob"), world.mint("bob").secret
    bob = world.people["bob"].id

    world.run(disable_person(world.db, world.session("ada"), bob))
    for presented in (Presented(session=session.access), Presented(bearer=token)):
        with pytest.raises(LacewingError):
            world.authenticate(presented, "bob")

    world.run(enable_person(world.db, world.session("ada"), bob))
    assert world.authenticate(Presented(bearer=token), "bob").person
    with pytest.raises(LacewingError):
        world.authenticate(Presented(session=session.access), "bob")
    told = world.read(event_kinds)
    assert (told[EventKind.ACCOUNT_DISABLED], told[EventKind.ACCOUNT_ENABLED]) == (1, 1)


def test_the_last_administrator_stays(world: World) -> None:
    ada = world.people["ada"].id
    session = world.session("ada")
    assert refusal(world, disable_person(world.db, session, ada)).code == "last_admin"
    assert refusal(world, change_instance_admin(world.db, session, ada, is_admin=False)).code == "last_admin"
    world.run(change_instance_admin(world.db, session, world.people["bob"].id, is_admin=True))
    assert not world.run(change_instance_admin(world.db, session, ada, is_admin=False)).is_instance_admin
    assert (
        refusal(world, list_people(world.db, world.session("ada"), PeoplePage())).kind is ErrorKind.FORBIDDEN
    )


def test_of_two_administrators_who_end_each_other_one_is_left(
    world: World, open_db: Callable[[str], Database], populated: tuple[str, object]
) -> None:
    """M-2: two Databases are as two processes."""
    ada, bob = world.people["ada"].id, world.people["bob"].id
    world.run(change_instance_admin(world.db, at_the_console(), bob, is_admin=True))
    actors = (world.session("ada"), world.session("bob"))
    dbs = (world.db, open_db(populated[0]))

    async def race() -> list[object]:
        calls = (disable_person(db, a, other) for db, a, other in zip(dbs, actors, (bob, ada), strict=True))
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(race())
    assert sum(isinstance(answer, LacewingError) for answer in answers) == 1


def test_a_reset_link_sets_a_password_and_shows_whose_it_is_to_nobody(world: World) -> None:
    """P-5: it neither logs in nor keeps what was live."""
    session = world.sign_in("bob")
    link = world.run(offer_reset(world.db, world.session("ada"), world.vault, world.people["bob"].id))
    assert link.startswith(f"{world.vault.base_url}/reset-password?token=")
    (token,) = parse_qs(urlsplit(link).query)["token"]

    world.run(reset_password(world.db, visit("bob"), world.vault, token, NEW))

    with pytest.raises(LacewingError):
        world.authenticate(Presented(session=session.access), "bob")
    assert refusal(world, log_in(world.db, visit("bob"), world.vault, LogIn("bob@example.com", PASSWORD)))
    assert world.run(log_in(world.db, visit("bob"), world.vault, LogIn("bob@example.com", NEW)))
    assert refusal(world, reset_password(world.db, visit(), world.vault, token, NEW)).code == "invalid_link"


def test_who_lost_all_second_factors_logs_in_with_the_password_again(world: World) -> None:
    """C-9, U-4: sessions, recovery codes and half logins end with them, and the person is told."""
    app = add_app(world, "bob")
    bob = world.people["bob"].id
    token = half(world, "bob").token

    world.run(remove_factors_of(world.db, at_the_console(), world.vault, bob))

    assert refusal(world, remove_factors_of(world.db, at_the_console(), world.vault, bob)).kind is (
        ErrorKind.CONFLICT
    )
    with pytest.raises(LacewingError):
        finish(world, token, by="bob", code=app.code(world))
    assert world.session("bob").person
    mail = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.MFA_CHANGED))[-1]
    assert (mail.to, mail.values["what"]) == (
        "bob@example.com",
        "An administrator removed all your second factors.",
    )


def test_a_new_account_has_an_organization_and_no_password(world: World) -> None:
    made = world.run(create_person(world.db, at_the_console(), "Zoe", "Zoe@Example.com"))
    assert not made.has_password
    value = LogIn("zoe@example.com", "")
    assert refusal(world, log_in(world.db, visit(), world.vault, value)).code == "invalid_credentials"
    again = create_person(world.db, at_the_console(), "Zoe", "zoe@example.com")
    assert refusal(world, again).code == "email_taken"


def test_a_persons_sessions_and_tokens_end_one_by_one_or_all(world: World) -> None:
    """K-3."""
    bob = world.people["bob"].id
    first, second = world.mint("bob"), world.mint("bob")
    sessions = [world.sign_in("bob") for _ in range(2)]
    listed = world.run(list_tokens_of(world.db, at_the_console(), world.vault, bob))
    assert [token.id for token in listed] == [second.token.id, first.token.id]

    world.run(revoke_token_of(world.db, at_the_console(), bob, first.token.id))
    assert world.run(end_sessions_of(world.db, at_the_console(), bob)) >= 2

    assert (
        refusal(world, revoke_token_of(world.db, at_the_console(), bob, first.token.id)).kind
        is ErrorKind.NOT_FOUND
    )
    other = revoke_token_of(world.db, at_the_console(), world.people["eve"].id, second.token.id)
    assert refusal(world, other).kind is ErrorKind.NOT_FOUND
    for session in sessions:
        with pytest.raises(LacewingError):
            world.authenticate(Presented(session=session.access), "bob")
    assert world.authenticate(Presented(bearer=second.secret), "bob")


@pytest.mark.parametrize(
    ("who", "is_there"), [("BOB@example.com", True), ("bob@example", False), ("", False)]
)
def test_a_person_is_found_by_the_whole_address(world: World, who: str, is_there: bool) -> None:
    found = read_person(world.db, at_the_console(), who)
    if is_there:
        assert world.run(found).id == world.people["bob"].id
    else:
        assert refusal(world, found).kind is ErrorKind.NOT_FOUND


def test_people_are_searched_and_paged(still_world: World) -> None:
    actor = at_the_console()
    everybody, total = still_world.run(list_people(still_world.db, actor, PeoplePage(size=100)))
    assert total == len(everybody) == len(still_world.people)
    page, _ = still_world.run(list_people(still_world.db, actor, PeoplePage(number=2, size=2)))
    assert page == everybody[2:4]
    for text, names in (("cle", ["Cleo"]), ("CLEO@", ["Cleo"]), ("%", []), ("_", []), ("\0", [])):
        found, _ = still_world.run(list_people(still_world.db, actor, PeoplePage(text)))
        assert [person.name for person in found] == names
