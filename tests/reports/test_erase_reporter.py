"""A reporter's personal data goes on request; the reports stay."""

import pytest
from sqlalchemy import select

from lacewing.access.permissions import CredentialKind
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.json import loads
from lacewing.reports import (
    Erased,
    Erasure,
    Evidence,
    FullReport,
    erase_reporter,
    erase_reporter_everywhere,
    get_report,
)
from lacewing.reports import retention_queries as queries
from tests.credentials.told import event_kinds
from tests.world import World

ANN = "Ann@example.com"
EVIDENCE = Evidence(
    console=b'[{"message":"hello ann@example.com"}, {"message": "x"}]',
    network=b'[{"url": "/quiet",  "status": 1}]',
    metadata=b'{"user":{"id":7},"account":["ANN@example.com"],"url":"/x"}',
)


def erase(world: World, name: str = "ada", **told: object) -> Erased:
    erasure = Erasure(**{"reporter_identifier": ANN, **told})  # type: ignore[arg-type]
    return world.run(erase_reporter(world.db, world.session(name), world.orchard.id, erasure))


def read(world: World, stored: FullReport) -> FullReport:
    return world.run(get_report(world.db, world.session("ada"), stored.report.id))


def test_the_name_goes_from_reports_and_from_their_evidence(world: World) -> None:
    mine = world.submit("mine", reporter_identifier="ann@example.com", evidence=EVIDENCE)
    other = world.submit("other", reporter_identifier="bo@example.com", evidence=EVIDENCE)

    assert erase(world) == Erased(1, 0)
    found = read(world, mine)
    assert (found.report.title, found.report.reporter_identifier) == ("mine", None)
    assert loads(found.evidence.console or b"")[0] == {"message": "hello [erased]"}
    assert found.evidence.network == EVIDENCE.network
    assert loads(found.evidence.metadata or b"") == {"url": "/x"}
    assert found.report.change > other.report.change
    assert read(world, other) == other


def test_the_name_goes_from_addresses_and_from_the_page_of_the_list(world: World) -> None:
    evidence = Evidence(
        network=b'[{"url":"/api?who=ann%40Example.com"}]',
        metadata=b'{"url":"https://shop.test/of/ann@example.com/cart","title":"Cart"}',
    )
    mine = world.submit(reporter_identifier=ANN, evidence=evidence)
    assert mine.report.page == "https://shop.test/of/ann@example.com/cart"

    erase(world)
    found = read(world, mine)
    assert loads(found.evidence.network or b"") == [{"url": "/api?who=[erased]"}]
    assert loads(found.evidence.metadata or b"") == {"title": "Cart"}
    assert found.report.page == "https://shop.test/of/[erased]/cart"


def test_a_number_is_a_name_too(world: World) -> None:
    console = b'[{"id":4711},{"id":47110,"is":true}]'
    evidence = Evidence(console=console, metadata=b'{"account":4711,"url":"/x"}')
    mine = world.submit(reporter_identifier="4711", evidence=evidence)

    erase(world, reporter_identifier="4711")
    found = read(world, mine).evidence
    assert loads(found.console or b"") == [{"id": "[erased]"}, {"id": 47110, "is": True}]
    assert loads(found.metadata or b"") == {"url": "/x"}


def test_the_log_forgets_where_they_came_from(world: World) -> None:
    mine = world.submit(reporter_identifier=ANN).report
    other = world.submit(reporter_identifier="bo@example.com").report
    erase(world)
    query = select(events.c.subject_id, events.c.ip, events.c.user_agent)
    rows = world.read(lambda tx: tx.execute(query.where(events.c.kind == EventKind.REPORT_CREATED)).all())
    told = {row.subject_id: (row.ip, row.user_agent) for row in rows}
    assert told[mine.id] == ("", "")
    assert all(told[other.id])


def test_asked_again_nothing_more_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_ERASED", 2)
    for number in range(5):
        world.submit(f"{number}", reporter_identifier=ANN)

    assert erase(world).reports == 5
    assert erase(world).reports == 0
    assert world.read(event_kinds)[EventKind.REPORTER_ERASED] == 2


def test_a_whole_organization_forgets_at_once(world: World) -> None:
    for project in (world.orchard, world.cellar, world.elsewhere):
        world.submit(actor=world.key(project), reporter_identifier=ANN)
    asked = erase_reporter_everywhere(world.db, world.session("bob"), world.organization_id, Erasure(ANN))
    assert world.run(asked) == Erased(2, 0)


def test_a_short_name_is_no_part_of_words(world: World) -> None:
    evidence = Evidence(console=b'["a", "an apple", {"a": "A"}]')
    mine = world.submit(reporter_identifier="a", evidence=evidence)
    assert erase(world, reporter_identifier="a").reports == 1
    told = loads(read(world, mine).evidence.console or b"")
    assert told == ["[erased]", "an apple", {"[erased]": "[erased]"}]


@pytest.mark.parametrize("identifier", ["", " ", "a\0", "x" * 256])
def test_an_identifier_is_checked(still_world: World, identifier: str) -> None:
    with pytest.raises(LacewingError) as error:
        erase(still_world, reporter_identifier=identifier)
    assert error.value.kind is ErrorKind.INVALID


@pytest.mark.parametrize(
    ("name", "refused"), [("fay", None), ("gil", ErrorKind.FORBIDDEN), ("eve", ErrorKind.NOT_FOUND)]
)
def test_who_may_delete_reports_may_erase(still_world: World, name: str, refused: ErrorKind | None) -> None:
    if refused is None:
        assert erase(still_world, name).reports == 0
        return
    with pytest.raises(LacewingError) as error:
        erase(still_world, name)
    assert error.value.kind is refused


def test_a_projects_token_erases_nobody(still_world: World) -> None:
    actor = still_world.actor(CredentialKind.PROJECT_TOKEN)
    with pytest.raises(LacewingError) as error:
        still_world.run(erase_reporter(still_world.db, actor, still_world.orchard.id, Erasure(ANN)))
    assert error.value.kind is ErrorKind.FORBIDDEN


@pytest.mark.parametrize(
    ("written", "asked"),
    [("märta@x.se", "MÄRTA@X.SE"), ("MÄRTA@X.SE", "märta@X.se"), ("Märta@x.se", "märta@x.se")],
)
def test_a_name_is_the_same_in_any_case_whatever_its_letters(world: World, written: str, asked: str) -> None:
    stored = world.submit(reporter_identifier=written)

    assert erase(world, reporter_identifier=asked).reports == 1
    assert read(world, stored).report.reporter_identifier is None
