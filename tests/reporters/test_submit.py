"""The link that whoever sent a report is shown: what it opens, and that nobody's address hangs on it."""

from typing import Final

import pytest

from lacewing.kit.errors import LacewingError
from lacewing.reporters import (
    StatusPage,
    allow_mails,
    read_contact,
    read_status,
    stop_mails,
    submit_for_reporter,
)
from lacewing.reporters.tables import reporter_links
from lacewing.reporters.values import Contact
from lacewing.reports import Erasure, NewReport, Severity, erase_reporter
from tests.reporters.reporting import RITA, link_to, submitted, token_of
from tests.world import World, visit

RITAS: Final = visit("rita")


def opened(world: World, token: str) -> StatusPage:
    return world.run(read_status(world.db, RITAS, world.vault.ring, token))


@pytest.mark.parametrize("identifier", [None, RITA, "user 17"])
def test_whoever_sent_a_report_is_shown_what_becomes_of_it(world: World, identifier: str | None) -> None:
    told = submitted(world, identifier)
    page = opened(world, token_of(told))
    assert (page.tracking_id, page.gets_mails) == (told.full.report.tracking_id, None)


def test_what_is_submitted_again_is_shown_no_second_link(world: World) -> None:
    submitted(world, key="one")
    assert submitted(world, key="one").path is None
    assert world.read(lambda tx: len(tx.execute(reporter_links.select()).all())) == 1


def test_a_robot_is_shown_a_link_that_leads_nowhere(world: World) -> None:
    told = submitted(world, honeypot="x")
    with pytest.raises(LacewingError) as refused:
        opened(world, token_of(told))
    assert refused.value.code == "invalid_link"


def test_those_that_wait_together_get_a_link_each(world: World) -> None:
    one, other = submitted(world, RITA, key="one"), submitted(world, key="two")
    assert [opened(world, token_of(told)).tracking_id for told in (one, other)] == ["ORC-1", "ORC-2"]


@pytest.mark.parametrize("verb", [stop_mails, allow_mails])
def test_a_link_that_was_not_mailed_decides_nothing_about_an_address(world: World, verb) -> None:  # type: ignore[no-untyped-def]
    """Whoever has it may have given somebody else's."""
    token = token_of(submitted(world, RITA))
    with pytest.raises(LacewingError) as refused:
        world.run(verb(world.db, RITAS, world.vault.ring, token))
    assert refused.value.code == "invalid_link"


def test_a_link_that_was_shown_is_no_mail(world: World) -> None:
    told = submitted(world, RITA)
    ada = world.session("ada")
    assert world.run(read_contact(world.db, ada, told.full.report.id)) is Contact.NONE
    link_to(world, told.full.report)
    assert world.run(read_contact(world.db, ada, told.full.report.id)) is Contact.TOLD


def test_it_ends_with_its_reporter_and_without_one_it_has_none_to_end_with(world: World) -> None:
    named, nameless = submitted(world, RITA, key="one"), submitted(world, key="two")
    world.run(erase_reporter(world.db, world.session("ada"), world.orchard.id, Erasure(RITA)))
    with pytest.raises(LacewingError):
        opened(world, token_of(named))
    assert opened(world, token_of(nameless)).title == "It broke"


def test_a_project_token_that_submits_for_somebody_is_shown_a_link_too(world: World) -> None:
    new = NewReport("It broke", Severity.LOW)
    told = world.run(submit_for_reporter(world.db, world.project_token(), world.vault, new))
    assert opened(world, token_of(told)).title == "It broke"
