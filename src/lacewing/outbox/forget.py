"""The background verb that forgets mails that were delivered, or given up, long ago."""

from datetime import timedelta

from sqlalchemy import bindparam, delete, select

from lacewing.kit.ids import first_id_at
from lacewing.outbox.tables import outbox_mails as mails
from lacewing.storage import Database, Statement, Transaction

KEPT_FOR = timedelta(days=30)
FORGOTTEN_AT_ONCE = 500

# Ids begin with their time, so that the old ones are the head of the primary key.
_OVER = (
    select(mails.c.id)
    .where(mails.c.id < bindparam("horizon", type_=mails.c.id.type), mails.c.sealed.is_(None))
    .order_by(mails.c.id)
    .limit(FORGOTTEN_AT_ONCE)
)
_ANY = Statement(_OVER.limit(1), lambda mail_id: mail_id)
_LOCKED = _OVER.with_for_update(skip_locked=True).cte("over_now")
_FORGET = Statement(delete(mails).where(mails.c.id.in_(select(_LOCKED.c.id))), int)


async def forget_old_mails(db: Database) -> None:
    """In bounded steps; a read where there is nothing to forget. Raises UNAVAILABLE."""
    while await db.read(_is_due):
        if await db.write(_forget_some) == 0:
            return


def _is_due(tx: Transaction) -> bool:
    return _ANY.one(tx, horizon=first_id_at(tx.now - KEPT_FOR)) is not None


def _forget_some(tx: Transaction) -> int:
    return _FORGET.run(tx, horizon=first_id_at(tx.now - KEPT_FOR))
