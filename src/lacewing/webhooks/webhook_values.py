from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from lacewing.access.actor import Place
from lacewing.webhooks.values import Happening


class Format(StrEnum):
    """Plain is the body of the event's dialect; the others are messages of chat services."""

    PLAIN = "plain"
    SLACK = "slack"
    DISCORD = "discord"
    TEAMS = "teams"
    MATTERMOST = "mattermost"


# The body that a format has for a happening under one of its names; None if there is nothing to tell.
RenderAs = Callable[[Format, str, Happening], bytes | None]


class DisabledBecause(StrEnum):
    """Why a webhook was switched off by itself."""

    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """Without a `format`, its URL tells it."""

    url: str
    events: tuple[str, ...]
    format: Format | None = None


class WebhookChange(TypedDict, total=False):
    """What is to change; what is left out stays."""

    url: str
    events: tuple[str, ...]
    format: Format
    is_active: bool


@dataclass(frozen=True, slots=True)
class Webhook:
    """`failing_since` is the first of the failures since the last success, if there were any."""

    id: UUID
    organization_id: UUID
    project_id: UUID
    is_of_private_project: bool
    url: str
    events: tuple[str, ...]
    format: Format
    is_active: bool
    previous_until: datetime | None
    created_by: UUID | None
    created_at: datetime
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_because: DisabledBecause | None

    @property
    def place(self) -> Place:
        return Place(self.organization_id, self.project_id, self.is_of_private_project)


@dataclass(frozen=True, slots=True)
class MintedWebhook:
    """With its secret, which is shown this once."""

    webhook: Webhook
    secret: str


class DeliveryState(StrEnum):
    """Cancelled is what was not tried any more: its webhook was switched off, or its body erased."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`error` is None where the receiver answered; `answer` is the beginning of its body."""

    id: UUID
    at: datetime
    status: int | None
    answer: str | None
    error: str | None
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one webhook: its id is the `webhook-id`, whenever and however often it is sent.

    `body` is None once it is erased.
    """

    id: UUID
    webhook_id: UUID
    event: str
    body: str | None
    state: DeliveryState
    is_test: bool
    created_at: datetime
    settled_at: datetime | None
    next_attempt_at: datetime | None
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """The newest first; `next_cursor` is None at the end."""

    items: tuple[Delivery, ...]
    next_cursor: UUID | None


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """To one webhook, under one name of an event. What has the same `subject_id` arrives in this order."""

    webhook: Webhook
    event: str
    body: str
    subject_id: UUID | None = None
    report_id: UUID | None = None
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A delivery as it is sent; secrets are sealed, the previous one is None once its grace is over."""

    delivery_id: UUID
    webhook_id: UUID
    organization_id: UUID
    turn: int
    event: str
    body: str
    url: str
    secret: bytes
    previous_secret: bytes | None
    is_test: bool
    is_wanted: bool
