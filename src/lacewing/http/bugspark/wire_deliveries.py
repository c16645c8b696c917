"""Deliveries to webhooks on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.shapes import Instant
from lacewing.webhooks import LARGEST_PAGE, Attempt, Delivery, DeliveryPage, DeliveryState, plain_headers

_CURSOR = "The `nextCursor` of the page before."


class DeliveryQuery(msgspec.Struct):
    cursor: Annotated[UUID, msgspec.Meta(description=_CURSOR)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_PAGE)] = 20


class AttemptItem(msgspec.Struct, rename="camel"):
    """`answer` is the beginning of what the receiver answered, `error` why there was no answer."""

    at: Instant
    status: int | None
    answer: str | None
    error: str | None
    duration_ms: int


class DeliveryItem(msgspec.Struct, rename="camel"):
    """`id` is the `webhook-id`; `headers` lack those that are made with the secret. `body` is null once it
    was erased.
    """

    id: UUID
    webhook_id: UUID
    event: str
    state: DeliveryState
    is_test: bool
    created_at: Instant
    settled_at: Instant | None
    next_attempt_at: Instant | None
    headers: dict[str, str]
    body: str | None
    attempts: list[AttemptItem]


class DeliveryList(msgspec.Struct, rename="camel"):
    """The newest first; `next_cursor` is null at the end."""

    items: list[DeliveryItem]
    next_cursor: UUID | None


def delivery_list(page: DeliveryPage) -> DeliveryList:
    return DeliveryList([delivery_item(delivery) for delivery in page.items], page.next_cursor)


def delivery_item(delivery: Delivery) -> DeliveryItem:
    return DeliveryItem(
        id=delivery.id,
        webhook_id=delivery.webhook_id,
        event=delivery.event,
        state=delivery.state,
        is_test=delivery.is_test,
        created_at=delivery.created_at,
        settled_at=delivery.settled_at,
        next_attempt_at=delivery.next_attempt_at,
        headers=plain_headers(str(delivery.id), delivery.event),
        body=delivery.body,
        attempts=[_attempt(attempt) for attempt in delivery.attempts],
    )


def _attempt(attempt: Attempt) -> AttemptItem:
    return AttemptItem(attempt.at, attempt.status, attempt.answer, attempt.error, attempt.duration_ms)
