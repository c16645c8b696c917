"""Deliveries to webhooks on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant
from lacewing.webhooks import LARGEST_PAGE, Attempt, Delivery, DeliveryPage, DeliveryState, plain_headers

_CURSOR = "The `next_cursor` of the page before."


class DeliveryQuery(msgspec.Struct):
    cursor: Annotated[UUID, msgspec.Meta(description=_CURSOR)] | None = None
    per_page: Annotated[int, msgspec.Meta(ge=1, description=f"More than {LARGEST_PAGE} counts as that.")] = 25


class AttemptItem(msgspec.Struct):
    """`answer` is the beginning of what the receiver answered, `error` why there was no answer."""

    at: Instant
    status: int | None
    answer: str | None
    error: str | None
    duration_ms: int


class DeliveryItem(msgspec.Struct):
    """`id` is the `webhook-id`; `headers` lack those that are made with the secret. `body` is null once it
    was erased.
    """

    id: UUID
    webhook_id: UUID
    event: str
    state: DeliveryState
    test: bool
    created_at: Instant
    settled_at: Instant | None
    next_attempt_at: Instant | None
    headers: dict[str, str]
    body: str | None
    attempts: list[AttemptItem]


class OneDelivery(msgspec.Struct):
    delivery: DeliveryItem


class DeliveryMeta(msgspec.Struct):
    """`next_cursor` is null at the end."""

    next_cursor: UUID | None


class DeliveryList(msgspec.Struct):
    deliveries: list[DeliveryItem]
    meta: DeliveryMeta


def delivery_list(page: DeliveryPage) -> DeliveryList:
    return DeliveryList([_item(delivery) for delivery in page.items], DeliveryMeta(page.next_cursor))


def one_delivery(delivery: Delivery) -> OneDelivery:
    return OneDelivery(_item(delivery))


def _item(delivery: Delivery) -> DeliveryItem:
    return DeliveryItem(
        id=delivery.id,
        webhook_id=delivery.webhook_id,
        event=delivery.event,
        state=delivery.state,
        test=delivery.is_test,
        created_at=delivery.created_at,
        settled_at=delivery.settled_at,
        next_attempt_at=delivery.next_attempt_at,
        headers=plain_headers(str(delivery.id), delivery.event),
        body=delivery.body,
        attempts=[_attempt(attempt) for attempt in delivery.attempts],
    )


def _attempt(attempt: Attempt) -> AttemptItem:
    return AttemptItem(attempt.at, attempt.status, attempt.answer, attempt.error, attempt.duration_ms)
