"""The SELECTs of deliveries, and of what each attempt came to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from sqlalchemy import and_, bindparam, case, null, select

from lacewing.projects.tables import projects
from lacewing.storage import Statement, Transaction
from lacewing.webhooks.tables import webhook_attempts as attempts
from lacewing.webhooks.tables import webhook_deliveries as deliveries
from lacewing.webhooks.tables import webhooks
from lacewing.webhooks.webhook_values import Attempt, Delivery, DeliveryState, Message, Webhook

# One that was sent again and again has more of them than anybody reads.
MOST_ATTEMPTS: Final = 1000
LAST_ID: Final = UUID(int=(1 << 128) - 1)

_DELIVERIES = select(
    deliveries.c.id,
    deliveries.c.webhook_id,
    deliveries.c.event,
    deliveries.c.body,
    deliveries.c.state,
    deliveries.c.is_test,
    deliveries.c.created_at,
    deliveries.c.settled_at,
    deliveries.c.next_attempt_at,
).where(deliveries.c.webhook_id == bindparam("webhook_id"))
_NEWEST = Statement(
    _DELIVERIES.where(deliveries.c.id < bindparam("below"))
    .order_by(deliveries.c.id.desc())
    .limit(bindparam("count")),
    Delivery,
)
_BY_ID = Statement(_DELIVERIES.where(deliveries.c.id == bindparam("delivery_id")), Delivery)
_IN_GRACE = webhooks.c.previous_until > bindparam("now", type_=webhooks.c.previous_until.type)
_MESSAGE = Statement(
    select(
        deliveries.c.id,
        deliveries.c.webhook_id,
        deliveries.c.organization_id,
        deliveries.c.turn,
        deliveries.c.event,
        deliveries.c.body,
        webhooks.c.url,
        webhooks.c.secret,
        case((_IN_GRACE, webhooks.c.previous_secret), else_=null()),
        deliveries.c.is_test,
        and_(
            webhooks.c.deleted_at.is_(None),
            projects.c.deleted_at.is_(None),
            projects.c.purged_at.is_(None),
            webhooks.c.is_active | deliveries.c.is_test,
        ),
    )
    .join(webhooks, webhooks.c.id == deliveries.c.webhook_id)
    .join(projects, projects.c.id == webhooks.c.project_id)
    .where(
        deliveries.c.id == bindparam("delivery_id"),
        deliveries.c.turn == bindparam("turn"),
        deliveries.c.state == DeliveryState.PENDING,
        deliveries.c.body.is_not(None),
    ),
    Message,
)


def newest(tx: Transaction, webhook: Webhook, cursor: UUID | None, count: int) -> list[Delivery]:
    """At most `count`, with their attempts."""
    found = _NEWEST.all(tx, webhook_id=webhook.id, below=cursor or LAST_ID, count=count)
    return _with_attempts(tx, found)


def one(tx: Transaction, webhook: Webhook, delivery_id: UUID) -> Delivery | None:
    found = _BY_ID.one(tx, webhook_id=webhook.id, delivery_id=delivery_id)
    return None if found is None else _with_attempts(tx, [found])[0]


def the(tx: Transaction, webhook: Webhook, delivery_id: UUID) -> Delivery:
    """The one that is there for certain."""
    return _with_attempts(tx, [_BY_ID.the(tx, webhook_id=webhook.id, delivery_id=delivery_id)])[0]


def message(tx: Transaction, delivery_id: UUID, turn: int) -> Message | None:
    """None if it is settled, or was put up again since, or is gone."""
    return _MESSAGE.one(tx, delivery_id=delivery_id, turn=turn, now=tx.now)


def _with_attempts(tx: Transaction, found: Sequence[Delivery]) -> list[Delivery]:
    made = _attempts(tx, [delivery.id for delivery in found])
    return [replace(delivery, attempts=tuple(made[delivery.id])) for delivery in found]


def _attempts(tx: Transaction, delivery_ids: Sequence[UUID]) -> Mapping[UUID, list[Attempt]]:
    query = (
        select(
            attempts.c.delivery_id,
            attempts.c.id,
            attempts.c.at,
            attempts.c.status,
            attempts.c.answer,
            attempts.c.error,
            attempts.c.duration_ms,
        )
        .where(attempts.c.delivery_id.in_(delivery_ids))
        .order_by(attempts.c.id.desc())
        .limit(MOST_ATTEMPTS)
    )
    made: defaultdict[UUID, list[Attempt]] = defaultdict(list)
    for row in map(tuple, tx.execute(query)):
        made[row[0]].insert(0, Attempt(*row[1:]))
    return made
