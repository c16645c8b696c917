"""The steps that switch a webhook off by themselves, and tell who runs its project."""

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, update

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.events import Event, EventKind
from lacewing.kit.keyring import KeyRing
from lacewing.outbox import Mail, MailKind, post
from lacewing.reports import who_changes
from lacewing.storage import Transaction
from lacewing.webhooks import queries
from lacewing.webhooks.happening_queries import stages
from lacewing.webhooks.tables import webhooks
from lacewing.webhooks.webhook_values import DisabledBecause, Message, Webhook

HOPELESS_AFTER: Final = timedelta(days=3)
# As many as one delivery is tried: a clock that jumps ahead does not end a webhook by its next failure.
LEAST_FAILURES: Final = 9

_NOBODY = Visit("", "", "lacewing", "webhooks", is_local=True)
_WHY: Final = {
    DisabledBecause.FAILING: "For three days, nothing that was sent to it has arrived.",
    DisabledBecause.GONE: "The receiver answered that it is gone for good (410).",
}


def disable_if_hopeless(tx: Transaction, ring: KeyRing, message: Message) -> None:
    _disable(
        tx,
        ring,
        message,
        DisabledBecause.FAILING,
        webhooks.c.failing_since <= tx.now - HOPELESS_AFTER,
        webhooks.c.failures >= LEAST_FAILURES,
    )


def disable_gone(tx: Transaction, ring: KeyRing, message: Message) -> None:
    _disable(tx, ring, message, DisabledBecause.GONE)


def _disable(
    tx: Transaction, ring: KeyRing, message: Message, why: DisabledBecause, *when: ColumnElement[bool]
) -> None:
    """Of several deliveries that fail at once, one does it. With another URL by now, it begins anew."""
    is_same = (webhooks.c.id == message.webhook_id, webhooks.c.url == message.url)
    off = (
        update(webhooks)
        .where(*is_same, webhooks.c.is_active.is_(True), *when)
        .values(is_active=False, disabled_at=tx.now, disabled_because=why)
    )
    if tx.execute(off).rowcount == 0:
        return
    webhook = queries.live(tx, message.webhook_id)
    if webhook is not None:
        _tell(tx, ring, webhook, why)


def _tell(tx: Transaction, ring: KeyRing, webhook: Webhook, why: DisabledBecause) -> None:
    """By its host: the rest of its URL may be a secret."""
    event = Event(
        EventKind.WEBHOOK_DISABLED,
        _NOBODY,
        organization_id=webhook.organization_id,
        project_id=webhook.project_id,
        subject_id=webhook.id,
        data={"why": why.value},
    )
    events.append(tx, event)
    values = {
        "project": stages(tx, [webhook.project_id])[webhook.project_id].project.name,
        "host": urlsplit(webhook.url).hostname or "",
        "what": _WHY[why],
    }
    for person_id, name, email in who_changes(tx, webhook.place):
        post(tx, ring, Mail(MailKind.WEBHOOK_DISABLED, email, {"name": name, **values}, person_id))
