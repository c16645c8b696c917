"""The steps that put deliveries up to be sent: each with the job that does it."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, insert, update

from lacewing import jobs
from lacewing.jobs import NewJob
from lacewing.kit.ids import new_id_at
from lacewing.storage import Statement, Transaction
from lacewing.webhooks.tables import webhook_deliveries as deliveries
from lacewing.webhooks.webhook_values import DeliveryState, NewDelivery, Webhook

DELIVER: Final = "deliver_webhook"

_COLUMNS = ("id", "organization_id", "project_id", "webhook_id", "report_id", "event", "body", "is_test")
_INSERT = Statement(
    insert(deliveries).values(
        {
            **{name: bindparam(name) for name in (*_COLUMNS, "created_at", "next_attempt_at")},
            "state": DeliveryState.PENDING,
        }
    ),
    int,
)


def put_up(tx: Transaction, new: Sequence[NewDelivery]) -> list[UUID]:
    """In this order."""
    ids = sorted(new_id_at(tx.now) for _ in new)
    if ids:
        _INSERT.run_many(tx, [_row(tx, *each) for each in zip(ids, new, strict=True)])
    jobs.add_many(
        tx,
        [
            _job(delivery.webhook, delivery_id, 1, lane=_lane(delivery))
            for delivery, delivery_id in zip(new, ids, strict=True)
        ],
    )
    return ids


def put_up_again(tx: Transaction, webhook: Webhook, delivery_id: UUID) -> bool:
    """At once, whatever else waits. False if it is on its way, or its body was erased."""
    settled = (
        deliveries.c.organization_id == webhook.organization_id,
        deliveries.c.id == delivery_id,
        deliveries.c.state != DeliveryState.PENDING,
        deliveries.c.body.is_not(None),
    )
    values = {
        "state": DeliveryState.PENDING,
        "settled_at": None,
        "next_attempt_at": tx.now,
        "turn": deliveries.c.turn + 1,
    }
    turn = tx.execute(update(deliveries).where(*settled).values(values).returning(deliveries.c.turn)).scalar()
    if turn is None:
        return False
    jobs.add(tx, _job(webhook, delivery_id, turn, lane=None))
    return True


def _row(tx: Transaction, delivery_id: UUID, new: NewDelivery) -> dict[str, Any]:
    return {
        "id": delivery_id,
        "organization_id": new.webhook.organization_id,
        "project_id": new.webhook.project_id,
        "webhook_id": new.webhook.id,
        "report_id": new.report_id,
        "event": new.event,
        "body": new.body,
        "is_test": new.is_test,
        "created_at": tx.now,
        "next_attempt_at": tx.now,
    }


def _lane(new: NewDelivery) -> str | None:
    return None if new.subject_id is None else f"{DELIVER}/{new.webhook.id}/{new.subject_id}"


def _job(webhook: Webhook, delivery_id: UUID, turn: int, *, lane: str | None) -> NewJob:
    """Of one webhook a few at a time: one that is slow delays nobody else."""
    return NewJob(
        DELIVER,
        {"delivery_id": str(delivery_id), "turn": str(turn)},
        group=str(webhook.id),
        lane=lane,
        organization_id=webhook.organization_id,
        project_id=webhook.project_id,
    )
