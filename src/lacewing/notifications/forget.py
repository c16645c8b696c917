"""The background verb that forgets what was told long ago, read or not."""

from datetime import timedelta

from sqlalchemy import bindparam, delete, select, tuple_

from lacewing.notifications.tables import notifications
from lacewing.storage import Database, Statement, Transaction

KEPT_FOR = timedelta(days=90)
FORGOTTEN_AT_ONCE = 500

_HORIZON = bindparam("horizon", type_=notifications.c.created_at.type)
_OVER = (
    select(notifications.c.person_id, notifications.c.event_id)
    .where(notifications.c.created_at < _HORIZON)
    .order_by(notifications.c.created_at)
    .limit(FORGOTTEN_AT_ONCE)
)
_ANY = Statement(_OVER.limit(1), lambda person_id, _event_id: person_id)
_LOCKED = _OVER.with_for_update(skip_locked=True).cte("over_now")
_FORGET = Statement(
    delete(notifications).where(
        tuple_(notifications.c.person_id, notifications.c.event_id).in_(
            select(_LOCKED.c.person_id, _LOCKED.c.event_id)
        )
    ),
    int,
)


async def forget_old_notifications(db: Database) -> None:
    """In bounded steps; a read where there is nothing to forget. Raises UNAVAILABLE."""
    while await db.read(_is_due):
        if await db.write(_forget_some) == 0:
            return


def _is_due(tx: Transaction) -> bool:
    return _ANY.one(tx, horizon=tx.now - KEPT_FOR) is not None


def _forget_some(tx: Transaction) -> int:
    return _FORGET.run(tx, horizon=tx.now - KEPT_FOR)
