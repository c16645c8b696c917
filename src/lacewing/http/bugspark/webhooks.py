"""Webhooks: list, create, show, change, delete, rotate the secret."""

from lacewing.http.bugspark.wire_webhooks import (
    MintedWebhookItem,
    ProjectQuery,
    WebhookBody,
    WebhookItem,
    WebhookPatch,
    minted_webhook_item,
    new_webhook,
    webhook_change,
    webhook_item,
    without_secret,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import project_reference, uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.webhooks import (
    change_webhook,
    create_webhook,
    delete_webhook,
    get_webhook,
    list_webhooks,
    rotate_secret,
)

routes = Routes("/api/v1", "Webhooks")

_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)
_MAY_CLASH = (*_MAY_MISS, ErrorKind.CONFLICT)


@routes.add(
    "GET",
    "/webhooks",
    accepts=ANYONE_KNOWN,
    summary="A project's webhooks, newest first",
    query=ProjectQuery,
    answer=list[WebhookItem],
    errors=_MAY_CLASH,
)
async def index(core: Core, call: Call[None, ProjectQuery]) -> list[WebhookItem]:
    project_id = await project_reference(core, call.actor, call.query.project_id)
    return [webhook_item(webhook) for webhook in await list_webhooks(core.db, call.actor, project_id)]


@routes.add(
    "POST",
    "/webhooks",
    accepts=ANYONE_KNOWN,
    summary=(
        "Create a webhook\nThe dialect of an event's name is that of its body. What is sent is signed with "
        "`secret`, as Standard Webhooks says. Names of no event are taken, and told in `warnings`."
    ),
    query=ProjectQuery,
    body=WebhookBody,
    answer=MintedWebhookItem,
    status=201,
    is_create=True,
    told_again=without_secret,
    is_secret=True,
    errors=_MAY_CLASH,
)
async def create(core: Core, call: Call[WebhookBody, ProjectQuery]) -> MintedWebhookItem:
    project_id, new = await project_reference(core, call.actor, call.query.project_id), new_webhook(call.body)
    minted = await create_webhook(core.db, call.actor, core.vault.ring, core.outgoing, project_id, new)
    return minted_webhook_item(minted)


@routes.add(
    "GET",
    "/webhooks/{webhook_id}",
    accepts=ANYONE_KNOWN,
    summary="A webhook, without its secret",
    answer=WebhookItem,
    errors=_MAY_MISS,
)
async def show(core: Core, call: Call[None, None]) -> WebhookItem:
    return webhook_item(await get_webhook(core.db, call.actor, uuid_in(call.path, "webhook_id")))


@routes.add(
    "PATCH",
    "/webhooks/{webhook_id}",
    accepts=ANYONE_KNOWN,
    summary="Change a webhook, or switch it on or off\nWith another URL it keeps its secret.",
    body=WebhookPatch,
    answer=WebhookItem,
    errors=_MAY_MISS,
)
async def change(core: Core, call: Call[WebhookPatch, None]) -> WebhookItem:
    webhook_id, wanted = uuid_in(call.path, "webhook_id"), webhook_change(call.body)
    return webhook_item(await change_webhook(core.db, call.actor, core.outgoing, webhook_id, wanted))


@routes.add(
    "DELETE",
    "/webhooks/{webhook_id}",
    accepts=ANYONE_KNOWN,
    summary="Delete a webhook, with its deliveries",
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, None]) -> Reply:
    await delete_webhook(core.db, call.actor, uuid_in(call.path, "webhook_id"))
    return Reply()


@routes.add(
    "POST",
    "/webhooks/{webhook_id}/rotate-secret",
    accepts=ANYONE_KNOWN,
    summary="Give a webhook another secret\nFor 24 hours what is sent is signed with the old one too.",
    answer=MintedWebhookItem,
    status=201,
    is_create=True,
    told_again=without_secret,
    is_secret=True,
    errors=_MAY_MISS,
)
async def rotate(core: Core, call: Call[None, None]) -> MintedWebhookItem:
    webhook_id = uuid_in(call.path, "webhook_id")
    return minted_webhook_item(await rotate_secret(core.db, call.actor, core.vault.ring, webhook_id))
