"""Mails of what happened: folded, bounded, to who may still read it, each once."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from email.policy import SMTP

import pytest

from lacewing.kit.json import loads
from lacewing.mail import Delivery
from lacewing.mail.message import compose
from lacewing.mail.rendering import render
from lacewing.mail.smtp import SmtpServer
from lacewing.notifications import (
    Choice,
    Digest,
    Topic,
    mail_notifications,
    read_notifications,
    stop_mails,
)
from lacewing.notifications.mailing import MOST_APART, MOST_IN_HOUR
from lacewing.outbox import Mail, MailKind
from lacewing.projects.tables import memberships
from lacewing.reports import FullReport, Status, delete_comment
from lacewing.settings import Mailbox, Smtp, Tls
from lacewing.storage import Database
from tests.notifications.hearing import choose, comment, hear, listed, mailed, verify, watch
from tests.reports.triaging import change
from tests.smtp import MailServer
from tests.world import START, World, visit

SENDER = Mailbox("Lacewing", "bugs@mail.example.org")
BASE = "https://bugs.example.org"


@pytest.fixture
def report(world: World) -> FullReport:
    """Watched by dan, whose address is verified."""
    verify(world, "dan")
    report = world.submit("Pay does nothing")
    watch(world, report, "dan")
    return report


def told(mail: Mail) -> list[str]:
    return [item["told"] for item in loads(mail.values["items"])]


def test_a_minute_s_news_of_a_report_are_one_mail(world: World, report: FullReport) -> None:
    comment(world, report, "ada", "First")
    assert mailed(world) == []
    world.clock.advance(seconds=30)
    hear(world)
    change(world, report.report.id, "bob", status=Status.RESOLVED)
    world.clock.advance(seconds=31)

    [mail] = mailed(world)
    assert (mail.kind, mail.to) == (MailKind.REPORT_NEWS, "dan@example.com")
    assert told(mail) == ["Ada commented", "Bob changed the status to resolved"]
    assert loads(mail.values["items"])[0]["excerpt"] == "First"
    world.clock.advance(minutes=5)
    assert len(mailed(world)) == 1


def test_each_report_has_a_mail_of_its_own_until_there_are_many(world: World, report: FullReport) -> None:
    others = [world.submit(f"Other {n}") for n in range(MOST_APART)]
    for other in others:
        watch(world, other, "dan")
        comment(world, other)
    world.clock.advance(minutes=2)
    assert [mail.kind for mail in mailed(world)] == [MailKind.REPORT_NEWS] * MOST_APART
    for each in (report, *others):
        comment(world, each)
    world.clock.advance(minutes=2)

    digest = mailed(world)[-1]
    assert digest.kind is MailKind.NEWS_DIGEST
    assert len(loads(digest.values["items"])) == MOST_APART + 1


def test_nobody_is_sent_more_than_so_many_mails_in_an_hour(world: World, report: FullReport) -> None:
    for _ in range(MOST_IN_HOUR + 3):
        comment(world, report)
        world.clock.advance(minutes=1, seconds=1)
        found = mailed(world)
    assert len(found) == MOST_IN_HOUR
    world.clock.advance(hours=1)
    found = mailed(world)
    assert len(found) == MOST_IN_HOUR + 1
    assert told(found[-1]) == ["Ada commented"] * 3


@pytest.mark.parametrize(
    ("digest", "wait"),
    [(Digest.HOURLY, timedelta(minutes=60)), (Digest.DAILY, timedelta(hours=21))],
)
def test_a_digest_comes_at_the_full_hour_or_at_six_in_the_morning(
    world: World, report: FullReport, digest: Digest, wait: timedelta
) -> None:
    choose(world, "dan", digest=digest)
    comment(world, report)
    hear(world)
    world.clock.now = START + wait - timedelta(seconds=1)
    assert mailed(world) == []
    world.clock.now = START + wait
    assert [mail.kind for mail in mailed(world)] == [MailKind.NEWS_DIGEST]


def test_what_waits_follows_another_digest(world: World, report: FullReport) -> None:
    choose(world, "dan", digest=Digest.DAILY)
    comment(world, report)
    hear(world)
    choose(world, "dan", digest=Digest.IMMEDIATELY)
    world.clock.advance(minutes=1)
    assert len(mailed(world)) == 1


def test_what_was_read_here_by_then_is_not_mailed(world: World, report: FullReport) -> None:
    comment(world, report)
    [first] = listed(world, "dan")
    world.run(read_notifications(world.db, world.session("dan"), [first.id]))
    comment(world, report, body="Second")
    world.clock.advance(minutes=2)
    [mail] = mailed(world)
    assert [item["excerpt"] for item in loads(mail.values["items"])] == ["Second"]


def leave(world: World) -> None:
    its = memberships.c.person_id == world.people["dan"].id
    world.write(lambda tx: tx.execute(memberships.delete().where(its)) and None)


def need_mfa(world: World) -> None:
    its = memberships.c.person_id == world.people["dan"].id
    world.write(lambda tx: tx.execute(memberships.update().where(its).values(needs_mfa=True)) and None)


@pytest.mark.parametrize(
    "lose",
    [
        leave,
        need_mfa,
        lambda world: world.disable("dan"),
        lambda world: world.delete_project(world.orchard),
        lambda world: world.run(read_notifications(world.db, world.session("dan"), None)) and None,
    ],
    ids=["removed", "kept out", "disabled", "project deleted", "all read"],
)
def test_who_may_not_read_it_when_the_mail_is_made_gets_none(
    world: World, report: FullReport, lose: Callable[[World], None]
) -> None:
    comment(world, report)
    hear(world)
    lose(world)
    world.clock.advance(minutes=2)
    assert mailed(world) == []


def test_an_address_that_was_never_verified_gets_none(world: World) -> None:
    """C-11"""
    report = world.submit()
    watch(world, report, "hal")
    comment(world, report)
    world.clock.advance(minutes=2)
    assert mailed(world) == []
    assert [each.topic for each in listed(world, "hal")] == [Topic.COMMENTED]


def test_a_comment_that_is_deleted_meanwhile_is_not_mailed(world: World, report: FullReport) -> None:
    said = comment(world, report)
    hear(world)
    world.run(delete_comment(world.db, world.session("ada"), said))
    world.clock.advance(minutes=2)
    assert mailed(world) == []


def test_what_is_only_listed_is_not_mailed(world: World, report: FullReport) -> None:
    choose(world, "dan", {Topic.COMMENTED: Choice.IN_APP})
    comment(world, report)
    world.clock.advance(minutes=2)
    assert mailed(world) == []
    assert len(listed(world, "dan")) == 1


def test_of_two_processes_one_mails(
    world: World, url: str, open_db: Callable[[str], Database], report: FullReport
) -> None:
    comment(world, report)
    hear(world)
    world.clock.advance(minutes=2)
    others = [open_db(url) for _ in range(3)]

    async def race() -> None:
        await asyncio.gather(*(mail_notifications(db, world.vault.ring) for db in (world.db, *others)))

    world.run(race())
    assert len(mailed(world)) == 1


def test_one_click_ends_mails_and_the_list_goes_on(world: World, report: FullReport) -> None:
    """RFC 8058: without a session, again and again."""
    comment(world, report)
    world.clock.advance(minutes=2)
    [mail] = mailed(world)
    token = mail.unsubscribe.partition("=")[2]
    comment(world, report)
    hear(world)
    for _ in range(2):
        world.run(stop_mails(world.db, visit("eve"), world.vault.ring, token))
    comment(world, report)
    world.clock.advance(days=2)

    assert len(mailed(world)) == 1
    assert len(listed(world, "dan")) == 3


@pytest.mark.parametrize("title", ["x\r\nBcc: eve@evil.example", "=?utf-8?q?=0D=0ABcc:_eve?=", "🐞" * 200])
def test_no_title_makes_a_header(world: World, title: str) -> None:
    verify(world, "dan")
    report = world.submit(title)
    watch(world, report, "dan")
    comment(world, report)
    world.clock.advance(minutes=2)
    [mail] = mailed(world)
    rendered = render(mail, START, BASE)
    message = compose(report.report.id, SENDER, mail, rendered, START)
    assert {name for name in message if name.lower() == "bcc"} == set()
    assert "Bcc" not in [
        line.partition(b":")[0].decode() for line in message.as_bytes(policy=SMTP).split(b"\r\n")
    ]
    assert message["In-Reply-To"] == f"<report-{report.report.id}@mail.example.org>"
    assert message["Reply-To"] is None


def test_an_hour_without_a_mail_server_delays_and_loses_nothing(world: World, report: FullReport) -> None:
    comment(world, report)
    world.clock.advance(minutes=2)
    assert len(mailed(world)) == 1
    with MailServer() as server:
        port = server.port
    down = Delivery(
        world.db, world.vault.ring, SmtpServer(Smtp("127.0.0.1", port, Tls.OFF), SENDER), SENDER, BASE
    )
    for _ in range(60):
        world.run(down.deliver_due())
        world.clock.advance(minutes=1)
    with MailServer() as server:
        up = Delivery(
            world.db,
            world.vault.ring,
            SmtpServer(Smtp("127.0.0.1", server.port, Tls.OFFERED), SENDER),
            SENDER,
            BASE,
        )
        world.clock.advance(hours=2)
        while world.run(up.deliver_due()):
            pass
        news = [message for message in server.taken if message["To"] == "dan@example.com"]
    assert [message["Subject"] for message in news if "Pay" in message["Subject"]] == [
        f"[{report.report.tracking_id}] Pay does nothing"
    ]
