"""The steps that store what an attempt came to, in the unit that settles its job."""

from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, case, func, insert, literal, null, update

from lacewing.kit.calls import Answer
from lacewing.kit.ids import new_id_at
from lacewing.kit.keyring import KeyRing
from lacewing.storage import Statement, Transaction
from lacewing.webhooks.disable import disable_gone, disable_if_hopeless
from lacewing.webhooks.forget_queries import REPORT_IS_GONE
from lacewing.webhooks.tables import webhook_attempts as attempts
from lacewing.webhooks.tables import webhook_deliveries as deliveries
from lacewing.webhooks.tables import webhooks
from lacewing.webhooks.webhook_values import DeliveryState, Message

_COLUMNS: Final = ("id", "organization_id", "delivery_id", "at", "status", "answer", "error", "duration_ms")
_INSERT = Statement(insert(attempts).values({name: bindparam(name) for name in _COLUMNS}), int)
_SETTLE = Statement(
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("delivery_id"),
        deliveries.c.turn == bindparam("its_turn"),
        deliveries.c.state == DeliveryState.PENDING,
    )
    .values(
        state=bindparam("becomes"),
        settled_at=bindparam("at"),
        next_attempt_at=None,
        body=case((REPORT_IS_GONE, null()), else_=deliveries.c.body),
    ),
    int,
)
_RECOVER = Statement(
    update(webhooks)
    .where(webhooks.c.id == bindparam("webhook_id"), webhooks.c.failing_since.is_not(None))
    .values(failing_since=None, failures=0),
    int,
)


def succeed(tx: Transaction, message: Message, answer: Answer) -> None:
    _record(tx, message, answer)
    _settle(tx, message, DeliveryState.DELIVERED)
    _RECOVER.run(tx, webhook_id=message.webhook_id)


def cancel(tx: Transaction, message: Message) -> None:
    """Its webhook is switched off or gone: it is not tried."""
    _settle(tx, message, DeliveryState.CANCELLED)


def keep_trying(tx: Transaction, ring: KeyRing, message: Message, answer: Answer, wait: timedelta) -> None:
    _record(tx, message, answer)
    its = (deliveries.c.id == message.delivery_id, deliveries.c.turn == message.turn)
    tx.execute(update(deliveries).where(*its).values(next_attempt_at=tx.now + wait))
    _count_failure(tx, ring, message)


def fail(tx: Transaction, ring: KeyRing, message: Message, answer: Answer, *, is_gone: bool) -> None:
    """For good. A test says nothing of how long a webhook has been failing."""
    _record(tx, message, answer)
    _settle(tx, message, DeliveryState.FAILED)
    if is_gone:
        disable_gone(tx, ring, message)
    elif not message.is_test:
        _count_failure(tx, ring, message)


def _record(tx: Transaction, message: Message, answer: Answer) -> None:
    _INSERT.run(
        tx,
        id=new_id_at(tx.now),
        organization_id=message.organization_id,
        delivery_id=message.delivery_id,
        at=tx.now,
        status=answer.status,
        answer=None if answer.status is None else _text(answer.body),
        error=None if answer.fault is None else answer.fault.value,
        duration_ms=answer.duration_ms,
    )


def _text(body: bytes) -> str:
    """As it can be stored and shown, whatever it is."""
    return body.decode("utf-8", "replace").replace("\0", "\ufffd")


def _settle(tx: Transaction, message: Message, state: DeliveryState) -> None:
    _SETTLE.run(tx, delivery_id=message.delivery_id, its_turn=message.turn, becomes=state, at=tx.now)


def _count_failure(tx: Transaction, ring: KeyRing, message: Message) -> None:
    now = literal(tx.now, webhooks.c.failing_since.type)
    counted = {
        "failing_since": func.coalesce(webhooks.c.failing_since, now),
        "failures": webhooks.c.failures + 1,
    }
    tx.execute(update(webhooks).where(webhooks.c.id == message.webhook_id).values(counted))
    disable_if_hopeless(tx, ring, message)
