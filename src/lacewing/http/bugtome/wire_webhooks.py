"""Webhooks on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.actor import Actor
from lacewing.http.shapes import Instant, text
from lacewing.kit.errors import FieldError, invalid
from lacewing.kit.urls import LONGEST_URL
from lacewing.webhooks import (
    MOST_EVENTS,
    NAMES,
    DisabledBecause,
    Format,
    MintedWebhook,
    NewWebhook,
    Webhook,
    WebhookChange,
)

_Project = Annotated[str, msgspec.Meta(description="A project's id or code.")]
_Url = Annotated[str, text(LONGEST_URL, shortest=1)]
_Event = Annotated[str, msgspec.Meta(extra_json_schema={"enum": list(NAMES)})]
_Events = Annotated[
    list[_Event],
    msgspec.Meta(extra_json_schema={"minItems": 1, "maxItems": MOST_EVENTS}),
]


class NewWebhookBody(msgspec.Struct):
    """Without `format`, the URL tells it."""

    project_id: _Project
    url: _Url
    events: _Events
    format: Format | None = None


class WebhookBody(msgspec.Struct):
    webhook: NewWebhookBody


class WebhookPatch(msgspec.Struct):
    """What is left out stays."""

    url: _Url | None = None
    events: _Events | None = None
    format: Format | None = None
    active: bool | None = None


class WebhookPatchBody(msgspec.Struct):
    webhook: WebhookPatch


class WebhookItem(msgspec.Struct):
    """`failing_since` is the first failure since the last success; `previous_secret_until` the time to which
    what is sent is signed with the old secret too.
    """

    id: UUID
    project_id: UUID
    url: str
    events: list[str]
    format: Format
    active: bool
    created_at: Instant
    failing_since: Instant | None
    disabled_at: Instant | None
    disabled_because: DisabledBecause | None
    previous_secret_until: Instant | None


class OneWebhook(msgspec.Struct):
    webhook: WebhookItem


class WebhookList(msgspec.Struct):
    webhooks: list[WebhookItem]


class MintedWebhookItem(WebhookItem, kw_only=True):
    """`secret` is shown this once; a repeated request is told null in its place."""

    secret: str | None


class OneMintedWebhook(msgspec.Struct):
    webhook: MintedWebhookItem


def new_webhook(body: NewWebhookBody) -> NewWebhook:
    return NewWebhook(body.url, _checked(body.events), body.format)


def webhook_change(patch: WebhookPatch) -> WebhookChange:
    change = WebhookChange()
    if patch.url is not None:
        change["url"] = patch.url
    if patch.events is not None:
        change["events"] = _checked(patch.events)
    if patch.format is not None:
        change["format"] = patch.format
    if patch.active is not None:
        change["is_active"] = patch.active
    return change


def webhook_item(webhook: Webhook) -> WebhookItem:
    return WebhookItem(
        id=webhook.id,
        project_id=webhook.project_id,
        url=webhook.url,
        events=list(webhook.events),
        format=webhook.format,
        active=webhook.is_active,
        created_at=webhook.created_at,
        failing_since=webhook.failing_since,
        disabled_at=webhook.disabled_at,
        disabled_because=webhook.disabled_because,
        previous_secret_until=webhook.previous_until,
    )


def one_minted(minted: MintedWebhook) -> OneMintedWebhook:
    shown = msgspec.structs.asdict(webhook_item(minted.webhook))
    return OneMintedWebhook(MintedWebhookItem(**shown, secret=minted.secret))


def without_secret(minted: OneMintedWebhook, _actor: Actor) -> object:
    """What is kept of the answer, and told again (F-7)."""
    return OneMintedWebhook(msgspec.structs.replace(minted.webhook, secret=None))


def _checked(events: list[str]) -> tuple[str, ...]:
    """Only those that there are. Raises INVALID."""
    if any(name not in NAMES for name in events):
        raise invalid(FieldError("events", f"must be of {', '.join(NAMES)}", "not_allowed"))
    return tuple(events)
