"""A person's own sessions: listed, and ended by nobody else (K-3, S-7)."""

from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind
from lacewing.credentials import (
    Presented,
    SessionSecrets,
    end_other_sessions,
    end_own_session,
    list_sessions,
    log_out,
    refresh_session,
)
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from tests.world import START, FakeClock, World, visit


def actor_of(world: World, secrets: SessionSecrets, name: str = "ada") -> Actor:
    return world.authenticate(Presented(session=secrets.access), name)


def lives(world: World, secrets: SessionSecrets) -> bool:
    try:
        actor_of(world, secrets)
    except LacewingError:
        return False
    return True


def code_of(world: World, actor: Actor, session_id: UUID | None = None) -> str:
    """Of the refusal to end one's other sessions, or that one."""
    ending = (
        end_other_sessions(world.db, actor)
        if session_id is None
        else end_own_session(world.db, actor, session_id)
    )
    with pytest.raises(LacewingError) as refused:
        world.run(ending)
    return refused.value.code


def test_the_list_shows_ones_own_live_sessions_newest_first_and_marks_the_current(
    world: World, clock: FakeClock
) -> None:
    """K-3."""
    clock.advance(days=8)  # what the cast was made with is over
    now = clock.now
    first = world.sign_in("ada")
    world.sign_in("bob")
    clock.advance(minutes=1)
    second, left = world.sign_in("ada"), world.sign_in("ada")
    world.run(log_out(world.db, visit(), world.vault, left.access))

    listed = world.run(list_sessions(world.db, actor_of(world, first)))

    assert [each.id for each in listed] == [
        actor_of(world, second).credential_id,
        actor_of(world, first).credential_id,
    ]
    assert [each.is_current for each in listed] == [False, True]
    assert (listed[1].created_at, listed[1].last_seen_at) == (now, now)
    assert (listed[1].ip, listed[1].user_agent) == (visit().ip, visit().user_agent)


def test_a_session_was_last_seen_when_it_was_last_refreshed(world: World, clock: FakeClock) -> None:
    secrets = world.sign_in("ada")
    clock.advance(minutes=10)
    actor = actor_of(world, secrets)
    assert world.run(list_sessions(world.db, actor))[0].last_seen_at == START
    world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh))

    assert world.run(list_sessions(world.db, actor))[0].last_seen_at == clock.now


def test_to_end_all_others_spares_the_one_that_asks_and_everybody_elses(world: World) -> None:
    """K-3, U-2: an event for each, with the session as its subject."""
    mine, other, bobs = world.sign_in("ada"), world.sign_in("ada"), world.sign_in("bob")
    ended_id = actor_of(world, other).credential_id

    world.run(end_other_sessions(world.db, actor_of(world, mine)))

    assert (lives(world, mine), lives(world, other), lives(world, bobs)) == (True, False, True)
    with pytest.raises(LacewingError):
        world.run(refresh_session(world.db, visit(), world.vault, other.refresh))
    query = select(events.c.subject_id).where(events.c.kind == EventKind.SESSION_ENDED)
    assert Counter(world.read(lambda tx: list(tx.execute(query).scalars())))[ended_id] == 1


def test_one_session_is_ended_by_its_id_once(world: World) -> None:
    mine, other = actor_of(world, world.sign_in("ada")), world.sign_in("ada")
    other_id = actor_of(world, other).credential_id

    world.run(end_own_session(world.db, mine, other_id))

    assert not lives(world, other)
    assert code_of(world, mine, other_id) == "not_found"


def test_somebody_elses_session_is_not_there(world: World) -> None:
    """D7: the same as an id that does not exist."""
    bobs = world.sign_in("bob")
    mine = actor_of(world, world.sign_in("ada"))

    assert code_of(world, mine, actor_of(world, bobs).credential_id) == "not_found"
    assert code_of(world, mine, new_id()) == "not_found"
    assert lives(world, bobs)


def test_to_end_others_takes_a_fresh_proof_and_to_end_oneself_does_not(
    world: World, clock: FakeClock
) -> None:
    """S-7."""
    secrets, other = world.sign_in("ada"), world.sign_in("ada")
    other_id = actor_of(world, other).credential_id
    clock.advance(minutes=10)
    secrets = world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh)).secrets
    clock.advance(minutes=5, seconds=1)
    stale = actor_of(world, secrets)

    assert code_of(world, stale) == "reauth_required"
    assert code_of(world, stale, other_id) == "reauth_required"
    world.run(end_own_session(world.db, stale, stale.credential_id))
    assert not lives(world, secrets)


def test_who_has_been_ended_meanwhile_ends_nobody(world: World) -> None:
    secrets, other = world.sign_in("ada"), world.sign_in("ada")
    gone = actor_of(world, secrets)
    world.run(log_out(world.db, visit(), world.vault, secrets.access))

    assert code_of(world, gone) == "invalid_token"
    assert lives(world, other)


@pytest.mark.parametrize("kind", [CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.PERSONAL_TOKEN])
def test_a_token_neither_lists_nor_ends_sessions(world: World, kind: CredentialKind) -> None:
    """S-7."""
    token = world.token("ada", kind)

    with pytest.raises(LacewingError) as refused:
        world.run(list_sessions(world.db, token))
    assert (refused.value.kind, refused.value.code) == (ErrorKind.FORBIDDEN, "credential_not_allowed")
    assert code_of(world, token) == "credential_not_allowed"
    assert code_of(world, token, new_id()) == "credential_not_allowed"
