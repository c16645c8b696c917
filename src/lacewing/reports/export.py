"""The verbs that export a project or an organization."""

from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.projects import get_project
from lacewing.reports import archive
from lacewing.reports.export_values import Export
from lacewing.storage import Blobs, Database, Transaction


async def export_project(db: Database, actor: Actor, blobs: Blobs, project_id: UUID) -> Export:
    """A soft-deleted one too, since it stays readable. Raises NOT_FOUND, FORBIDDEN."""
    project = await get_project(db, actor, project_id, Permission.EXPORTS_READ)
    organization_id = project.organization_id
    await db.write(lambda tx: _record(tx, actor, organization_id, project_id))
    return Export(f"{project.code}.zip", archive.stream(db, blobs, organization_id, project_id))


async def export_organization(db: Database, actor: Actor, blobs: Blobs, organization_id: UUID) -> Export:
    """All of its projects. Raises NOT_FOUND, FORBIDDEN."""
    actor.require_in_organization(Permission.EXPORTS_READ, organization_id)
    await db.write(lambda tx: _record(tx, actor, organization_id, None))
    return Export("organization.zip", archive.stream(db, blobs, organization_id, None))


def _record(tx: Transaction, actor: Actor, organization_id: UUID, project_id: UUID | None) -> None:
    """When it begins: whoever has read half of it has read that."""
    made = events.by_actor(
        EventKind.EXPORT_MADE,
        actor,
        organization_id=organization_id,
        project_id=project_id,
        subject_id=project_id or organization_id,
    )
    events.append(tx, made)
