"""Webhooks of a project, and what was delivered to them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from lacewing.client.request import Listing, Request, filled, given, path_of


class Webhook(TypedDict):
    id: str
    projectId: str
    url: str
    events: list[str]
    isActive: bool
    createdAt: str
    format: str


class ChangedWebhook(Webhook, total=False):
    """`failingSince`: the first failure since the last success; `warnings` name events that there are not."""

    failingSince: str | None
    warnings: list[str]


class MintedWebhook(ChangedWebhook):
    """`secret` is shown this once."""

    secret: str | None


class Attempt(TypedDict):
    at: str
    status: int | None
    answer: str | None
    error: str | None
    durationMs: int


class Delivery(TypedDict):
    id: str
    webhookId: str
    event: str
    state: str
    isTest: bool
    createdAt: str
    settledAt: str | None
    nextAttemptAt: str | None
    attempts: list[Attempt]


def list_webhooks(project: str) -> Request[list[ChangedWebhook]]:
    return Request("GET", path_of("/webhooks"), given(project_id=project))


def create_webhook(project: str, url: str, events: Sequence[str]) -> Request[MintedWebhook]:
    body = {"url": url, "events": list(events)}
    return Request("POST", path_of("/webhooks"), given(project_id=project), body=body, is_create=True)


def get_webhook(webhook: str) -> Request[Webhook]:
    return Request("GET", path_of("/webhooks/{}", webhook))


def change_webhook(
    webhook: str,
    *,
    url: str | None = None,
    events: Sequence[str] | None = None,
    is_active: bool | None = None,
) -> Request[ChangedWebhook]:
    body = filled(url=url, events=None if events is None else list(events), is_active=is_active)
    return Request("PATCH", path_of("/webhooks/{}", webhook), body=body)


def delete_webhook(webhook: str) -> Request[None]:
    return Request("DELETE", path_of("/webhooks/{}", webhook))


def rotate_secret(webhook: str) -> Request[MintedWebhook]:
    return Request("POST", path_of("/webhooks/{}/rotate-secret", webhook))


def test_webhook(webhook: str) -> Request[Delivery]:
    return Request("POST", path_of("/webhooks/{}/test", webhook))


def list_deliveries(webhook: str, *, limit: int = 20) -> Listing[Delivery]:
    first: Request[dict[str, Any]] = Request(
        "GET", path_of("/webhooks/{}/deliveries", webhook), given(limit=limit)
    )
    return Listing(first, lambda page: page["items"], _following)


def resend_delivery(webhook: str, delivery: str) -> Request[Delivery]:
    return Request("POST", path_of("/webhooks/{}/deliveries/{}/resend", webhook, delivery))


def _following(page: dict[str, Any]) -> Mapping[str, str] | None:
    return None if page["nextCursor"] is None else {"cursor": page["nextCursor"]}
