"""Who reads which events, in which order, and how quickly (U-2)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Scope
from lacewing.credentials import LogIn, log_in
from lacewing.events import (
    Event,
    EventFilter,
    EventKind,
    EventPage,
    kinds_named,
    list_organization_events,
    list_own_events,
)
from lacewing.events.tables import events as table
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id, new_id_at
from lacewing.projects import NewKey, create_key
from lacewing.storage import Database, Transaction
from tests.counting import CountingDatabase
from tests.world import START, World, visit

ALL = EventFilter()


def own(world: World, actor: Actor, wanted: EventFilter = ALL, size: int = 100) -> EventPage:
    return world.run(list_own_events(world.db, actor, wanted, size))


def of_organization(world: World, actor: Actor, wanted: EventFilter = ALL, size: int = 100) -> EventPage:
    return world.run(list_organization_events(world.db, actor, world.organization_id, wanted, size))


def kinds(page: EventPage) -> list[EventKind]:
    return [event.kind for event in page.items]


def refusal(call: Callable[[], object]) -> ErrorKind:
    with pytest.raises(LacewingError) as refused:
        call()
    return refused.value.kind


def tell(world: World, kind: EventKind, **fields: Any) -> None:
    world.write(lambda tx: events.append(tx, Event(kind, visit(), **fields)))


def test_a_person_reads_its_own_and_nobody_elses(world: World) -> None:
    world.mint("bob")
    found = own(world, world.session("bob"))

    assert {event.person_id for event in found.items} == {world.people["bob"].id}
    token = next(event for event in found.items if event.kind is EventKind.TOKEN_CREATED)
    assert (token.credential_kind, token.at) == (CredentialKind.SESSION, START)
    assert (token.ip, token.user_agent) == (visit("bob").ip, "bob's browser")
    assert token.request_id == "request-of-bob"


def test_a_failed_log_in_is_told_to_whose_account_it_was(world: World) -> None:
    with pytest.raises(LacewingError):
        world.run(log_in(world.db, visit("eve"), world.vault, LogIn("ada@example.com", "wrong")))

    (found,) = own(world, world.session("ada"), EventFilter(kinds_named("account.login.failure"))).items

    assert (found.person_id, found.ip) == (world.people["ada"].id, visit("eve").ip)


def test_what_another_did_to_an_account_is_told_once_to_both(world: World) -> None:
    ada, bob = world.people["ada"].id, world.people["bob"].id
    tell(world, EventKind.ACCOUNT_ENABLED, person_id=ada, subject_id=bob)
    tell(world, EventKind.ADMIN_GRANTED, subject_id=bob)
    tell(world, EventKind.PASSWORD_CHANGED, person_id=bob, subject_id=bob)
    mine = own(world, world.session("bob"))

    for kind in (EventKind.ACCOUNT_ENABLED, EventKind.ADMIN_GRANTED, EventKind.PASSWORD_CHANGED):
        assert kinds(mine).count(kind) == 1
        assert kinds(own(world, world.session("bob"), EventFilter(frozenset({kind})))) == [kind]
    theirs = kinds(own(world, world.session("ada")))
    assert EventKind.ACCOUNT_ENABLED in theirs
    assert EventKind.ADMIN_GRANTED not in theirs


ROLES = {"ada": None, "bob": None, "cleo": ErrorKind.FORBIDDEN, "dan": ErrorKind.FORBIDDEN}
PROJECT_ROLES = dict.fromkeys(("fay", "gil", "hal", "ivy"), ErrorKind.FORBIDDEN)


@pytest.mark.parametrize(
    ("name", "expected"), [*ROLES.items(), *PROJECT_ROLES.items(), ("eve", ErrorKind.NOT_FOUND)]
)
def test_owners_and_admins_read_the_organizations(
    still_world: World, name: str, expected: ErrorKind | None
) -> None:
    actor = still_world.session(name)
    if expected is None:
        assert EventKind.PROJECT_CREATED in kinds(of_organization(still_world, actor))
    else:
        assert refusal(lambda: of_organization(still_world, actor)) is expected


@pytest.mark.parametrize("kind", [CredentialKind.PROJECT_TOKEN, CredentialKind.PUBLISHABLE_KEY])
def test_a_projects_credential_reads_no_events(still_world: World, kind: CredentialKind) -> None:
    actor = still_world.actor(kind)
    assert refusal(lambda: of_organization(still_world, actor)) is ErrorKind.FORBIDDEN
    assert refusal(lambda: own(still_world, actor)) is ErrorKind.FORBIDDEN


def test_a_token_needs_the_scope(still_world: World) -> None:
    reader = still_world.token(scopes=frozenset({Scope.EVENTS_READ}))
    assert own(still_world, reader).items
    assert of_organization(still_world, reader).items
    other = still_world.token(scopes=frozenset(set(Scope) - {Scope.EVENTS_READ}))
    assert refusal(lambda: own(still_world, other)) is ErrorKind.FORBIDDEN
    assert refusal(lambda: of_organization(still_world, other)) is ErrorKind.FORBIDDEN


def test_an_organization_does_not_learn_of_its_peoples_accounts(world: World) -> None:
    world.mint("cleo")
    world.run(create_key(world.db, world.session("ada"), world.orchard.id, NewKey("x")))
    found = of_organization(world, world.session("ada"))

    assert {event.organization_id for event in found.items} == {world.organization_id}
    assert EventKind.KEY_CREATED in kinds(found)
    assert not {kind for kind in kinds(found) if kind.startswith(("account.", "token.", "session."))}


def test_pages_are_newest_first_and_leave_nothing_out(world: World) -> None:
    for _ in range(7):
        world.clock.advance(seconds=1)
        world.submit()
    actor = world.session("ada")
    whole = of_organization(world, actor)
    pages: list[EventPage] = []
    cursor: UUID | None = None
    while not pages or cursor is not None:
        pages.append(of_organization(world, actor, EventFilter(cursor=cursor), 4))
        cursor = pages[-1].next_cursor

    assert [event for page in pages for event in page.items] == list(whole.items)
    assert whole.next_cursor is None
    times = [event.at for event in whole.items]
    assert times == sorted(times, reverse=True)
    assert kinds(whole)[:7] == [EventKind.REPORT_CREATED] * 7


def test_a_time_cuts_to_the_microsecond(world: World) -> None:
    actor = world.session("ada")
    moments = []
    for _ in range(3):
        world.clock.advance(microseconds=1)
        moments.append(world.clock.now)
        tell(world, EventKind.SESSION_PROVED, person_id=world.people["ada"].id)
    proved = frozenset({EventKind.SESSION_PROVED})

    def times(**cut: Any) -> list[Any]:
        return [event.at for event in own(world, actor, EventFilter(proved, **cut)).items]

    assert times(after=moments[1]) == [moments[2], moments[1]]
    assert times(before=moments[1]) == [moments[0]]
    assert times(after=moments[1], before=moments[2]) == [moments[1]]
    assert times(before=START - timedelta(days=800_000 // 365)) == []


def test_kinds_are_named_whole_or_by_how_they_begin() -> None:
    assert kinds_named("token.created") == {EventKind.TOKEN_CREATED}
    assert kinds_named("token.") == {kind for kind in EventKind if kind.startswith("token.")}
    for text in ("token", "nothing.", "", ".", "token.created.", "%", "TOKEN."):
        with pytest.raises(LacewingError) as refused:
            kinds_named(text)
        assert refused.value.kind is ErrorKind.INVALID


def test_reports_and_other_kinds_are_found_together(world: World) -> None:
    world.submit()
    chosen = frozenset({EventKind.REPORT_CREATED, EventKind.PROJECT_CREATED})

    assert set(kinds(of_organization(world, world.session("ada"), EventFilter(chosen)))) == chosen


SCANNED = re.compile(r"SCAN events\b|SCAN \(?events")


@pytest.fixture
def long_log(world: World) -> World:
    """Thousands of reports' events, of ada's and of others', around the few that matter."""
    ada, eve = world.people["ada"], world.people["eve"]

    def fill(tx: Transaction) -> None:
        rows = [
            {
                "id": new_id_at(START + timedelta(seconds=n)),
                "organization_id": (ada if n % 2 else eve).organization_id,
                "project_id": world.orchard.id,
                "kind": EventKind.REPORT_CREATED,
                "person_id": (ada if n % 2 else eve).id,
                "credential_kind": CredentialKind.SESSION,
                "credential_id": new_id(),
                "subject_id": new_id(),
                "ip": "",
                "user_agent": "",
                "request_id": "",
                "data": {},
                "created_at": START + timedelta(seconds=n),
            }
            for n in range(6000)
        ]
        tx.execute(insert(table), rows)

    world.write(fill)
    world.write(lambda tx: tx.connection.exec_driver_sql("ANALYZE") and None)
    return world


FILTERS = [
    EventFilter(kinds, after=after, before=before)
    for kinds in (frozenset(), kinds_named("token.created"), kinds_named("account."), frozenset(EventKind))
    for after, before in ((None, None), (START, START + timedelta(seconds=3000)))
]


def test_no_page_reads_more_than_the_head_of_its_ranges(long_log: World) -> None:
    """At any depth, of any kind: no scan of the log, no sort of what was found in it."""
    world, actor = long_log, long_log.session("ada")
    for wanted in FILTERS:
        counting = CountingDatabase(world.db)
        world.run(list_own_events(counting, actor, wanted, 20))  # type: ignore[arg-type]
        world.run(
            list_organization_events(counting, actor, world.organization_id, wanted, 20)  # type: ignore[arg-type]
        )
        by_kind = bool(wanted.kinds) and EventKind.REPORT_CREATED not in wanted.kinds
        for sql, parameters in counting.statements:
            found = world.read(
                lambda tx, sql=sql, values=parameters, by_kind=by_kind: _faults(
                    world.db, tx, sql, values, by_kind=by_kind
                )
            )
            assert found == [], sql


def test_a_scan_of_the_log_is_noticed(long_log: World) -> None:
    """A test of the test."""
    bad = "SELECT id FROM events WHERE ip = 'x' ORDER BY ip"
    assert long_log.read(lambda tx: _faults(long_log.db, tx, bad, ()))


def _faults(db: Database, tx: Transaction, sql: str, parameters: Any, *, by_kind: bool = False) -> list[str]:
    """On SQLite a range is told by its columns: that of a rare kind must begin with it."""
    if db.backend.name == "sqlite":
        rows = tx.driver.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()
        sorted_parents = {parent for _, parent, _, told in rows if "TEMP B-TREE FOR ORDER BY" in told}
        return [
            told
            for _, parent, _, told in rows
            if SCANNED.search(told)
            or (told.startswith("SEARCH events") and parent in sorted_parents)
            or (told.startswith("SEARCH events") and by_kind and not re.search(r"kind=|subject_id=", told))
        ]
    (plan,) = tx.driver.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", parameters).fetchone()
    return _wide(plan[0]["Plan"])


def _wide(node: dict[str, Any]) -> list[str]:
    """On PostgreSQL what counts is how many rows were touched to find twenty-one a range."""
    touched = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    is_wide = node.get("Relation Name") == "events" and touched > 200
    found = [f"{node['Node Type']} touched {touched}"] if is_wide else []
    return found + [fault for child in node.get("Plans", ()) for fault in _wide(child)]
