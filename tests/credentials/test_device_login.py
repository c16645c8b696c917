"""Device login (RFC 8628): asked for by a device, decided by its person, minted at the poll, once."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import func, select, update

from lacewing.access.actor import Actor
from lacewing.access.permissions import PRESENTED_KINDS, CredentialKind, Scope
from lacewing.accounts.tables import people
from lacewing.credentials import (
    ClientToken,
    DeviceCodes,
    NewDeviceLogin,
    PollRefusal,
    Presented,
    approve_device,
    ask_for_device_code,
    deny_device,
    poll_device_login,
    read_device_request,
)
from lacewing.credentials.device_approval import end_device_logins
from lacewing.credentials.tables import device_logins, tokens
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.keyring import parse
from lacewing.outbox import MailKind
from lacewing.outbox.tables import outbox_mails
from lacewing.storage import Database, Transaction
from tests.conftest import PostgresDatabases
from tests.credentials.told import event_kinds, face
from tests.storage.blocked import wait_until_blocked
from tests.world import NEW_KEY, OLD_KEY, Cast, FakeClock, World, visit

CLI = NewDeviceLogin("Lacewing CLI", "ada-laptop")
DEVICE = visit("device")
PENDING, SLOW_DOWN = PollRefusal.AUTHORIZATION_PENDING, PollRefusal.SLOW_DOWN
DECISIONS = [approve_device, deny_device]


def ask(world: World, new: NewDeviceLogin = CLI, name: str = "device") -> DeviceCodes:
    return world.run(ask_for_device_code(world.db, visit(name), world.vault, new))


def poll(world: World, codes: DeviceCodes, **wish: str) -> ClientToken | PollRefusal:
    return world.run(poll_device_login(world.db, DEVICE, world.vault, codes.device_code, **wish))


def approve(world: World, actor: Actor, code: str) -> None:
    world.run(approve_device(world.db, actor, world.vault, code))


def refusal(world: World, decide: Callable, actor: Actor, code: str) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        world.run(decide(world.db, actor, world.vault, code))
    return refused.value


def approved(world: World, new: NewDeviceLogin = CLI, name: str = "ada") -> DeviceCodes:
    codes = ask(world, new)
    approve(world, world.session(name), codes.user_code)
    return codes


def minted(world: World, codes: DeviceCodes) -> ClientToken:
    outcome = poll(world, codes)
    assert isinstance(outcome, ClientToken)
    return outcome


def token_count(tx: Transaction) -> int:
    return tx.execute(select(func.count()).select_from(tokens)).scalar_one()


def test_a_device_gets_a_token_of_whoever_approved_it(world: World) -> None:
    """V-1, V-3"""
    codes = ask(world)
    assert poll(world, codes) is PENDING
    approve(world, world.session("cleo"), codes.user_code)
    given = minted(world, codes)

    actor = world.authenticate(Presented(bearer=given.minted.secret))
    assert given.profile.id == world.people["cleo"].id
    assert actor.person is not None
    assert (actor.person.id, actor.kind) == (given.profile.id, CredentialKind.PERSONAL_ACCESS_TOKEN)
    assert given.minted.token.name == "Lacewing CLI on ada-laptop"
    assert given.minted.token.expires_at == world.clock() + timedelta(days=90)
    assert given.minted.token.scopes is None


def test_codes_are_of_the_documented_form_and_the_device_code_is_stored_as_a_digest(world: World) -> None:
    """V-1"""
    codes = ask(world)
    [row] = world.read(lambda tx: tx.execute(select(device_logins)).all())

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", codes.device_code)
    assert re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", codes.user_code)
    assert (codes.expires_in_seconds, codes.interval_seconds) == (600, 5)
    assert row.device_digest == world.vault.ring.digest(codes.device_code).value
    assert codes.device_code.encode() not in b"".join(str(value).encode() for value in row)


def test_a_token_is_minted_once(world: World) -> None:
    """V-1, M-2: a lost answer means to begin again."""
    codes = approved(world)
    before = world.read(token_count)
    minted(world, codes)

    assert poll(world, codes) is PollRefusal.INVALID_GRANT
    assert world.read(token_count) == before + 1


def test_of_many_polls_at_once_in_two_processes_one_gets_the_token(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-2"""
    codes = approved(world)
    before = world.read(token_count)
    other = open_db(world_url)

    async def scenario() -> list[ClientToken | PollRefusal]:
        databases = [world.db, other] * 4
        return await asyncio.gather(
            *(poll_device_login(db, DEVICE, world.vault, codes.device_code) for db in databases)
        )

    outcomes = world.run(scenario())

    assert sum(isinstance(outcome, ClientToken) for outcome in outcomes) == 1
    assert outcomes.count(PollRefusal.INVALID_GRANT) == 7
    assert world.read(token_count) == before + 1


def test_of_approving_and_denying_at_once_in_two_processes_one_holds(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-2"""
    ada, other = world.session("ada"), open_db(world_url)
    for first, second in [(world.db, other), (other, world.db)]:
        codes = ask(world)
        calls = [
            approve_device(first, ada, world.vault, codes.user_code),
            deny_device(second, ada, world.vault, codes.user_code),
        ]

        async def scenario(calls: list = calls) -> list[object]:
            return await asyncio.gather(*calls, return_exceptions=True)

        answers = world.run(scenario())
        refused = [answer for answer in answers if isinstance(answer, LacewingError)]

        assert [error.code for error in refused] == ["invalid_user_code"]
        outcome = poll(world, codes)
        if answers[0] is None:
            assert isinstance(outcome, ClientToken)
        else:
            assert outcome is PollRefusal.ACCESS_DENIED


@pytest.mark.postgresql
@pytest.mark.parametrize("column", ["minted_at", "denied_at"])
def test_a_poll_that_read_before_another_process_ended_the_login_gets_no_token(
    postgres_databases: PostgresDatabases,
    open_postgres: Callable[[str], Database],
    world_of: Callable[[Database, Cast], World],
    column: str,
) -> None:
    """M-2, C-9"""
    url, cast = postgres_databases.populated()
    world = world_of(open_postgres(url), cast)
    codes = approved(world)
    before = world.read(token_count)

    async def scenario() -> ClientToken | PollRefusal:
        with psycopg.connect(url) as other:
            other.execute(sql.SQL("UPDATE device_logins SET {} = now()").format(sql.Identifier(column)))
            poll = poll_device_login(world.db, DEVICE, world.vault, codes.device_code)
            polling = asyncio.create_task(poll)
            await asyncio.to_thread(wait_until_blocked, url, other)
            other.commit()
            return await polling

    assert world.run(scenario()) is PollRefusal.INVALID_GRANT
    assert world.read(token_count) == before


def test_who_polls_too_soon_waits_longer_each_time(world: World, clock: FakeClock) -> None:
    """RFC 8628, section 3.5: the interval grows by 5 seconds, for this and all later polls."""
    codes = ask(world)
    waits = [0, 5, 4.9, 9.9, 15, 14, 20]
    told = []
    for seconds in waits:
        clock.advance(seconds=seconds)
        told.append(poll(world, codes))

    assert told == [PENDING, PENDING, SLOW_DOWN, SLOW_DOWN, PENDING, SLOW_DOWN, PENDING]


def test_another_devices_polls_slow_nobody_down(world: World) -> None:
    first, second = ask(world), ask(world)

    assert [poll(world, first), poll(world, second)] == [PENDING, PENDING]


def test_an_approval_is_fetched_however_soon_one_polls(world: World) -> None:
    codes = ask(world)
    poll(world, codes)
    approve(world, world.session("ada"), codes.user_code)

    assert isinstance(poll(world, codes), ClientToken)


def test_codes_end_after_ten_minutes(world: World, clock: FakeClock) -> None:
    """V-1"""
    ada = world.session("ada")
    undecided, decided = ask(world), approved(world)
    clock.advance(seconds=599)
    assert poll(world, undecided) is PENDING
    clock.advance(seconds=1)

    assert poll(world, undecided) is PollRefusal.EXPIRED_TOKEN
    assert poll(world, decided) is PollRefusal.EXPIRED_TOKEN
    for decide in [*DECISIONS, read_device_request]:
        assert refusal(world, decide, ada, undecided.user_code).code == "invalid_user_code"


def test_what_is_long_over_is_forgotten(world: World, clock: FakeClock) -> None:
    codes = ask(world)
    clock.advance(minutes=71)
    ask(world)

    assert poll(world, codes) is PollRefusal.INVALID_GRANT
    assert world.read(lambda tx: len(tx.execute(select(device_logins)).all())) == 1


def test_a_denied_device_is_told_so_and_stays_denied(world: World) -> None:
    """V-2"""
    ada, codes = world.session("ada"), ask(world)
    world.run(deny_device(world.db, ada, world.vault, codes.user_code))

    assert poll(world, codes) is PollRefusal.ACCESS_DENIED
    assert refusal(world, approve_device, ada, codes.user_code).code == "invalid_user_code"
    assert poll(world, codes) is PollRefusal.ACCESS_DENIED


@pytest.mark.parametrize("device_code", ["", "x", "A" * 43, "\0", "\ufffd", "é" * 4000])
def test_a_code_that_nobody_was_given_yields_nothing(world: World, device_code: str) -> None:
    approved(world)

    assert poll(world, DeviceCodes(device_code, "", 0, 0)) is PollRefusal.INVALID_GRANT


def test_a_user_code_is_no_device_code(world: World) -> None:
    codes = approved(world)

    assert poll(world, replace(codes, device_code=codes.user_code)) is PollRefusal.INVALID_GRANT


def test_a_code_is_of_use_to_the_client_that_asked_for_it_alone(world: World) -> None:
    """RFC 6749, section 5.2: `invalid_grant` for one issued to another client. It spends nothing."""
    codes = approved(world)

    assert poll(world, codes, client_name="Another CLI") is PollRefusal.INVALID_GRANT
    assert isinstance(poll(world, codes, client_name="Lacewing CLI"), ClientToken)


@pytest.mark.parametrize("typed", [str.lower, str.title, lambda code: code.replace("-", ""), " {} ".format])
def test_a_user_code_is_typed_as_people_type(world: World, typed: Callable[[str], str]) -> None:
    """V-1: in any case, with or without dash or spaces."""
    codes = ask(world)
    spaced = " ".join(typed(codes.user_code))
    request = world.run(read_device_request(world.db, world.session("ada"), world.vault, spaced))

    assert request.user_code == codes.user_code


@pytest.mark.parametrize("decide", DECISIONS)
def test_the_person_sees_what_asks_before_deciding(world: World, decide: Callable) -> None:
    """V-2; after the decision there is nothing more to see."""
    scopes = frozenset({Scope.REPORTS_READ})
    ada, codes = world.session("ada"), ask(world, replace(CLI, scopes=scopes))
    request = world.run(read_device_request(world.db, ada, world.vault, codes.user_code))

    assert (request.client_name, request.host) == ("Lacewing CLI", "ada-laptop")
    assert (request.ip, request.user_agent) == (DEVICE.ip, DEVICE.user_agent)
    assert (request.scopes, request.created_at) == (scopes, world.clock())
    world.run(decide(world.db, ada, world.vault, codes.user_code))
    assert refusal(world, read_device_request, ada, codes.user_code).code == "invalid_user_code"


@pytest.mark.parametrize("decide", [*DECISIONS, read_device_request])
@pytest.mark.parametrize("kind", sorted(PRESENTED_KINDS - {CredentialKind.SESSION}))
def test_only_a_session_decides(world: World, decide: Callable, kind: CredentialKind) -> None:
    """V-2, S-7"""
    codes = ask(world)
    refused = refusal(world, decide, world.actor(kind), codes.user_code)

    assert refused.kind is ErrorKind.FORBIDDEN
    assert poll(world, codes) is PENDING


@pytest.mark.parametrize("decide", [*DECISIONS, read_device_request])
def test_only_a_fresh_session_decides(world: World, clock: FakeClock, decide: Callable) -> None:
    """V-2, S-7"""
    ada = world.session("ada")
    clock.advance(minutes=15, seconds=1)
    codes = ask(world)

    assert refusal(world, decide, ada, codes.user_code).code == "reauth_required"
    assert poll(world, codes) is PENDING


@pytest.mark.parametrize("decide", [*DECISIONS, read_device_request])
def test_wrong_user_codes_are_counted_for_each_person(world: World, decide: Callable) -> None:
    """Five in five minutes; a right one while locked is refused all the same, and others may go on."""
    ada, codes = world.session("ada"), ask(world)
    faces = {face(refusal(world, decide, ada, code)) for code in ("BCDF-GHJK", "nope", "", "\0", "BBBB-BBBB")}
    locked = refusal(world, decide, ada, codes.user_code)

    assert [told[0] for told in faces] == [ErrorKind.INVALID_REQUEST]
    assert locked.kind is ErrorKind.RATE_LIMITED
    approve(world, world.session("bob"), codes.user_code)


def test_guesses_at_once_are_no_more_than_the_budget(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """Counted before the look-up, in every process."""
    ada, other = world.session("ada"), open_db(world_url)

    async def scenario() -> list[object]:
        calls = (approve_device(db, ada, world.vault, "BBBB-BBBB") for db in [world.db, other] * 5)
        return await asyncio.gather(*calls, return_exceptions=True)

    kinds = [answer.kind for answer in world.run(scenario()) if isinstance(answer, LacewingError)]

    assert (kinds.count(ErrorKind.INVALID_REQUEST), kinds.count(ErrorKind.RATE_LIMITED)) == (5, 5)


def test_right_user_codes_cost_nothing(world: World) -> None:
    ada = world.session("ada")
    for _ in range(6):
        codes = ask(world)
        world.run(read_device_request(world.db, ada, world.vault, codes.user_code))
        approve(world, ada, codes.user_code)


def test_one_address_asks_for_ten_codes_a_minute(world: World, clock: FakeClock) -> None:
    for _ in range(10):
        ask(world)
    with pytest.raises(LacewingError) as refused:
        ask(world)

    assert refused.value.kind is ErrorKind.RATE_LIMITED
    ask(world, name="elsewhere")
    clock.advance(minutes=1)
    ask(world)


def test_a_user_code_that_is_taken_is_given_to_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """M-3"""
    drawn = iter(["BBBB-BBBB", "BBBB-BBBB", "BBBB-BBBB", "CCCC-CCCC"])
    monkeypatch.setattr("lacewing.credentials.device_login.new_user_code", lambda: next(drawn))

    assert [ask(world).user_code, ask(world).user_code] == ["BBBB-BBBB", "CCCC-CCCC"]


def test_approving_one_device_ends_no_other(world: World) -> None:
    """V-3"""
    secrets = [minted(world, approved(world)).minted.secret for _ in range(3)]

    assert len({world.authenticate(Presented(bearer=secret)).credential_id for secret in secrets}) == 3


def test_a_token_has_the_scopes_that_were_asked_and_shown(world: World) -> None:
    codes = approved(world, replace(CLI, scopes=frozenset({Scope.STATS_READ})))

    assert minted(world, codes).minted.token.scopes == {Scope.STATS_READ}


def test_a_device_without_a_name_gives_its_programs(world: World) -> None:
    assert minted(world, approved(world, NewDeviceLogin("BugSpark CLI"))).minted.token.name == "BugSpark CLI"


@pytest.mark.parametrize(("most", "days"), [(30, 30), (365, 90)])
def test_a_token_lives_no_longer_than_the_policy_says(world: World, most: int, days: int) -> None:
    codes = approved(world)
    vault = replace(world.vault, max_token_days=most)
    outcome = world.run(poll_device_login(world.db, DEVICE, vault, codes.device_code))

    assert isinstance(outcome, ClientToken)
    assert outcome.minted.token.expires_at == world.clock() + timedelta(days=days)


def test_nothing_is_minted_for_whoever_was_disabled_since_not_even_later(world: World) -> None:
    """C-9"""
    codes = approved(world)
    before = world.read(token_count)
    world.disable("ada")
    assert poll(world, codes) is PollRefusal.ACCESS_DENIED
    world.write(lambda tx: tx.execute(update(people).values(disabled_at=None)) and None)

    assert not isinstance(poll(world, codes), ClientToken)
    assert world.read(token_count) == before


def test_what_a_person_approved_and_no_device_has_fetched_can_be_ended(world: World) -> None:
    """C-9: the step for a change of password. What others approved, and what was fetched, stays."""
    waiting, others, fetched = approved(world), approved(world, name="bob"), approved(world)
    token = minted(world, fetched)
    world.write(lambda tx: end_device_logins(tx, world.people["ada"].id))

    assert poll(world, waiting) is PollRefusal.ACCESS_DENIED
    assert isinstance(poll(world, others), ClientToken)
    assert poll(world, fetched) is PollRefusal.INVALID_GRANT
    assert world.authenticate(Presented(bearer=token.minted.secret))


def test_a_code_outlives_a_new_pepper(world: World) -> None:
    """F-4"""
    codes = approved(world)
    vault = replace(world.vault, ring=parse(f"{NEW_KEY},{OLD_KEY}"))

    outcome = world.run(poll_device_login(world.db, DEVICE, vault, codes.device_code))
    assert isinstance(outcome, ClientToken)


def test_decisions_and_tokens_are_recorded_and_told(world: World) -> None:
    """U-2, U-4"""
    ada, denied = world.session("ada"), ask(world)
    world.run(deny_device(world.db, ada, world.vault, denied.user_code))
    refusal(world, deny_device, ada, denied.user_code)
    given = minted(world, approved(world))
    poll(world, denied)

    kinds = world.read(event_kinds)
    assert (kinds[EventKind.DEVICE_DENIED], kinds[EventKind.DEVICE_APPROVED]) == (1, 1)
    created = select(events.c.person_id, events.c.subject_id, events.c.ip).where(
        events.c.kind == EventKind.TOKEN_CREATED
    )
    [row] = world.read(lambda tx: tx.execute(created).all())
    assert tuple(row) == (given.profile.id, given.minted.token.id, DEVICE.ip)
    mails = select(outbox_mails.c.kind).where(outbox_mails.c.person_id == given.profile.id)
    assert MailKind.TOKEN_CREATED in world.read(lambda tx: tx.execute(mails).scalars().all())


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"client_name": ""}, "blank"),
        ({"client_name": "x" * 101}, "too_long"),
        ({"host": "x" * 101}, "too_long"),
        ({"host": "a\0b"}, "nul_character"),
        ({"host": "laptop\u202egpj"}, "not_printable"),
        ({"client_name": "Lacewing\nCLI"}, "not_printable"),
    ],
)
def test_a_name_that_could_mislead_who_approves_is_refused(
    world: World, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(LacewingError) as refused:
        ask(world, replace(CLI, **changed))

    assert [mistake.code for mistake in refused.value.fields] == [code]
