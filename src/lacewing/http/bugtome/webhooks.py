"""The webhooks of an organization's projects."""

from collections.abc import Callable
from typing import Any

from lacewing.http.bugtome.scope import ORGANIZATION, Registered, within_organization
from lacewing.http.bugtome.wire_deliveries import (
    DeliveryList,
    DeliveryQuery,
    OneDelivery,
    delivery_list,
    one_delivery,
)
from lacewing.http.bugtome.wire_webhooks import (
    OneMintedWebhook,
    OneWebhook,
    WebhookBody,
    WebhookList,
    WebhookPatchBody,
    new_webhook,
    one_minted,
    webhook_change,
    webhook_item,
    without_secret,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import project_reference, uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.webhooks import (
    LARGEST_PAGE,
    change_webhook,
    create_webhook,
    delete_webhook,
    get_webhook,
    list_all_webhooks,
    list_deliveries,
    resend_delivery,
    rotate_secret,
    send_test,
)

routes = Routes("/api/v1", "Webhooks")

_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)
_MAY_CLASH = (*_MAY_MISS, ErrorKind.CONFLICT)
_ONE = "/{webhook_id}"


def _add(method: str, path: str = "", **options: Any) -> Callable[[Registered], Registered]:  # noqa: ANN401
    """Below an organization, in which alone the caller then is."""

    def register(handler: Registered) -> Registered:
        below = within_organization(handler)
        routes.add(method, f"{ORGANIZATION}/webhooks{path}", accepts=ANYONE_KNOWN, **options)(below)
        return handler

    return register


@_add("GET", summary="Webhooks, newest first", answer=WebhookList, errors=_MAY_MISS)
async def index(core: Core, call: Call[None, None]) -> WebhookList:
    found = await list_all_webhooks(core.db, call.actor)
    return WebhookList([webhook_item(webhook) for webhook in found])


@_add(
    "POST",
    summary=(
        "Create a webhook\nThe dialect of an event's name is that of its body. What is sent is signed with "
        "`secret`, as Standard Webhooks says."
    ),
    body=WebhookBody,
    answer=OneMintedWebhook,
    status=201,
    is_create=True,
    told_again=without_secret,
    is_secret=True,
    errors=_MAY_CLASH,
)
async def create(core: Core, call: Call[WebhookBody, None]) -> OneMintedWebhook:
    actor, body = call.actor, call.body.webhook
    new, project_id = new_webhook(body), await project_reference(core, actor, body.project_id)
    return one_minted(await create_webhook(core.db, actor, core.vault.ring, core.outgoing, project_id, new))


@_add("GET", _ONE, summary="A webhook, without its secret", answer=OneWebhook, errors=_MAY_MISS)
async def show(core: Core, call: Call[None, None]) -> OneWebhook:
    return OneWebhook(webhook_item(await get_webhook(core.db, call.actor, uuid_in(call.path, "webhook_id"))))


@_add(
    "PATCH",
    _ONE,
    summary="Change a webhook, or switch it on or off",
    body=WebhookPatchBody,
    answer=OneWebhook,
    errors=_MAY_MISS,
)
async def change(core: Core, call: Call[WebhookPatchBody, None]) -> OneWebhook:
    webhook_id, wanted = uuid_in(call.path, "webhook_id"), webhook_change(call.body.webhook)
    changed = await change_webhook(core.db, call.actor, core.outgoing, webhook_id, wanted)
    return OneWebhook(webhook_item(changed))


@_add("DELETE", _ONE, summary="Delete a webhook, with its deliveries", status=204, errors=_MAY_MISS)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    await delete_webhook(core.db, call.actor, uuid_in(call.path, "webhook_id"))
    return Reply()


@_add(
    "POST",
    f"{_ONE}/rotate_secret",
    summary="Give a webhook another secret\nFor 24 hours what is sent is signed with the old one too.",
    answer=OneMintedWebhook,
    status=201,
    is_create=True,
    told_again=without_secret,
    is_secret=True,
    errors=_MAY_MISS,
)
async def rotate(core: Core, call: Call[None, None]) -> OneMintedWebhook:
    webhook_id = uuid_in(call.path, "webhook_id")
    return one_minted(await rotate_secret(core.db, call.actor, core.vault.ring, webhook_id))


@_add(
    "POST",
    f"{_ONE}/test",
    summary=(
        "Send a test\nIt tells that a ticket numbered 0 was created, and is tried once; its delivery says "
        "what became of it."
    ),
    answer=OneDelivery,
    status=202,
    is_create=True,
    errors=_MAY_MISS,
)
async def test(core: Core, call: Call[None, None]) -> OneDelivery:
    webhook_id = uuid_in(call.path, "webhook_id")
    return one_delivery(await send_test(core.db, call.actor, core.render, webhook_id))


@_add(
    "GET",
    f"{_ONE}/deliveries",
    summary="What was sent to a webhook in the last 30 days, newest first\nWith each attempt and its answer.",
    query=DeliveryQuery,
    answer=DeliveryList,
    errors=_MAY_MISS,
)
async def deliveries(core: Core, call: Call[None, DeliveryQuery]) -> DeliveryList:
    webhook_id, size = uuid_in(call.path, "webhook_id"), min(call.query.per_page, LARGEST_PAGE)
    return delivery_list(await list_deliveries(core.db, call.actor, webhook_id, call.query.cursor, size))


@_add(
    "POST",
    f"{_ONE}/deliveries/{{delivery_id}}/resend",
    summary="Send a delivery again\nThe same body under the same `webhook-id`, tried as often as a new one.",
    answer=OneDelivery,
    status=202,
    errors=_MAY_CLASH,
)
async def resend(core: Core, call: Call[None, None]) -> OneDelivery:
    delivery_id, webhook_id = uuid_in(call.path, "delivery_id"), uuid_in(call.path, "webhook_id")
    return one_delivery(await resend_delivery(core.db, call.actor, webhook_id, delivery_id))
