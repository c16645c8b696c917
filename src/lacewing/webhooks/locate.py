"""How every verb of a webhook finds it, and asks whether it may."""

from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.errors import not_found
from lacewing.projects import lock_live_project
from lacewing.storage import Database, Transaction
from lacewing.webhooks import queries
from lacewing.webhooks.webhook_values import Webhook


async def locate(db: Database, actor: Actor, permission: Permission, webhook_id: UUID) -> Webhook:
    """Raises NOT_FOUND, FORBIDDEN."""
    sight = actor.sight()
    webhook = await db.read(lambda tx: queries.found(tx, sight, webhook_id))
    if webhook is None:
        raise not_found("Webhook")
    actor.require(permission, webhook.place, "Webhook")
    return webhook


def take_turns(tx: Transaction, webhook: Webhook) -> Webhook:
    """First in each unit that changes a webhook: as it is now. Raises NOT_FOUND."""
    current = queries.live(tx, webhook.id) if lock_live_project(tx, webhook.place) else None
    if current is None:
        raise not_found("Webhook")
    return current


def record(tx: Transaction, kind: EventKind, actor: Actor, webhook: Webhook, **data: str) -> None:
    """Its URL is not told: it may hold a secret."""
    event = events.by_actor(
        kind,
        actor,
        organization_id=webhook.organization_id,
        project_id=webhook.project_id,
        subject_id=webhook.id,
        data=data,
    )
    events.append(tx, event)
