"""The steps that end a claim. Who dies between sending and `mark_delivered` leaves it to be sent again."""

import random
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update

from lacewing.outbox.tables import outbox_mails as mails
from lacewing.outbox.values import ClaimedMail
from lacewing.storage import Transaction

RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
JITTER = 0.1


def mark_delivered(tx: Transaction, claimed: ClaimedMail) -> None:
    """Whoever holds it now: it must not be sent once more."""
    tx.execute(
        update(mails)
        .where(mails.c.id == claimed.id, mails.c.sealed.is_not(None))
        .values(
            sealed=None,
            leased_until=None,
            attempts=mails.c.attempts + 1,
            delivered_at=tx.now,
            last_error=None,
        )
    )


def mark_failed(tx: Transaction, claimed: ClaimedMail, error: str, *, is_final: bool) -> datetime | None:
    """When it is due again; None if it is given up, and its values erased with it."""
    wait = None if is_final else _wait(claimed.attempts)
    due_at = None if wait is None else tx.now + wait
    ended = {"failed_at": tx.now, "sealed": None} if due_at is None else {"due_at": due_at}
    tx.execute(
        update(mails)
        .where(*_held(claimed))
        .values(leased_until=None, attempts=claimed.attempts + 1, last_error=error, **ended)
    )
    return due_at


def let_go(tx: Transaction, claimed: list[ClaimedMail]) -> None:
    """Untried: any process may claim them at once."""
    for mail in claimed:
        tx.execute(update(mails).where(*_held(mail)).values(leased_until=None))
    tx.announce()


def _held(claimed: ClaimedMail) -> tuple[ColumnElement[bool], ...]:
    """Not if the lease ran out and another process has it."""
    return (
        mails.c.id == claimed.id,
        mails.c.sealed.is_not(None),
        mails.c.leased_until == claimed.leased_until,
    )


def _wait(failures_before: int) -> timedelta | None:
    """Spread, so that what failed together does not come back together."""
    if failures_before >= len(RETRY_AFTER):
        return None
    return RETRY_AFTER[failures_before] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
