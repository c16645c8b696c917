"""The verbs that list and show projects."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.errors import conflict, not_found
from lacewing.projects import queries
from lacewing.projects.values import Project
from lacewing.storage import Database


async def list_projects(db: Database, actor: Actor) -> list[Project]:
    """Every live project that the caller may read, newest first. Raises FORBIDDEN."""
    reach = actor.projects_with(Permission.PROJECTS_READ)
    return await db.read(lambda tx: queries.in_reach(tx, reach))


async def get_project(db: Database, actor: Actor, project_id: UUID) -> Project:
    """Raises NOT_FOUND, FORBIDDEN."""
    reach = actor.projects_with(Permission.PROJECTS_READ)
    project = await db.read(lambda tx: queries.by_id(tx, reach, project_id))
    if project is None:
        raise not_found("Project")
    return project


async def project_by_code(db: Database, actor: Actor, code: str) -> Project:
    """Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code` naming the candidates (contract A8)."""
    reach = actor.projects_with(Permission.PROJECTS_READ)
    found = await db.read(lambda tx: queries.by_code(tx, reach, code))
    if not found:
        raise not_found("Project")
    if len(found) > 1:
        names = ", ".join(f"{project.organization_slug}/{project.code}" for project in found)
        raise conflict("ambiguous_code", f"Several projects have this code: {names}.")
    return found[0]
