"""The verbs that list and show webhooks."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.projects import get_live_project
from lacewing.storage import Database
from lacewing.webhooks import queries
from lacewing.webhooks.locate import locate
from lacewing.webhooks.webhook_values import Webhook


async def list_webhooks(db: Database, actor: Actor, project_id: UUID) -> list[Webhook]:
    """Of a project, the newest first. Raises NOT_FOUND, FORBIDDEN."""
    place = (await get_live_project(db, actor, project_id, Permission.WEBHOOKS_READ)).place
    return await db.read(lambda tx: queries.of_project(tx, place))


async def list_all_webhooks(db: Database, actor: Actor) -> list[Webhook]:
    """Of every project whose webhooks the caller may read, the newest first. Raises FORBIDDEN."""
    reach = actor.projects_with(Permission.WEBHOOKS_READ)
    return await db.read(lambda tx: queries.in_reach(tx, reach))


async def get_webhook(db: Database, actor: Actor, webhook_id: UUID) -> Webhook:
    """Raises NOT_FOUND, FORBIDDEN."""
    return await locate(db, actor, Permission.WEBHOOKS_READ, webhook_id)
