"""What was sent to a webhook: list, send again, send a test."""

from lacewing.http.bugspark.wire_deliveries import (
    DeliveryItem,
    DeliveryList,
    DeliveryQuery,
    delivery_item,
    delivery_list,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Routes
from lacewing.http.references import uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.webhooks import list_deliveries, resend_delivery, send_test

routes = Routes("/api/v1", "Webhooks")

_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "POST",
    "/webhooks/{webhook_id}/test",
    accepts=ANYONE_KNOWN,
    summary=(
        "Send a test\nIt tells that a report numbered 0 was created, and is tried once; its delivery says "
        "what became of it."
    ),
    answer=DeliveryItem,
    status=202,
    is_create=True,
    errors=_MAY_MISS,
)
async def test(core: Core, call: Call[None, None]) -> DeliveryItem:
    webhook_id = uuid_in(call.path, "webhook_id")
    return delivery_item(await send_test(core.db, call.actor, core.render, webhook_id))


@routes.add(
    "GET",
    "/webhooks/{webhook_id}/deliveries",
    accepts=ANYONE_KNOWN,
    summary="What was sent to a webhook in the last 30 days, newest first\nWith each attempt and its answer.",
    query=DeliveryQuery,
    answer=DeliveryList,
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, DeliveryQuery]) -> DeliveryList:
    webhook_id, query = uuid_in(call.path, "webhook_id"), call.query
    return delivery_list(await list_deliveries(core.db, call.actor, webhook_id, query.cursor, query.limit))


@routes.add(
    "POST",
    "/webhooks/{webhook_id}/deliveries/{delivery_id}/resend",
    accepts=ANYONE_KNOWN,
    summary="Send a delivery again\nThe same body under the same `webhook-id`, tried as often as a new one.",
    answer=DeliveryItem,
    status=202,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def resend(core: Core, call: Call[None, None]) -> DeliveryItem:
    delivery_id, webhook_id = uuid_in(call.path, "delivery_id"), uuid_in(call.path, "webhook_id")
    return delivery_item(await resend_delivery(core.db, call.actor, webhook_id, delivery_id))
