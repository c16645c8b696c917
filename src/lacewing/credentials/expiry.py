"""The background verb that warns of tokens' ends: 30, 7 and 1 day before, once each (C-10)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update

from lacewing.credentials.mails import mail_owner
from lacewing.credentials.tables import tokens
from lacewing.credentials.token_steps import WARNED_DAYS
from lacewing.credentials.values import Vault
from lacewing.outbox import MailKind
from lacewing.storage import Database, Transaction

MAX_AT_ONCE = 100


async def warn_of_expiry(db: Database, vault: Vault) -> None:
    """Whoever of several processes comes first sends. Raises UNAVAILABLE."""
    for days in WARNED_DAYS:
        while await _warn_some(db, vault, days):
            pass


async def _warn_some(db: Database, vault: Vault, days: int) -> bool:
    """A read where nothing is due. False once that is so."""
    due = await db.read(lambda tx: _due(tx, days))
    if due:
        await db.write(lambda tx: _warn(tx, vault, due, days))
    return bool(due)


def _due(tx: Transaction, days: int) -> list[UUID]:
    query = select(tokens.c.id).where(_is_due(days, tx.now)).limit(MAX_AT_ONCE)
    return list(tx.execute(query).scalars())


def _is_due(days: int, now: datetime) -> ColumnElement[bool]:
    """The nearest threshold stands for those before it, when the server did not run at their time."""
    return and_(
        tokens.c.expires_at > now,
        tokens.c.expires_at <= now + timedelta(days=days),
        func.coalesce(tokens.c.warned_days, days + 1) > days,
        tokens.c.revoked_at.is_(None),
        tokens.c.replaced_by.is_(None),
    )


def _warn(tx: Transaction, vault: Vault, due: list[UUID], days: int) -> None:
    warned = tx.execute(
        update(tokens)
        .where(tokens.c.id.in_(due), _is_due(days, tx.now))
        .values(warned_days=days)
        .returning(
            tokens.c.name, tokens.c.prefix, tokens.c.expires_at, tokens.c.person_id, tokens.c.created_by
        )
    )
    for row in warned.all():
        mail_owner(tx, vault, MailKind.TOKEN_EXPIRING, row.person_id or row.created_by, _values(row, tx.now))


def _values(row: Any, now: datetime) -> dict[str, str]:  # noqa: ANN401 - a row of the statement above
    left: timedelta = row.expires_at - now
    return {
        "token_name": row.name,
        "prefix": row.prefix,
        "expires_at": row.expires_at.isoformat(),
        "days": str(-(-left // timedelta(days=1))),
    }
