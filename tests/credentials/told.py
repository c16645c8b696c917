"""Looking at what verbs left behind."""

from collections import Counter

from sqlalchemy import select

from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import LacewingError
from lacewing.kit.json import loads
from lacewing.kit.keyring import KeyRing
from lacewing.outbox import MailKind
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


def mails(tx: Transaction, ring: KeyRing) -> list[tuple[MailKind, str, dict[str, str]]]:
    """What waits in the outbox, oldest first: the kind, the address, the values."""
    rows = tx.execute(select(outbox_mails.c.kind, outbox_mails.c.sealed).order_by(outbox_mails.c.id))
    opened = [(kind, loads(ring.unseal(sealed))) for kind, sealed in rows]
    return [(kind, content["to"], content["values"]) for kind, content in opened]
