"""What a reporter's link shows, to whom, and until when."""

from typing import Final

import pytest
from sqlalchemy import select

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.keyring import parse
from lacewing.projects import change_project, purge_project
from lacewing.reporters import StatusPage, read_contact, read_status
from lacewing.reporters.tables import reporter_links
from lacewing.reporters.values import Contact
from lacewing.reports import (
    Erasure,
    Report,
    Status,
    change_report,
    delete_report,
    erase_reporter,
    merge_report,
)
from tests.reporters.reporting import RITA, link_to, reported, say
from tests.world import NEW_KEY, OLD_KEY, World, visit

RITAS: Final = visit("rita")


def opened(world: World, token: str) -> StatusPage:
    return world.run(read_status(world.db, RITAS, world.vault.ring, token))


def is_dead(world: World, token: str) -> bool:
    with pytest.raises(LacewingError) as refused:
        opened(world, token)
    return (refused.value.kind, refused.value.code) == (ErrorKind.INVALID_REQUEST, "invalid_link")


def test_a_link_shows_the_report_and_what_is_meant_for_its_reporter(world: World) -> None:
    report = reported(world, title="The cart is empty", description="Not hers to read")
    say(world, report, "Not for her eyes", visible=False)
    say(world, report, "We found it", visible=True)
    page = opened(world, link_to(world, report))

    assert (page.tracking_id, page.title, page.project_name) == (
        report.tracking_id,
        "The cart is empty",
        "Orchard",
    )
    assert (page.status, page.is_duplicate, page.gets_mails) == (Status.NEW, False, True)
    assert [(remark.is_own, remark.body) for remark in page.remarks] == [(False, "We found it")]


def test_a_link_opens_its_own_report_alone(world: World) -> None:
    first, second = reported(world, title="First"), reported(world, title="Second")
    say(world, second, "For the second", visible=True)
    assert opened(world, link_to(world, first)).remarks == ()


def test_a_duplicate_has_the_status_of_what_it_was_merged_into(world: World) -> None:
    ada, report, target = world.session("ada"), reported(world, title="Again"), reported(world, title="It")
    world.run(merge_report(world.db, ada, report.id, target.id))
    world.run(change_report(world.db, ada, target.id, {"status": Status.IN_PROGRESS}))
    page = opened(world, link_to(world, report))
    assert (page.title, page.status, page.is_duplicate) == ("Again", Status.IN_PROGRESS, True)


@pytest.mark.parametrize("token", ["", "x" * 43, "\udcff", "é" * 43])
def test_what_is_no_link_leads_nowhere(still_world: World, token: str) -> None:
    assert is_dead(still_world, token)


def _delete(world: World, report: Report) -> None:
    world.run(delete_report(world.db, world.session("ada"), report.id))


def _erase(world: World, report: Report) -> None:
    world.run(erase_reporter(world.db, world.session("ada"), report.project_id, Erasure(RITA)))


def _delete_project(world: World, report: Report) -> None:
    world.delete_project(world.orchard)


def _purge_project(world: World, report: Report) -> None:
    world.run(purge_project(world.db, world.session("ada"), report.project_id))


@pytest.mark.parametrize("end", [_delete, _erase, _delete_project, _purge_project])
def test_a_link_ends_with_its_report_its_reporter_and_its_project(world: World, end) -> None:  # type: ignore[no-untyped-def]
    report = reported(world)
    token = link_to(world, report)
    end(world, report)
    assert is_dead(world, token)


def test_links_are_kept_as_digests_and_hold_under_a_key_that_was_rotated_out(still_world: World) -> None:
    """F-4, F-8"""
    world, report = still_world, reported(still_world)
    token = link_to(world, report)
    stored = world.read(lambda tx: tx.execute(select(reporter_links)).all())
    assert token.encode() not in b"".join(bytes(row.digest) for row in stored)

    both = parse(f"{NEW_KEY},{OLD_KEY}")
    assert world.run(read_status(world.db, RITAS, both, token)).title == report.title


def test_where_mails_are_off_nobody_hears(world: World) -> None:
    ada, report = world.session("ada"), reported(world)
    link_to(world, report)
    world.run(change_project(world.db, ada, world.orchard.id, {"settings": {"reporterMails": False}}))
    assert world.run(read_contact(world.db, ada, report.id)) is Contact.NONE


def test_a_team_sees_whether_its_reporter_hears_of_a_report(world: World) -> None:
    ada = world.session("ada")
    nameless, told = world.submit().report, reported(world)
    link_to(world, told)
    assert [world.run(read_contact(world.db, ada, each.id)) for each in (nameless, told)] == [
        Contact.NONE,
        Contact.TOLD,
    ]
    with pytest.raises(LacewingError) as refused:
        world.run(read_contact(world.db, world.session("eve"), told.id))
    assert refused.value.kind is ErrorKind.NOT_FOUND
