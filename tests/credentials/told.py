"""Looking at what verbs left behind."""

from collections import Counter

from sqlalchemy import select

from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import LacewingError
from lacewing.kit.json import loads
from lacewing.kit.keyring import KeyRing
from lacewing.outbox import Mail, MailKind
from lacewing.outbox.tables import outbox_mails
from lacewing.storage import Transaction


def event_kinds(tx: Transaction) -> Counter[EventKind]:
    return Counter(tx.execute(select(events.c.kind)).scalars())


def face(error: LacewingError) -> tuple[object, ...]:
    """All of an error that could reach a caller."""
    return (
        error.kind,
        error.code,
        error.message,
        error.fields,
        error.scope,
        error.retry_after_seconds,
        error.allowance,
    )


def mails(tx: Transaction, ring: KeyRing, *kinds: MailKind) -> list[Mail]:
    """Those that wait to be sent, of the kinds or of any, oldest first."""
    query = select(outbox_mails).where(
        outbox_mails.c.kind.in_(kinds or MailKind), outbox_mails.c.sealed.is_not(None)
    )
    rows = tx.execute(query.order_by(outbox_mails.c.id)).all()
    told = [(row, loads(ring.unseal(row.sealed))) for row in rows]
    return [Mail(row.kind, person_id=row.person_id, **each) for row, each in told]
