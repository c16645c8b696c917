"""Looking at what verbs left behind."""

from collections import Counter

from sqlalchemy import select

from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import LacewingError
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
