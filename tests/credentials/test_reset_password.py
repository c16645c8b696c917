"""A forgotten password: the link tells nobody anything, works once, for an hour, and logs nobody in (P-5)."""

import asyncio
import statistics
import time
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from lacewing.access.actor import Visit
from lacewing.accounts import person_by_email
from lacewing.credentials import (
    LogIn,
    Presented,
    ask_for_reset,
    log_in,
    refresh_session,
    reset_password,
)
from lacewing.credentials.tables import mail_links, sessions
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.counting import CountingDatabase
from tests.credentials.factors import add_key
from tests.credentials.told import event_kinds, face, mails
from tests.world import PASSWORD, FakeClock, World, visit

NEW = "an entirely new password"
ADA = "ada@example.com"


def ask(world: World, email: str = ADA, from_where: Visit | None = None, db: Database | None = None) -> None:
    world.run(ask_for_reset(db or world.db, from_where or visit(), world.vault, email))


def tokens(world: World) -> list[str]:
    """Of the mails, oldest first."""
    sent = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.PASSWORD_RESET))
    return [mail.values["token"] for mail in sent]


def reset(world: World, token: str, password: str = NEW) -> None:
    world.run(reset_password(world.db, visit(), world.vault, token, password))


def refusal(world: World, token: str, password: str = NEW) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        reset(world, token, password)
    return refused.value


def can_log_in(world: World, password: str, name: str = "ada") -> bool:
    try:
        world.run(log_in(world.db, visit(), world.vault, LogIn(f"{name}@example.com", password)))
    except LacewingError:
        return False
    return True


def lives(world: World, presented: Presented) -> bool:
    try:
        world.authenticate(presented)
    except LacewingError:
        return False
    return True


def test_the_link_sets_a_new_password_once(world: World) -> None:
    ask(world)
    [token] = tokens(world)
    reset(world, token)

    assert (can_log_in(world, NEW), can_log_in(world, PASSWORD)) == (True, False)
    assert refusal(world, token, "a third long password").code == "invalid_link"
    assert can_log_in(world, NEW)


def test_it_ends_all_sessions_and_tokens_and_begins_none(world: World) -> None:
    """C-9: forced on reset by mail."""
    secrets, minted, bobs = world.sign_in("ada"), world.mint("ada"), world.mint("bob")
    ask(world)
    before = world.read(lambda tx: tx.execute(select(func.count()).select_from(sessions)).scalar_one())
    reset(world, tokens(world)[0])

    assert (
        world.read(lambda tx: tx.execute(select(func.count()).select_from(sessions)).scalar_one()) == before
    )
    assert not lives(world, Presented(session=secrets.access))
    assert not lives(world, Presented(bearer=minted.secret))
    assert lives(world, Presented(bearer=bobs.secret))
    with pytest.raises(LacewingError):
        world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh))


def test_it_is_told_by_mail_and_in_the_events_and_verifies_the_address(world: World) -> None:
    """U-2, U-4."""
    ask(world)
    reset(world, tokens(world)[0])

    kinds = world.read(event_kinds)
    assert (kinds[EventKind.PASSWORD_RESET_ASKED], kinds[EventKind.PASSWORD_RESET]) == (1, 1)
    assert kinds[EventKind.EMAIL_VERIFIED] == 1
    assert len(world.read(lambda tx: mails(tx, world.vault.ring, MailKind.PASSWORD_CHANGED))) == 1
    stored = world.read(lambda tx: person_by_email(tx, ADA))
    assert stored is not None
    assert stored.profile.is_email_verified


def test_a_link_lives_for_an_hour(world: World, clock: FakeClock) -> None:
    ask(world)
    [token] = tokens(world)
    clock.advance(minutes=59, seconds=59)
    assert refusal(world, token, "short").kind is ErrorKind.INVALID
    clock.advance(seconds=1)
    assert refusal(world, token).code == "invalid_link"


def test_a_new_link_ends_the_older_ones(world: World) -> None:
    ask(world)
    ask(world)
    older, newer = tokens(world)

    assert refusal(world, older).code == "invalid_link"
    reset(world, newer)


def test_every_bad_link_is_answered_alike(world: World, clock: FakeClock) -> None:
    """Unknown, used, replaced, made for something else, of a disabled person, expired."""
    ask(world)
    ask(world)
    replaced, used = tokens(world)
    reset(world, used)
    ask(world, "bob@example.com")
    disabled = tokens(world)[-1]
    world.disable("bob")
    [verify, *_] = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.EMAIL_VERIFY))
    bad = ["", "x", "\0", "é" * 43, used, replaced, verify.values["token"], disabled]
    faces = {face(refusal(world, token)) for token in bad}
    ask(world, "cleo@example.com")
    expired = tokens(world)[-1]
    clock.advance(hours=1)
    faces.add(face(refusal(world, expired)))

    assert len(faces) == 1


def test_a_password_that_is_refused_does_not_use_the_link_up(world: World) -> None:
    """D6."""
    ask(world)
    [token] = tokens(world)
    error = refusal(world, token, "password123")

    assert {field.field for field in error.fields} == {"new_password"}
    reset(world, token)


def test_a_bad_link_costs_no_hash(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no hash can be made, a bad link is still told from a good one."""
    ask(world)
    monkeypatch.setattr("lacewing.credentials.passwords.MAX_WAITING", 0)

    assert refusal(world, "nonsense").code == "invalid_link"
    assert refusal(world, tokens(world)[0]).kind is ErrorKind.UNAVAILABLE


@pytest.mark.parametrize(
    "email", ["nobody@example.com", "bob@example.com", "no address", "", "a\0@example.com"]
)
def test_an_unknown_or_disabled_address_gets_nothing_and_is_not_told_apart(world: World, email: str) -> None:
    world.disable("bob")
    ask(world, email)

    assert tokens(world) == []


def test_known_and_unknown_addresses_cost_the_same_statements(world: World) -> None:
    """The same work: so that the answer's time tells nothing."""
    seen = []
    for email in (ADA, "nobody@example.com"):
        counting = CountingDatabase(world.db)
        ask(world, email, visit(f"who asks for {email}"), counting)  # type: ignore[arg-type]
        seen.append([statement for statement, _ in counting.statements])

    assert seen[0] == seen[1]
    assert len(seen[0]) > 5


def test_known_and_unknown_addresses_take_the_same_time(world: World) -> None:
    """Medians: what is left is the noise of this machine."""
    took: dict[str, list[float]] = {ADA: [], "nobody@example.com": []}
    for n in range(40):
        for email, times in took.items():
            begun = time.perf_counter()
            ask(world, email, visit(f"visitor {n}"))
            times.append(time.perf_counter() - begun)

    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.5 < known / unknown < 2


def test_ten_an_hour_may_be_asked_for_from_one_address(world: World, clock: FakeClock) -> None:
    """The budget `recover_ip`."""
    for _ in range(10):
        ask(world)
    with pytest.raises(LacewingError) as refused:
        ask(world, "nobody@example.com")
    assert refused.value.kind is ErrorKind.RATE_LIMITED
    ask(world, from_where=visit("elsewhere"))
    clock.advance(hours=1)
    ask(world)


def test_no_token_stands_in_the_database(world: World) -> None:
    ask(world)
    stored = world.read(lambda tx: [tuple(row) for row in tx.execute(select(mail_links))])

    assert tokens(world)[0] not in str(stored)


def test_what_has_expired_is_forgotten(world: World, clock: FakeClock) -> None:
    """What anybody may ask for does not fill the database."""
    ask(world, "nobody@example.com")
    clock.advance(days=8)
    ask(world)

    assert world.read(lambda tx: len(tx.execute(select(mail_links)).all())) == 1


def test_of_many_uses_of_one_link_in_two_processes_one_succeeds(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-2."""
    ask(world)
    [token] = tokens(world)
    other = open_db(world_url)
    candidates = [f"candidate number {n} of six" for n in range(6)]

    async def scenario() -> list[object]:
        calls = (
            reset_password(db, visit(), world.vault, token, new)
            for db, new in zip([world.db, other] * 3, candidates, strict=True)
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())

    assert answers.count(None) == 1
    assert {answer.code for answer in answers if isinstance(answer, LacewingError)} == {"invalid_link"}
    assert [can_log_in(world, new) for new in candidates] == [answer is None for answer in answers]


def test_what_was_added_before_the_address_was_proved_is_no_way_in_after_the_reset(world: World) -> None:
    """P-5: somebody may have registered an address that is not theirs, with a passkey of their own."""
    add_key(world)
    ask(world)
    reset(world, tokens(world)[-1])

    stored = world.read(lambda tx: person_by_email(tx, ADA))
    assert stored is not None
    assert not stored.profile.has_mfa
    assert can_log_in(world, NEW)
