"""The background verb that posts mails of what happened: one a report, or one of everything."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select, update

from lacewing.accounts import Profile, profile
from lacewing.kit.json import dumps
from lacewing.kit.keyring import KeyRing
from lacewing.notifications import mail_queries as queries
from lacewing.notifications.sentences import told, why
from lacewing.notifications.tables import notification_people, notifications
from lacewing.notifications.unsubscribe import unsubscribe_path
from lacewing.notifications.values import Digest, Mailbox, Notification, Topic
from lacewing.outbox import Mail, MailKind, post
from lacewing.storage import Database, Transaction, upsert

HOUR = timedelta(hours=1)
MOST_IN_HOUR = 20
# News of more reports than these at once are one mail.
MOST_APART = 5
MOST_ITEMS = 30

About = list[Notification]


async def mail_notifications(db: Database, ring: KeyRing) -> None:
    """One unit a person, whom of several processes one writes to. Raises UNAVAILABLE."""
    while people := await db.read(queries.waiting):
        for person_id in people:
            await db.write(partial(_mail, ring=ring, person_id=person_id))


def _mail(tx: Transaction, ring: KeyRing, person_id: UUID) -> None:
    tx.execute(upsert(notification_people).values(person_id=person_id).on_conflict_do_nothing())
    mailbox = _this_hour(tx, queries.held_mailbox(tx, person_id))
    if mailbox.mails_in_hour >= MOST_IN_HOUR:
        _put_off(tx, person_id, mailbox)
        return
    person = profile(tx, person_id)
    taken = _take(tx, person_id)
    news = queries.readable(tx, person_id, taken) if taken and person.is_email_verified else []
    mails = _mails(ring, person, news, mailbox)
    for mail in mails:
        post(tx, ring, mail)
    if mails:
        _count(tx, person_id, mailbox, len(mails))


def _count(tx: Transaction, person_id: UUID, mailbox: Mailbox, mails: int) -> None:
    row = {"hour_began_at": mailbox.hour_began_at, "mails_in_hour": mailbox.mails_in_hour + mails}
    tx.execute(update(notification_people).where(notification_people.c.person_id == person_id).values(row))


def _this_hour(tx: Transaction, mailbox: Mailbox) -> Mailbox:
    """A clock that was put back must not keep anybody waiting for it."""
    began = mailbox.hour_began_at
    if began is not None and began <= tx.now < began + HOUR:
        return mailbox
    return mailbox._replace(hour_began_at=tx.now, mails_in_hour=0)


def _put_off(tx: Transaction, person_id: UUID, mailbox: Mailbox) -> None:
    """To the end of the hour: what has come together by then is one mail."""
    due = (notifications.c.person_id == person_id, notifications.c.mail_due_at <= tx.now)
    until = (mailbox.hour_began_at or tx.now) + HOUR
    tx.execute(update(notifications).where(*due).values(mail_due_at=until))


def _take(tx: Transaction, person_id: UUID) -> list[UUID]:
    """What is due, and what has happened to the same reports since: none of it is mailed once more."""
    its = notifications.c.person_id == person_id
    due = select(notifications.c.report_id).where(its, notifications.c.mail_due_at <= tx.now)
    statement = (
        update(notifications)
        .where(its, notifications.c.mail_due_at.is_not(None), notifications.c.report_id.in_(due))
        .values(mail_due_at=None)
        .returning(notifications.c.event_id)
    )
    return list(tx.execute(statement).scalars())


def _mails(ring: KeyRing, person: Profile, news: Sequence[Notification], mailbox: Mailbox) -> list[Mail]:
    """Each report's own, as long as these are few."""
    by_report: dict[UUID, About] = defaultdict(list)
    for each in news:
        by_report[each.report_id].append(each)
    reports = list(by_report.values())
    most = min(MOST_APART, MOST_IN_HOUR - mailbox.mails_in_hour)
    if mailbox.digest is Digest.IMMEDIATELY and len(reports) <= most:
        return [_of_report(ring, person, about) for about in reports]
    return [_of_all(ring, person, reports)] if reports else []


def _of_report(ring: KeyRing, person: Profile, about: About) -> Mail:
    first = about[0]
    foremost = next(topic for topic in Topic if any(each.topic is topic for each in about))
    items = [{"told": told(each), "excerpt": each.comment or ""} for each in about[-MOST_ITEMS:]]
    values = {
        "name": person.name,
        "report": first.tracking_id,
        "title": first.title,
        "project": first.project_name,
        "path": first.path,
        "why": why(foremost),
        "items": dumps(items),
    }
    return Mail(
        MailKind.REPORT_NEWS,
        person.email,
        values,
        person.id,
        thread=f"report-{first.report_id}",
        unsubscribe=unsubscribe_path(ring, person.id),
    )


def _of_all(ring: KeyRing, person: Profile, reports: Sequence[About]) -> Mail:
    items = [
        {
            "report": about[0].tracking_id,
            "title": about[0].title,
            "project": about[0].project_name,
            "told": "; ".join(dict.fromkeys(told(each) for each in about)),
            "path": about[0].path,
        }
        for about in reports[:MOST_ITEMS]
    ]
    more = str(len(reports) - MOST_ITEMS) if len(reports) > MOST_ITEMS else ""
    values = {"name": person.name, "items": dumps(items), "more": more}
    return Mail(
        MailKind.NEWS_DIGEST,
        person.email,
        values,
        person.id,
        unsubscribe=unsubscribe_path(ring, person.id),
    )
