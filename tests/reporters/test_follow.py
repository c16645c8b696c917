"""Somebody who sent a report without an address, and wants to hear of it after all."""

import pytest
from sqlalchemy import select

from lacewing.events.tables import events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import MailKind
from lacewing.reporters import follow_report, read_status
from lacewing.reports import Erasure, erase_reporter, get_report
from tests.reporters.reporting import RITA, submitted, token_of
from tests.reporters.test_listener import kinds, limited, posted
from tests.world import World, visit


def follow(world: World, token: str, email: str = RITA) -> None:
    world.run(follow_report(world.db, world.key(), world.vault, token, email))


def refused(world: World, token: str, email: str = RITA) -> tuple[ErrorKind, str]:
    with pytest.raises(LacewingError) as refusal:
        follow(world, token, email)
    return refusal.value.kind, refusal.value.code


def test_whoever_leaves_an_address_afterwards_is_the_reporter_and_written_to(world: World) -> None:
    told = submitted(world)
    assert kinds(world) == []
    follow(world, token_of(told))

    [mail] = posted(world)
    assert (mail.to, mail.kind) == (RITA, MailKind.REPORTER_CONFIRMED)
    shown = world.run(get_report(world.db, world.session("ada"), told.full.report.id)).report
    assert (shown.reporter_identifier, shown.change > told.full.report.change) == (RITA, True)


def test_again_is_nothing_more_and_another_address_is_refused(world: World) -> None:
    token = token_of(submitted(world))
    follow(world, token)
    follow(world, token)
    assert refused(world, token, "eve@example.org") == (ErrorKind.CONFLICT, "reporter_known")
    assert kinds(world) == [MailKind.REPORTER_CONFIRMED]


def test_who_was_named_when_it_was_sent_stays(world: World) -> None:
    assert refused(world, token_of(submitted(world, "user 17")))[1] == "reporter_known"


@pytest.mark.parametrize("email", ["", "rita", "rita@", "rita@example.org, eve@example.org", "rita@x.org\0"])
def test_what_is_no_address_is_refused(still_world: World, email: str) -> None:
    assert refused(still_world, "x", email)[0] is ErrorKind.INVALID


def test_what_is_no_link_or_of_another_project_is_refused_alike(world: World) -> None:
    token, key = token_of(submitted(world)), world.key(world.elsewhere)
    with pytest.raises(LacewingError) as other:
        world.run(follow_report(world.db, key, world.vault, token, RITA))
    assert refused(world, "x" * 43) == (other.value.kind, other.value.code)
    assert other.value.code == "invalid_link"


def test_the_address_is_in_no_event_and_its_erasure_ends_the_link(world: World) -> None:
    token = token_of(submitted(world))
    follow(world, token)
    logged = world.read(lambda tx: [str(row) for row in tx.execute(select(events))])
    assert not any(RITA in row for row in logged)

    world.run(erase_reporter(world.db, world.session("ada"), world.orchard.id, Erasure(RITA)))
    with pytest.raises(LacewingError):
        world.run(read_status(world.db, visit("rita"), world.vault.ring, token))


def test_what_bounds_mails_to_strangers_bounds_these(world: World) -> None:
    limited(world, {"reporter_source": 1})
    for key in ("one", "two"):
        follow(world, token_of(submitted(world, key=key)), f"{key}@example.org")
    assert kinds(world) == [MailKind.REPORTER_CONFIRMED]
