"""The background verbs that forget: deliveries after 30 days, webhooks that were deleted, with theirs."""

from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import delete

from lacewing.kit.ids import first_id_at
from lacewing.storage import Database, Transaction
from lacewing.webhooks import forget_queries
from lacewing.webhooks.tables import webhook_deliveries as deliveries
from lacewing.webhooks.tables import webhooks

KEPT_FOR: Final = timedelta(days=30)
AT_ONCE: Final = 500


async def forget_old_deliveries(db: Database) -> None:
    """With their attempts; in bounded units. A read where there is nothing to forget. Raises UNAVAILABLE."""
    while await db.read(lambda tx: forget_queries.old_deliveries(tx, _horizon(tx), 1)):
        if await db.write(_forget_old) == 0:
            return


async def sweep_webhooks(db: Database) -> None:
    """What was deleted, and what is of a purged project; the same way. Raises UNAVAILABLE."""
    while (webhook_id := await db.read(forget_queries.next_ended)) is not None:
        await db.write(partial(_sweep, webhook_id=webhook_id), is_alone=True)


def _horizon(tx: Transaction) -> UUID:
    return first_id_at(tx.now - KEPT_FOR)


def _forget_old(tx: Transaction) -> int:
    return _delete(tx, forget_queries.old_deliveries(tx, _horizon(tx), AT_ONCE, is_held=True))


def _sweep(tx: Transaction, webhook_id: UUID) -> None:
    if _delete(tx, forget_queries.deliveries_of(tx, webhook_id, AT_ONCE)) == 0:
        tx.execute(delete(webhooks).where(webhooks.c.id == webhook_id))


def _delete(tx: Transaction, delivery_ids: list[UUID]) -> int:
    """With the attempts, which go by themselves."""
    if not delivery_ids:
        return 0
    return tx.execute(delete(deliveries).where(deliveries.c.id.in_(delivery_ids))).rowcount
