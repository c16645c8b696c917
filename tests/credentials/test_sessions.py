"""Cookie sessions: opaque, rotated, ended at once, and ended for good when a used secret comes back."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from lacewing.credentials import Presented, SessionSecrets, log_out, refresh_session
from lacewing.credentials.tables import session_tokens, sessions
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.credentials.told import event_kinds, face, mails
from tests.world import START, FakeClock, World, visit


def refresh(world: World, secret: str | None, db: Database | None = None) -> SessionSecrets:
    return world.run(refresh_session(db or world.db, visit(), world.vault, secret)).secrets


def refusal(world: World, secret: str | None) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        refresh(world, secret)
    return refused.value


def leave(world: World, *secrets: str | None) -> None:
    world.run(log_out(world.db, visit(), world.vault, *secrets))


def lives(world: World, secrets: SessionSecrets) -> bool:
    """Whether the access cookie still opens the door."""
    try:
        world.authenticate(Presented(session=secrets.access))
    except LacewingError as refused:
        return refused.kind is not ErrorKind.UNAUTHENTICATED
    return True


def test_a_refresh_goes_on_with_the_session_under_new_secrets(world: World) -> None:
    first = world.sign_in("ada")
    before = world.authenticate(Presented(session=first.access))
    second = refresh(world, first.refresh)
    after = world.authenticate(Presented(session=second.access))

    assert len({first.access, first.refresh, second.access, second.refresh}) == 4
    assert after.credential_id == before.credential_id
    assert after.person == before.person


def test_an_access_secret_refreshes_nothing_and_a_refresh_secret_opens_nothing(world: World) -> None:
    secrets = world.sign_in("ada")

    assert refusal(world, secrets.access).kind is ErrorKind.UNAUTHENTICATED
    assert not lives(world, replace(secrets, access=secrets.refresh))
    assert lives(world, secrets)
    assert refresh(world, secrets.refresh)


@pytest.mark.parametrize("wait_seconds", [0, 11, 86_400])
def test_a_used_refresh_secret_that_comes_back_ends_the_session(
    world: World, clock: FakeClock, wait_seconds: int
) -> None:
    """C-6, RFC 9700; the owner is told (U-4)."""
    first = world.sign_in("ada")
    second = refresh(world, first.refresh)
    third = refresh(world, second.refresh)
    clock.advance(seconds=wait_seconds)

    assert refusal(world, first.refresh).kind is ErrorKind.UNAUTHENTICATED

    assert not any(lives(world, secrets) for secrets in (first, second, third))
    assert refusal(world, third.refresh).kind is ErrorKind.UNAUTHENTICATED
    assert world.read(event_kinds)[EventKind.SESSION_REPLAYED] == 1
    [mail] = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.SESSION_REUSED))
    assert (mail.to, set(mail.values)) == ("ada@example.com", {"name", "ip", "agent"})


def test_a_replay_ends_only_its_own_session(world: World, clock: FakeClock) -> None:
    mine, other = world.sign_in("ada"), world.sign_in("ada")
    refresh(world, mine.refresh)
    clock.advance(seconds=11)
    refusal(world, mine.refresh)

    assert lives(world, other)


@pytest.mark.parametrize("seconds", [0, 9.999, 10])
def test_for_ten_seconds_a_second_tab_gets_the_same_successor(
    world: World, clock: FakeClock, seconds: float
) -> None:
    """C-7."""
    first = world.sign_in("ada")
    second = refresh(world, first.refresh)
    clock.advance(seconds=seconds)

    assert refresh(world, first.refresh) == second
    assert refresh(world, first.refresh) == second
    assert lives(world, second)


def test_after_ten_seconds_the_predecessor_is_a_replay(world: World, clock: FakeClock) -> None:
    first = world.sign_in("ada")
    second = refresh(world, first.refresh)
    clock.advance(seconds=10.001)

    assert refusal(world, first.refresh).kind is ErrorKind.UNAUTHENTICATED
    assert not lives(world, second)


def test_once_the_successor_is_used_the_predecessor_is_a_replay(world: World) -> None:
    first = world.sign_in("ada")
    second = refresh(world, first.refresh)
    third = refresh(world, second.refresh)

    assert refusal(world, first.refresh).kind is ErrorKind.UNAUTHENTICATED
    assert not lives(world, third)


def test_many_tabs_in_several_processes_at_once_get_one_successor(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-2: one conditional UPDATE."""
    first = world.sign_in("ada")
    other = open_db(world_url)

    async def scenario() -> list[SessionSecrets]:
        calls = (refresh_session(db, visit(), world.vault, first.refresh) for db in [world.db, other] * 5)
        return [answer.secrets for answer in await asyncio.gather(*calls)]

    answers = world.run(scenario())

    assert len({answer.refresh for answer in answers}) == 1
    assert lives(world, answers[0])


def test_the_successor_is_kept_sealed_under_the_predecessor(world: World) -> None:
    """C-7: who reads the database, with the key ring at hand, reads no secret."""
    first = world.sign_in("ada")
    second = refresh(world, first.refresh)
    query = select(session_tokens.c.successor).where(session_tokens.c.successor.is_not(None))
    (sealed,) = world.read(lambda tx: list(tx.execute(query).scalars()))

    assert second.refresh.encode() not in sealed
    with pytest.raises(ValueError, match="key that the ring lacks"):
        world.vault.ring.unseal(sealed)


def test_no_secret_of_a_session_stands_in_the_database(world: World) -> None:
    """D2, D3: nothing is encoded in them either, 256 random bits are looked up by their digest."""
    secrets = world.sign_in("ada")
    stored = world.read(lambda tx: [tuple(row) for row in tx.execute(select(session_tokens))])

    assert not any(secret in str(stored) for secret in (secrets.access, secrets.refresh))
    assert {len(row[0]) for row in stored} == {32}


def test_the_lifetimes_are_told_and_kept(world: World, clock: FakeClock) -> None:
    """C-8: access 15 minutes, session 7 days idle."""
    secrets = world.sign_in("ada")

    assert secrets.access_expires_at == START + timedelta(minutes=15)
    assert secrets.refresh_expires_at == START + timedelta(days=7)
    clock.now = secrets.access_expires_at - timedelta(microseconds=1)
    assert lives(world, secrets)
    clock.now = secrets.access_expires_at
    assert not lives(world, secrets)
    clock.now = secrets.refresh_expires_at - timedelta(microseconds=1)
    assert refresh(world, secrets.refresh)


def test_a_session_that_is_not_used_for_seven_days_is_over(world: World, clock: FakeClock) -> None:
    secrets = world.sign_in("ada")
    clock.advance(days=7)

    assert refusal(world, secrets.refresh).kind is ErrorKind.UNAUTHENTICATED


def test_a_session_is_over_after_thirty_days_however_much_it_is_used(world: World, clock: FakeClock) -> None:
    """C-8: the absolute lifetime."""
    secrets = world.sign_in("ada")
    for _ in range(5):
        clock.advance(days=5, hours=23)
        secrets = refresh(world, secrets.refresh)

    assert secrets.refresh_expires_at == START + timedelta(days=30)
    clock.now = START + timedelta(days=30) - timedelta(seconds=1)
    last = refresh(world, secrets.refresh)
    assert last.access_expires_at == last.refresh_expires_at == START + timedelta(days=30)
    assert lives(world, last)
    clock.now = START + timedelta(days=30)
    assert not lives(world, last)
    assert refusal(world, last.refresh).kind is ErrorKind.UNAUTHENTICATED


@pytest.mark.parametrize("which", ["access", "refresh", "both"])
def test_a_log_out_ends_the_session_at_once(world: World, which: str) -> None:
    """K-2."""
    secrets, other = world.sign_in("ada"), world.sign_in("ada")
    given = {"access": (secrets.access, None), "refresh": (None, secrets.refresh)}.get(
        which, (secrets.access, secrets.refresh)
    )

    leave(world, *given)

    assert not lives(world, secrets)
    assert refusal(world, secrets.refresh).kind is ErrorKind.UNAUTHENTICATED
    assert lives(world, other)
    assert world.read(event_kinds)[EventKind.SESSION_ENDED] == 1


def test_a_log_out_can_be_repeated_and_needs_no_live_session(world: World, clock: FakeClock) -> None:
    """K-2."""
    secrets = world.sign_in("ada")
    clock.advance(hours=1)
    for _ in range(3):
        leave(world, secrets.access, secrets.refresh)
    leave(world)
    leave(world, None, "")
    leave(world, "nonsense", "\0", "\u00e9" * 43)

    assert world.read(event_kinds)[EventKind.SESSION_ENDED] == 1


def test_a_log_out_with_a_used_refresh_secret_ends_the_session(world: World) -> None:
    first = world.sign_in("ada")
    second = refresh(world, first.refresh)
    leave(world, first.refresh)

    assert not lives(world, second)


def test_every_bad_refresh_secret_is_answered_alike(world: World, clock: FakeClock) -> None:
    """L-2: unknown, replayed, logged out, idle too long, of a disabled person."""
    replayed, left, idle = (world.sign_in("ada") for _ in range(3))
    disabled = world.sign_in("bob")
    world.disable("bob")
    refresh(world, refresh(world, replayed.refresh).refresh)
    leave(world, left.refresh)
    secrets = ["x" * 43, "", "\u00e9", "x" * 5000, replayed.refresh, left.refresh, disabled.refresh]
    faces = {face(refusal(world, secret)) for secret in secrets}
    clock.advance(days=8)
    faces.add(face(refusal(world, idle.refresh)))

    assert len(faces) == 1
    assert refusal(world, None).kind is ErrorKind.UNAUTHENTICATED


def test_a_disabled_persons_session_is_over_at_once_and_comes_back_with_the_person(world: World) -> None:
    secrets = world.sign_in("bob")
    world.disable("bob")
    assert not lives(world, secrets)
    with pytest.raises(LacewingError):
        refresh(world, secrets.refresh)

    world.write(lambda tx: tx.execute(text("UPDATE people SET disabled_at = NULL")).rowcount)

    assert lives(world, secrets)
    assert refresh(world, secrets.refresh)


def test_an_ended_session_keeps_its_row_with_when_and_why(world: World) -> None:
    secrets = world.sign_in("ada")
    leave(world, secrets.access)
    ended = select(sessions.c.ended_at, sessions.c.ended_because).where(sessions.c.ended_at.is_not(None))

    assert [tuple(row) for row in world.read(lambda tx: list(tx.execute(ended)))] == [(START, "logged out")]
