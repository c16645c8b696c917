"""Shorthand for tests of what reporters see: a report of somebody with an address, and a link to it."""

from typing import Any

from lacewing.kit.keyring import KeyRing
from lacewing.reporters import Submitted, submit_for_reporter
from lacewing.reporters.links import add_links, new_link
from lacewing.reports import NewReport, Report, Severity, add_comment
from tests.world import World

RITA = "rita@example.org"


def reported(world: World, **fields: object) -> Report:
    return world.submit(reporter_identifier=RITA, **fields).report


def submitted(world: World, identifier: str | None = None, **fields: Any) -> Submitted:
    """As a page does it for somebody who is shown a link."""
    new = NewReport("It broke", Severity.LOW, reporter_identifier=identifier, **fields)
    return world.run(submit_for_reporter(world.db, world.key(), world.vault, new))


def token_of(told: Submitted) -> str:
    return (told.path or "").removeprefix("/r/")


def link_to(world: World, report: Report, ring: KeyRing | None = None) -> str:
    """As a mail would bring it."""
    link = new_link(ring or world.vault.ring, report.organization_id, report.id)
    world.write(lambda tx: add_links(tx, [link]))
    return link.token


def say(world: World, report: Report, body: str, *, visible: bool, name: str = "gil") -> None:
    said = add_comment(world.db, world.session(name), report.id, body, visible_to_reporter=visible)
    world.run(said)
    world.clock.advance(seconds=1)
