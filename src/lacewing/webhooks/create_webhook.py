"""The verb that makes a webhook."""

from typing import Final
from uuid import UUID

from sqlalchemy import insert

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.addresses import Outgoing
from lacewing.kit.errors import conflict, not_found
from lacewing.kit.ids import new_id
from lacewing.kit.keyring import KeyRing
from lacewing.projects import get_live_project, lock_live_project
from lacewing.storage import Database, Transaction
from lacewing.webhooks import queries, secrets
from lacewing.webhooks.fields import check_target, checked_events
from lacewing.webhooks.formats import format_of
from lacewing.webhooks.locate import record
from lacewing.webhooks.tables import webhooks
from lacewing.webhooks.webhook_values import MintedWebhook, NewWebhook, Webhook

MOST_WEBHOOKS: Final = 20


async def create_webhook(
    db: Database, actor: Actor, ring: KeyRing, outgoing: Outgoing, project_id: UUID, new: NewWebhook
) -> MintedWebhook:
    """Active from its COMMIT on. Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `too_many_webhooks`."""
    place = (await get_live_project(db, actor, project_id, Permission.WEBHOOKS_WRITE)).place
    check_target(new.url, outgoing)
    secret = secrets.mint()
    values: dict[str, object] = {
        "url": new.url,
        "events": checked_events(new.events),
        "format": new.format or format_of(new.url),
        **secrets.sealed(ring, secret),
    }
    webhook = await db.write(lambda tx: _create(tx, actor, place, values))
    return MintedWebhook(webhook, secret)


def _create(tx: Transaction, actor: Actor, place: Place, values: dict[str, object]) -> Webhook:
    if not lock_live_project(tx, place):
        raise not_found("Project")
    if len(queries.of_project(tx, place)) >= MOST_WEBHOOKS:
        raise conflict("too_many_webhooks", f"A project can have at most {MOST_WEBHOOKS} webhooks.")
    webhook_id = new_id()
    tx.execute(
        insert(webhooks).values(
            id=webhook_id,
            organization_id=place.organization_id,
            project_id=place.project_id,
            is_active=True,
            created_by=actor.person.id if actor.person else None,
            created_at=tx.now,
            **values,
        )
    )
    webhook = queries.the(tx, webhook_id)
    record(tx, EventKind.WEBHOOK_CREATED, actor, webhook)
    return webhook
