"""Which reporters are written to, of what, how often; and who never is."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from lacewing.access.permissions import Scope
from lacewing.budgets import StoredBudgets, budgets_from
from lacewing.events import follow
from lacewing.events.feed import order_arrivals
from lacewing.outbox import ClaimedMail, Mail, MailKind, claim, due, unseal
from lacewing.outbox.tables import outbox_mails
from lacewing.projects import change_project
from lacewing.reporters import ReporterMails, answer, read_status, stop_mails
from lacewing.reporters.tables import reporter_links
from lacewing.reports import (
    Erasure,
    Report,
    ReportChange,
    Status,
    change_report,
    change_reports,
    delete_report,
    erase_reporter,
    merge_report,
)
from lacewing.settings import Limits
from tests.reporters.reporting import RITA, link_to, reported, say
from tests.world import World, visit

RITAS: Final = visit("rita")
TO_REPORTERS: Final = {kind for kind in MailKind if kind.startswith("reporter_")}


def in_order(world: World) -> None:
    while world.run(order_arrivals(world.db)):
        pass


def posted(world: World) -> list[Mail]:
    """What the listener has posted since the last time, all heard."""
    in_order(world)
    while world.run(follow(world.db, ReporterMails(world.db, world.vault))):
        pass
    return waiting(world)


def waiting(world: World) -> list[Mail]:
    """And then no more."""
    claimed: list[ClaimedMail] = []
    while some := world.write(lambda tx: claim(tx, due(tx))):
        claimed += some
    world.write(lambda tx: tx.execute(delete(outbox_mails)).rowcount)
    mails = (unseal(world.vault.ring, each) for each in claimed)
    return sorted((mail for mail in mails if mail.kind in TO_REPORTERS), key=lambda mail: mail.to)


def kinds(world: World) -> list[MailKind]:
    return [mail.kind for mail in posted(world)]


def confirmed(world: World, **fields: object) -> Report:
    """Reported by somebody who was told that it was."""
    report = reported(world, **fields)
    assert kinds(world) == [MailKind.REPORTER_CONFIRMED]
    return report


def becomes(world: World, report: Report, status: Status) -> None:
    change: ReportChange = {"status": status}
    world.run(change_report(world.db, world.session("ada"), report.id, change))


def limited(world: World, counts: Mapping[str, int]) -> None:
    world.vault = replace(world.vault, budgets=StoredBudgets(budgets_from(Limits(counts=counts))))


def test_who_leaves_an_address_gets_a_link_to_its_report(world: World) -> None:
    report = reported(world, title="The cart is empty", description="A secret plan")
    [mail] = posted(world)

    assert (mail.to, mail.kind, mail.thread) == (RITA, MailKind.REPORTER_CONFIRMED, f"reporter-{report.id}")
    assert mail.unsubscribe == f"/r/{mail.values['token']}/stop"
    assert (mail.values["title"], mail.values["report"]) == ("The cart is empty", report.tracking_id)
    assert "A secret plan" not in json.dumps(dict(mail.values))
    page = world.run(read_status(world.db, RITAS, world.vault.ring, mail.values["token"]))
    assert page.tracking_id == report.tracking_id


def test_a_long_title_is_cut(world: World) -> None:
    """Anybody can have it mailed to anybody."""
    reported(world, title="Buy now! " * 50)
    [mail] = posted(world)
    assert len(mail.values["title"]) == 60


@pytest.mark.parametrize(
    "identifier",
    [None, "user 17", "@", "rita@", "a@b", "rita@example.org, eve@example.org", "x@y.org\r\nBcc: z"],
)
def test_what_is_no_address_is_not_written_to(world: World, identifier: str | None) -> None:
    world.submit(reporter_identifier=identifier)
    assert kinds(world) == []


@pytest.mark.parametrize(("name", "is_told"), [("cleo", False), ("hal", False), ("eve", True), ("ivy", True)])
def test_whoever_can_read_the_project_hears_of_it_as_a_member(
    world: World, name: str, *, is_told: bool
) -> None:
    world.submit(reporter_identifier=f"{name.upper()}@example.com")
    assert bool(kinds(world)) is is_told


def test_a_report_by_a_projects_token_confirms_to_its_reporter_too(world: World) -> None:
    world.submit(actor=world.project_token(), reporter_identifier=RITA)
    assert kinds(world) == [MailKind.REPORTER_CONFIRMED]


def test_only_a_comment_that_is_meant_for_the_reporter_is_told(world: World) -> None:
    report = confirmed(world)
    say(world, report, "Between us", visible=False)
    assert kinds(world) == []
    say(world, report, "We found it", visible=True)
    [mail] = posted(world)
    assert mail.kind is MailKind.REPORTER_ANSWERED
    assert "We found it" not in json.dumps(dict(mail.values))


def test_the_reporters_own_answer_is_not_told_to_it(world: World) -> None:
    report = confirmed(world)
    world.run(answer(world.db, RITAS, world.vault, link_to(world, report), "Still so"))
    assert kinds(world) == []


@pytest.mark.parametrize(("status", "outcome"), [(Status.RESOLVED, "resolved"), (Status.CLOSED, "closed")])
def test_the_end_is_told_once_and_not_each_step_to_it(world: World, status: Status, outcome: str) -> None:
    report = confirmed(world)
    becomes(world, report, Status.IN_PROGRESS)
    assert kinds(world) == []
    becomes(world, report, status)
    [mail] = posted(world)
    assert (mail.kind, mail.values["outcome"]) == (MailKind.REPORTER_ENDED, outcome)
    if status is Status.RESOLVED:
        becomes(world, report, Status.CLOSED)
        assert kinds(world) == []


def test_an_end_that_was_taken_back_before_anybody_heard_of_it_is_not_told(world: World) -> None:
    report = confirmed(world)
    becomes(world, report, Status.RESOLVED)
    becomes(world, report, Status.TRIAGING)
    assert kinds(world) == []


def test_what_comes_at_once_is_one_mail(world: World) -> None:
    report = confirmed(world)
    say(world, report, "Mended in the next version", visible=True)
    say(world, report, "Out on Monday", visible=True)
    becomes(world, report, Status.RESOLVED)
    assert kinds(world) == [MailKind.REPORTER_ENDED]


def test_the_reporters_of_duplicates_hear_of_the_end_of_what_they_were_merged_into(world: World) -> None:
    target = reported(world, title="It")
    again = world.submit("Again", reporter_identifier="sam@example.org").report
    nameless = world.submit("Once more").report
    assert len(posted(world)) == 2
    ada = world.session("ada")
    for each in (again, nameless):
        world.run(merge_report(world.db, ada, each.id, target.id))
    assert kinds(world) == []

    world.run(change_reports(world.db, ada, [target.id], {"status": Status.RESOLVED}))
    told = posted(world)
    assert [(mail.to, mail.kind, mail.values["outcome"]) for mail in told] == [
        (RITA, MailKind.REPORTER_ENDED, "resolved"),
        ("sam@example.org", MailKind.REPORTER_ENDED, "resolved"),
    ]
    assert {mail.values["report"] for mail in told} == {target.tracking_id, again.tracking_id}


def test_what_is_merged_into_a_report_that_has_ended_has_ended_too(world: World) -> None:
    target, again = world.submit("It").report, confirmed(world, title="Again")
    becomes(world, target, Status.RESOLVED)
    world.run(merge_report(world.db, world.session("ada"), again.id, target.id))
    [mail] = posted(world)
    assert (mail.values["report"], mail.values["outcome"]) == (again.tracking_id, "resolved")


def test_a_project_can_switch_the_mails_off(world: World) -> None:
    ada = world.session("ada")
    settings: dict[str, Any] = {"primaryColor": "#123456", "reporterMails": False}
    report = confirmed(world)
    world.run(change_project(world.db, ada, world.orchard.id, {"settings": settings}))
    reported(world, title="Another")
    becomes(world, report, Status.RESOLVED)
    assert kinds(world) == []


def test_who_said_stop_is_never_written_to_again_whatever_the_case_of_the_address(world: World) -> None:
    report = confirmed(world)
    world.run(stop_mails(world.db, RITAS, world.vault.ring, link_to(world, report)))
    world.submit(reporter_identifier=f" {RITA.upper()} ")
    world.submit(reporter_identifier="rita+anything@example.org")
    world.submit(actor=world.key(world.cellar), reporter_identifier=RITA)
    becomes(world, report, Status.RESOLVED)
    assert kinds(world) == []


@pytest.mark.parametrize("spelling", ["rita@\uff45xample.org", "rita@xn--bcher-kva.example"])
def test_a_stop_holds_however_the_domain_was_spelled(world: World, spelling: str) -> None:
    world.submit(reporter_identifier=spelling)
    [mail] = posted(world)
    world.run(stop_mails(world.db, RITAS, world.vault.ring, mail.values["token"]))
    world.submit(reporter_identifier=spelling)
    world.submit(reporter_identifier=mail.to)
    assert kinds(world) == []


def test_one_address_gets_only_so_many_confirmations_and_then_nothing_of_those_reports(world: World) -> None:
    limited(world, {"reporter_address": 2})
    names = (RITA, "rita+shop@example.org", "Rita@example.org")
    made = [world.submit(reporter_identifier=name).report for name in names]
    assert kinds(world) == [MailKind.REPORTER_CONFIRMED] * 2
    becomes(world, made[2], Status.RESOLVED)
    assert kinds(world) == []
    becomes(world, made[0], Status.RESOLVED)
    assert kinds(world) == [MailKind.REPORTER_ENDED]


@pytest.mark.parametrize(
    ("budget", "is_public", "expected"),
    [
        ("reporter_source", True, 2),
        ("reporter_source", False, 3),
        ("reporter_organization", True, 2),
        ("reporter_organization", False, 2),
    ],
)
def test_one_source_and_one_organization_write_to_only_so_many(
    world: World, budget: str, *, is_public: bool, expected: int
) -> None:
    """A project's token may speak for all the people of a help desk."""
    limited(world, {budget: 2})
    actor = world.key() if is_public else world.project_token(scopes=frozenset({Scope.REPORTS_CREATE}))
    for number in range(3):
        world.submit(actor=actor, reporter_identifier=f"rita{number}@example.org")
    assert len(posted(world)) == expected


def test_one_reporter_gets_only_so_much_news(world: World) -> None:
    limited(world, {"reporter_news": 1})
    report = confirmed(world)
    told = []
    for _ in range(2):
        say(world, report, "And another thing", visible=True)
        told += kinds(world)
    assert told == [MailKind.REPORTER_ANSWERED]


@pytest.mark.parametrize("is_erased", [True, False])
def test_who_is_gone_when_it_is_heard_gets_nothing(world: World, *, is_erased: bool) -> None:
    report, ada = reported(world), world.session("ada")
    if is_erased:
        world.run(erase_reporter(world.db, ada, report.project_id, Erasure(RITA)))
    else:
        world.run(delete_report(world.db, ada, report.id))
    assert kinds(world) == []


def test_who_goes_between_hearing_and_posting_gets_nothing(world: World) -> None:
    gone, stays = reported(world, title="Gone"), world.submit(reporter_identifier="sam@example.org").report
    listener = ReporterMails(world.db, world.vault)

    class Slow:
        name = listener.name

        async def hear(self, heard: Any) -> Any:
            step = await listener.hear(heard)
            await delete_report(world.db, ada, gone.id)
            return step

    ada = world.session("ada")
    in_order(world)
    world.run(follow(world.db, Slow()))
    assert [mail.to for mail in waiting(world)] == ["sam@example.org"]
    assert _linked(world) == [stays.id]


def _linked(world: World) -> list[UUID]:
    return world.read(lambda tx: list(tx.execute(select(reporter_links.c.report_id)).scalars()))


def test_two_processes_that_hear_the_same_write_once(world: World) -> None:
    reported(world)
    one, other = (ReporterMails(world.db, world.vault) for _ in range(2))

    class Overtaken:
        name = one.name

        async def hear(self, heard: Any) -> Any:
            step = await one.hear(heard)
            assert await follow(world.db, other)
            return step

    in_order(world)
    assert world.run(follow(world.db, Overtaken())) == 0
    assert len(waiting(world)) == 1
