"""The verbs that change a webhook, give it another secret, and delete it."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import update

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.addresses import Outgoing
from lacewing.kit.errors import FieldError, invalid
from lacewing.kit.keyring import KeyRing
from lacewing.storage import Database, Transaction
from lacewing.webhooks import queries, secrets
from lacewing.webhooks.fields import check_target, checked_events
from lacewing.webhooks.formats import format_of
from lacewing.webhooks.locate import locate, record, take_turns
from lacewing.webhooks.tables import webhooks
from lacewing.webhooks.webhook_values import MintedWebhook, Webhook, WebhookChange

GRACE: Final = timedelta(hours=24)
# What is forgotten when somebody has seen to it.
_MENDED = {"failing_since": None, "failures": 0, "disabled_at": None, "disabled_because": None}
_NO_SECRETS = {"secret": b"", "previous_secret": None, "previous_until": None}


async def change_webhook(
    db: Database, actor: Actor, outgoing: Outgoing, webhook_id: UUID, change: WebhookChange
) -> Webhook:
    """Switched on again, or with another URL, it begins anew: what failed before does not count.

    Raises INVALID, NOT_FOUND, FORBIDDEN.
    """
    webhook = await locate(db, actor, Permission.WEBHOOKS_WRITE, webhook_id)
    values = _checked(webhook, outgoing, change)
    return await db.write(lambda tx: _change(tx, actor, webhook, values))


async def delete_webhook(db: Database, actor: Actor, webhook_id: UUID) -> None:
    """Nothing is sent to it any more; its secret is gone at once, its deliveries a little later.

    Raises NOT_FOUND, FORBIDDEN.
    """
    webhook = await locate(db, actor, Permission.WEBHOOKS_WRITE, webhook_id)
    await db.write(lambda tx: _delete(tx, actor, webhook))


async def rotate_secret(db: Database, actor: Actor, ring: KeyRing, webhook_id: UUID) -> MintedWebhook:
    """For 24 hours what is sent is signed with the old one too. Raises NOT_FOUND, FORBIDDEN."""
    webhook = await locate(db, actor, Permission.WEBHOOKS_WRITE, webhook_id)
    secret = secrets.mint()
    columns = secrets.sealed(ring, secret)
    return MintedWebhook(await db.write(lambda tx: _rotate(tx, actor, webhook, columns)), secret)


def _checked(webhook: Webhook, outgoing: Outgoing, change: WebhookChange) -> dict[str, object]:
    """The columns that are told, with what they become. A format that a URL told, another one tells."""
    if not change:
        raise invalid(FieldError("", "At least one field must be given", "blank"))
    values: dict[str, object] = dict(change)
    if "url" in change:
        check_target(change["url"], outgoing)
        if webhook.format is format_of(webhook.url):
            values.setdefault("format", format_of(change["url"]))
    if "events" in change:
        values["events"] = checked_events(change["events"])
    return values


def _change(tx: Transaction, actor: Actor, webhook: Webhook, values: dict[str, object]) -> Webhook:
    current = take_turns(tx, webhook)
    changed = {name: value for name, value in values.items() if value != getattr(current, name)}
    if not changed:
        return current
    begins_anew = "url" in changed or changed.get("is_active") is True
    _set(tx, current, changed | _MENDED if begins_anew else changed)
    record(tx, EventKind.WEBHOOK_CHANGED, actor, current, changed=" ".join(sorted(changed)))
    return queries.the(tx, current.id)


def _delete(tx: Transaction, actor: Actor, webhook: Webhook) -> None:
    current = take_turns(tx, webhook)
    _set(tx, current, {"deleted_at": tx.now, "is_active": False, **_NO_SECRETS})
    record(tx, EventKind.WEBHOOK_DELETED, actor, current)


def _rotate(tx: Transaction, actor: Actor, webhook: Webhook, columns: dict[str, object]) -> Webhook:
    """Of two in a row the first holds on no longer: one secret is told as the previous one."""
    current = take_turns(tx, webhook)
    _set(tx, current, {**columns, "previous_secret": webhooks.c.secret, "previous_until": tx.now + GRACE})
    record(tx, EventKind.WEBHOOK_ROTATED, actor, current)
    return queries.the(tx, current.id)


def _set(tx: Transaction, webhook: Webhook, values: dict[str, object]) -> None:
    its = (webhooks.c.organization_id == webhook.organization_id, webhooks.c.id == webhook.id)
    tx.execute(update(webhooks).where(*its).values(values))
