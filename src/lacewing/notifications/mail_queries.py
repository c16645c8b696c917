"""The SELECTs behind mails of what happened."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select

from lacewing.accounts.tables import people
from lacewing.notifications import queries
from lacewing.notifications.tables import notification_people, notifications
from lacewing.notifications.values import Mailbox, Notification
from lacewing.projects import reads
from lacewing.storage import Statement, Transaction

MOST_WAITING = 200

_WAITING = Statement(
    select(notifications.c.person_id)
    .where(notifications.c.mail_due_at <= bindparam("now", type_=notifications.c.mail_due_at.type))
    .order_by(notifications.c.mail_due_at)
    .limit(MOST_WAITING),
    lambda person_id: person_id,
)
_MAILBOX = Statement(
    select(
        notification_people.c.digest, notification_people.c.hour_began_at, notification_people.c.mails_in_hour
    )
    .where(notification_people.c.person_id == bindparam("person_id"))
    .with_for_update(),
    Mailbox,
)
_READS = reads(is_let_in=True)


def waiting(tx: Transaction) -> list[UUID]:
    """Some of those to whom a mail is due, who waited longest first."""
    return list(dict.fromkeys(_WAITING.all(tx, now=tx.now)))


def held_mailbox(tx: Transaction, person_id: UUID) -> Mailbox:
    """Nobody else mails the person before the unit has ended."""
    return _MAILBOX.the(tx, person_id=person_id)


def readable(tx: Transaction, person_id: UUID, event_ids: Sequence[UUID]) -> list[Notification]:
    """Those that the person may still read and has not read here, the oldest first."""
    query = queries.of_events(person_id, event_ids).where(notifications.c.read_at.is_(None))
    query = query.join(people, people.c.id == notifications.c.person_id).where(_READS)
    return [Notification._make(row) for row in tx.execute(query)]
