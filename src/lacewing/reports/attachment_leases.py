"""The steps of background work on attachments: looked for cheaply, taken by one conditional write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Update, delete, or_, update

from lacewing.reports.attachment_queries import COLUMNS
from lacewing.reports.attachment_tables import attachments
from lacewing.reports.attachment_values import ORPHAN_AGE, Attachment, AttachmentState
from lacewing.storage import Transaction

LEASE = timedelta(minutes=10)
AGAIN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Leased:
    """What this process alone works on until `until`; `attempts` counts this one, and those that died."""

    attachment: Attachment
    attempts: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A picture as it was made anew."""

    size: int
    width: int
    height: int


def lease_pictures(tx: Transaction, ids: Sequence[UUID]) -> list[Leased]:
    """Those of `ids` that nobody else holds. The lease of a process that died runs out."""
    return _lease(
        tx,
        update(attachments).where(
            attachments.c.id.in_(ids),
            attachments.c.state == AttachmentState.PENDING,
            attachments.c.report_id.is_not(None),
        ),
    )


def doom(tx: Transaction, ids: Sequence[UUID]) -> list[Leased]:
    """Those of `ids` that no report has, nor will have any more."""
    return _lease(
        tx,
        update(attachments)
        .where(
            attachments.c.id.in_(ids),
            attachments.c.report_id.is_(None),
            or_(attachments.c.attached_at.is_not(None), attachments.c.created_at <= tx.now - ORPHAN_AGE),
        )
        .values(state=AttachmentState.DOOMED),
    )


def mark_ready(tx: Transaction, leased: Leased, made: Made) -> bool:
    """False if it took longer than the lease: then another process does it again."""
    ready = _held(leased).values(
        state=AttachmentState.READY, size=made.size, width=made.width, height=made.height, leased_until=None
    )
    return tx.execute(ready).rowcount == 1


def mark_unreadable(tx: Transaction, leased: Leased) -> None:
    """It stays as it came, to be downloaded and never shown."""
    tx.execute(_held(leased).values(state=AttachmentState.UNREADABLE, leased_until=None))


def let_go(tx: Transaction, leased: Leased) -> None:
    """What stood in the way was not the picture: it is tried again soon."""
    tx.execute(_held(leased).values(leased_until=tx.now + AGAIN_AFTER, attempts=attachments.c.attempts - 1))


def release_pictures(tx: Transaction) -> None:
    """In a database that was restored: whoever held them works on another."""
    held = (attachments.c.state == AttachmentState.PENDING, attachments.c.leased_until.is_not(None))
    tx.execute(update(attachments).where(*held).values(leased_until=None))


def forget(tx: Transaction, gone: Sequence[Leased]) -> None:
    """After their blobs."""
    ids = [leased.attachment.id for leased in gone]
    doomed = (attachments.c.id.in_(ids), attachments.c.state == AttachmentState.DOOMED)
    tx.execute(delete(attachments).where(*doomed))


def _lease(tx: Transaction, which: Update) -> list[Leased]:
    until = tx.now + LEASE
    statement = (
        which.where(_is_free(tx))
        .values(leased_until=until, attempts=attachments.c.attempts + 1)
        .returning(*COLUMNS, attachments.c.attempts)
    )
    return [_leased(until, *row) for row in tx.execute(statement)]


def _leased(until: datetime, *columns: Any) -> Leased:  # noqa: ANN401 - COLUMNS, then the attempts
    return Leased(Attachment(*columns[:-1]), columns[-1], until)


def _is_free(tx: Transaction) -> ColumnElement[bool]:
    return or_(attachments.c.leased_until.is_(None), attachments.c.leased_until <= tx.now)


def _held(leased: Leased) -> Update:
    """Not if the lease ran out and another process has it."""
    return update(attachments).where(
        attachments.c.id == leased.attachment.id, attachments.c.leased_until == leased.until
    )
