"""What a share link shows, to whom, and until when; who may make one."""

from datetime import timedelta

import pytest

from lacewing.events import EventFilter, EventKind, list_organization_events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.kit.json import dumps
from lacewing.kit.keyring import parse
from lacewing.reports import Evidence, Report, delete_report
from lacewing.shares import (
    MadeShareLink,
    NewShareLink,
    SharedReport,
    create_share_link,
    list_share_links,
    read_shared,
    revoke_share_link,
)
from lacewing.shares.share_report import MOST_LINKS
from tests.world import NEW_KEY, World, visit


def share(world: World, report: Report, *, who: str = "gil", **new: object) -> MadeShareLink:
    wish = NewShareLink(**new)  # type: ignore[arg-type]
    ring = world.vault.ring
    return world.run(create_share_link(world.db, world.session(who), ring, report.id, wish))


def opened(world: World, token: str) -> SharedReport:
    return world.run(read_shared(world.db, visit("eve"), world.vault.ring, token))


def is_dead(world: World, token: str) -> bool:
    with pytest.raises(LacewingError) as refused:
        opened(world, token)
    return refused.value.code == "invalid_link"


def revoke(world: World, made: MadeShareLink, who: str = "gil") -> None:
    actor = world.session(who)
    world.run(revoke_share_link(world.db, actor, made.link.report_id, made.link.id))


def test_a_link_shows_its_report_and_evidence_only_if_that_was_chosen(world: World) -> None:
    log = [{"level": "error", "message": "no cart"}]
    first = world.submit(
        "Empty cart", description="It was full", evidence=Evidence(console=dumps(log).encode())
    ).report
    world.submit("Another")

    plain = opened(world, share(world, first).token)
    whole = opened(world, share(world, first, with_evidence=True).token)

    assert (plain.found.title, plain.found.description) == ("Empty cart", "It was full")
    assert plain.tracking_id == first.tracking_id
    assert plain.evidence.console is None
    assert b"no cart" in (whole.evidence.console or b"")


def test_a_link_ends_when_it_says_and_when_it_is_revoked(world: World) -> None:
    report = world.submit().report
    short, long = share(world, report, days=1), share(world, report, days=90)
    world.clock.advance(hours=23)
    assert opened(world, short.token)
    world.clock.advance(hours=1)
    assert is_dead(world, short.token)
    assert opened(world, long.token)
    assert [each.id for each in links(world, report)] == [long.link.id]

    revoke(world, long)
    assert is_dead(world, long.token)
    assert links(world, report) == []
    with pytest.raises(LacewingError) as refused:
        revoke(world, long)
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_a_link_tells_when_it_was_last_opened_to_a_minute(world: World) -> None:
    report = world.submit().report
    made = share(world, report)
    told = []
    for seconds in (0, 59, 1):
        world.clock.advance(seconds=seconds)
        opened(world, made.token)
        told.append(links(world, report)[0].last_opened_at)

    assert made.link.last_opened_at is None
    assert told == [world.clock() - timedelta(minutes=1)] * 2 + [world.clock()]


def links(world: World, report: Report) -> list:
    return world.run(list_share_links(world.db, world.session("gil"), report.id))


def test_a_link_ends_with_its_report_its_project_and_its_key(world: World) -> None:
    first, second = world.submit().report, world.submit("Other").report
    one, two = share(world, first).token, share(world, second).token

    world.run(delete_report(world.db, world.session("ada"), first.id))
    assert is_dead(world, one)
    with pytest.raises(LacewingError) as refused:
        world.run(read_shared(world.db, visit("eve"), parse(NEW_KEY), two))
    assert refused.value.code == "invalid_link"
    world.delete_project(world.orchard)
    assert is_dead(world, two)


@pytest.mark.parametrize("token", ["", "x" * 43, "\udcff", "é" * 43, "x" * 100_000])
def test_what_is_no_link_leads_nowhere(still_world: World, token: str) -> None:
    assert is_dead(still_world, token)


def test_it_is_for_who_may_change_the_report(world: World) -> None:
    report = world.submit().report
    made = share(world, report)
    for who, refusal in (
        ("dan", ErrorKind.FORBIDDEN),
        ("hal", ErrorKind.FORBIDDEN),
        ("eve", ErrorKind.NOT_FOUND),
    ):
        for act in (lambda who=who: share(world, report, who=who), lambda who=who: revoke(world, made, who)):
            with pytest.raises(LacewingError) as refused:
                act()
            assert refused.value.kind is refusal
    assert opened(world, made.token)


def test_a_link_of_another_report_is_not_revoked_through_this_one(world: World) -> None:
    one, other = world.submit().report, world.submit("Other").report
    made = share(world, one)
    with pytest.raises(LacewingError) as refused:
        world.run(revoke_share_link(world.db, world.session("gil"), other.id, made.link.id))
    assert refused.value.kind is ErrorKind.NOT_FOUND
    assert opened(world, made.token)


@pytest.mark.parametrize("days", [0, 91, -1])
def test_it_ends_within_ninety_days(world: World, days: int) -> None:
    with pytest.raises(LacewingError) as refused:
        share(world, world.submit().report, days=days)
    assert [mistake.code for mistake in refused.value.fields] == ["out_of_range"]


def test_there_is_an_end_of_links(world: World) -> None:
    report = world.submit(f"{new_id()}").report
    for _ in range(MOST_LINKS):
        share(world, report)
    with pytest.raises(LacewingError) as refused:
        share(world, report)
    assert refused.value.code == "too_many_links"


def test_both_are_told(world: World) -> None:
    report = world.submit().report
    made = share(world, report)
    revoke(world, made)
    kinds = frozenset({EventKind.SHARE_LINK_CREATED, EventKind.SHARE_LINK_REVOKED})
    wanted, organization_id = EventFilter(kinds=kinds), report.organization_id
    told = world.run(list_organization_events(world.db, world.session("ada"), organization_id, wanted, 20))
    assert sorted((event.kind.value, event.subject_id) for event in told.items) == [
        ("share_link.created", made.link.id),
        ("share_link.revoked", made.link.id),
    ]
