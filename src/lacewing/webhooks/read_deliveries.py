"""The verbs that show what was sent to a webhook, and send it again."""

from typing import Final
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.errors import LacewingError, conflict, not_found
from lacewing.storage import Database, Transaction
from lacewing.webhooks import delivery_queries as queries
from lacewing.webhooks.locate import locate, take_turns
from lacewing.webhooks.put_up import put_up_again
from lacewing.webhooks.webhook_values import Delivery, DeliveryPage, Webhook

LARGEST_PAGE: Final = 100


async def list_deliveries(
    db: Database, actor: Actor, webhook_id: UUID, cursor: UUID | None, size: int
) -> DeliveryPage:
    """The newest first, of the last 30 days. Raises NOT_FOUND, FORBIDDEN."""
    webhook = await locate(db, actor, Permission.WEBHOOKS_READ, webhook_id)
    found = await db.read(lambda tx: queries.newest(tx, webhook, cursor, size + 1))
    items = tuple(found[:size])
    return DeliveryPage(items, items[-1].id if len(found) > size else None)


async def resend_delivery(db: Database, actor: Actor, webhook_id: UUID, delivery_id: UUID) -> Delivery:
    """The same message under the same `webhook-id`, as if it were tried for the first time.

    Raises NOT_FOUND, FORBIDDEN, CONFLICT: `delivery_pending`, `delivery_erased`, `webhook_inactive`.
    """
    webhook = await locate(db, actor, Permission.WEBHOOKS_WRITE, webhook_id)
    return await db.write(lambda tx: _resend(tx, webhook, delivery_id))


def _resend(tx: Transaction, webhook: Webhook, delivery_id: UUID) -> Delivery:
    current = take_turns(tx, webhook)
    delivery = queries.one(tx, current, delivery_id)
    if delivery is None:
        raise not_found("Delivery")
    if not current.is_active and not delivery.is_test:
        raise conflict("webhook_inactive", "The webhook is switched off. Switch it on first.")
    if not put_up_again(tx, current, delivery_id):
        raise _refusal(delivery)
    return queries.the(tx, current, delivery_id)


def _refusal(delivery: Delivery) -> LacewingError:
    if delivery.body is None:
        return conflict("delivery_erased", "What was sent has been erased.")
    return conflict("delivery_pending", "This delivery is still on its way.")
