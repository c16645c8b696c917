"""Shorthand for tests of what people are told."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from lacewing.accounts import confirm_email
from lacewing.events import FedEvent, follow, order_arrivals, read_feed
from lacewing.notifications import (
    Choice,
    Digest,
    Notification,
    Notifier,
    Topic,
    change_preferences,
    list_notifications,
    mail_notifications,
)
from lacewing.notifications.tables import notifications
from lacewing.outbox import Mail, MailKind
from lacewing.projects import Project
from lacewing.reports import FullReport, add_comment, watch_report
from tests.credentials.told import mails
from tests.world import World


def hear(world: World) -> None:
    """Everything that has happened."""
    while world.run(order_arrivals(world.db)):
        pass
    while world.run(follow(world.db, Notifier(world.db))):
        pass


def heard_since(world: World, after: int = 0) -> Sequence[FedEvent]:
    while world.run(order_arrivals(world.db)):
        pass
    return world.read(lambda tx: read_feed(tx, after, 10_000)).heard


def listed(world: World, name: str, *, only_unread: bool = False) -> list[Notification]:
    """The newest first."""
    hear(world)
    page = world.run(list_notifications(world.db, world.session(name), None, 100, only_unread=only_unread))
    return list(page.items)


def topics(world: World, name: str) -> list[Topic]:
    """Each moment's, the oldest first."""
    return [each.topic for each in reversed(listed(world, name))]


def who_is_told(world: World) -> dict[str, list[Topic]]:
    return {name: found for name in world.people if (found := topics(world, name))}


def comment(world: World, report: FullReport, name: str = "ada", body: str = "Seen") -> UUID:
    world.clock.advance(seconds=1)
    return world.run(add_comment(world.db, world.session(name), report.report.id, body)).id


def watch(world: World, report: FullReport, *names: str) -> None:
    for name in names:
        world.run(watch_report(world.db, world.session(name), report.report.id))


def choose(
    world: World, name: str, choices: dict[Topic, Choice] | None = None, digest: Digest | None = None
) -> None:
    change: Any = {"choices": choices or {}} | ({"digest": digest} if digest else {})
    world.run(change_preferences(world.db, world.session(name), change))


def verify(world: World, *names: str) -> None:
    for name in names:
        world.write(lambda tx, name=name: confirm_email(tx, world.people[name].id))


def mailed(world: World) -> list[Mail]:
    """What is posted of what happened, the oldest first; nobody sends it here."""
    hear(world)
    world.run(mail_notifications(world.db, world.vault.ring))
    return world.read(lambda tx: mails(tx, world.vault.ring, MailKind.REPORT_NEWS, MailKind.NEWS_DIGEST))


def pile_up(world: World, project: Project, name: str, count: int) -> None:
    """So many unread ones of one report, a second apart."""
    report = world.submit(actor=world.key(project)).report
    rows = [
        {
            "person_id": world.people[name].id,
            "event_id": UUID(int=number + 1),
            "organization_id": project.organization_id,
            "project_id": project.id,
            "report_id": report.id,
            "topic": Topic.COMMENTED,
            "created_at": world.clock(),
        }
        for number in range(count)
    ]
    world.write(lambda tx: tx.execute(insert(notifications), rows) and None)


def rows(world: World) -> int:
    return len(world.read(lambda tx: tx.execute(select(notifications.c.event_id)).all()))
