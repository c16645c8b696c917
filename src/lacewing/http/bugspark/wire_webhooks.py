"""Webhooks on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.actor import Actor
from lacewing.http.shapes import Instant, text
from lacewing.kit.urls import LONGEST_URL
from lacewing.webhooks import (
    LONGEST_EVENT,
    MOST_EVENTS,
    NAMES,
    DisabledBecause,
    Format,
    MintedWebhook,
    NewWebhook,
    Webhook,
    WebhookChange,
)

_Url = Annotated[str, text(LONGEST_URL, shortest=1)]
_SOME = {"minItems": 1, "maxItems": MOST_EVENTS}
_Event = Annotated[str, text(LONGEST_EVENT, shortest=1)]
_Events = Annotated[
    list[_Event],
    msgspec.Meta(description=f"Any of {', '.join(NAMES)}.", extra_json_schema=_SOME),
]


class ProjectQuery(msgspec.Struct):
    project_id: Annotated[str, msgspec.Meta(description="A project's id or code.")]


class WebhookBody(msgspec.Struct):
    """Without `format`, the URL tells it."""

    url: _Url
    events: _Events
    format: Format | None = None


class WebhookPatch(msgspec.Struct):
    """What is left out stays."""

    url: _Url | None = None
    events: _Events | None = None
    format: Format | None = None
    is_active: bool | None = None


class WebhookItem(msgspec.Struct, rename="camel"):
    """`failing_since` is the first failure since the last success; `previous_secret_until` the time to which
    what is sent is signed with the old secret too. `warnings` name events that there are not.
    """

    id: UUID
    project_id: UUID
    url: str
    events: list[str]
    is_active: bool
    created_at: Instant
    format: Format
    created_by: UUID | None
    failing_since: Instant | None
    disabled_at: Instant | None
    disabled_because: DisabledBecause | None
    previous_secret_until: Instant | None
    warnings: list[str] | msgspec.UnsetType = msgspec.UNSET


class MintedWebhookItem(WebhookItem, rename="camel", kw_only=True):
    """`secret` is shown this once; a repeated request is told `code` in its place."""

    secret: str | None
    code: str | msgspec.UnsetType = msgspec.UNSET


def new_webhook(body: WebhookBody) -> NewWebhook:
    return NewWebhook(body.url, tuple(body.events), body.format)


def webhook_change(patch: WebhookPatch) -> WebhookChange:
    change = WebhookChange()
    if patch.url is not None:
        change["url"] = patch.url
    if patch.events is not None:
        change["events"] = tuple(patch.events)
    if patch.format is not None:
        change["format"] = patch.format
    if patch.is_active is not None:
        change["is_active"] = patch.is_active
    return change


def webhook_item(webhook: Webhook) -> WebhookItem:
    return WebhookItem(
        id=webhook.id,
        project_id=webhook.project_id,
        url=webhook.url,
        events=list(webhook.events),
        is_active=webhook.is_active,
        created_at=webhook.created_at,
        format=webhook.format,
        created_by=webhook.created_by,
        failing_since=webhook.failing_since,
        disabled_at=webhook.disabled_at,
        disabled_because=webhook.disabled_because,
        previous_secret_until=webhook.previous_until,
        warnings=_warnings(webhook) or msgspec.UNSET,
    )


def minted_webhook_item(minted: MintedWebhook) -> MintedWebhookItem:
    return MintedWebhookItem(**msgspec.structs.asdict(webhook_item(minted.webhook)), secret=minted.secret)


def without_secret(minted: MintedWebhookItem, _actor: Actor) -> object:
    """What is kept of the answer, and told again (F-7)."""
    return msgspec.structs.replace(minted, secret=None, code="secret_already_shown")


def _warnings(webhook: Webhook) -> list[str]:
    unknown = [name for name in webhook.events if name not in NAMES]
    return [f"There is no event {name}: nothing is sent for it." for name in unknown]
