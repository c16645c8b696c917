"""The verbs that list and show projects."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.errors import conflict, not_found
from lacewing.projects import queries
from lacewing.projects.names import CODE
from lacewing.projects.values import Project
from lacewing.storage import Database


async def list_projects(
    db: Database,
    actor: Actor,
    permission: Permission = Permission.PROJECTS_READ,
    *,
    are_live: bool = True,
) -> list[Project]:
    """Every live project in which the caller holds `permission`, newest first; or the deleted ones.

    Raises FORBIDDEN.
    """
    reach = actor.projects_with(permission)
    return await db.read(lambda tx: queries.in_reach(tx, reach, are_live=are_live))


async def get_project(
    db: Database, actor: Actor, project_id: UUID, permission: Permission = Permission.PROJECTS_READ
) -> Project:
    """The project, for whoever holds `permission` in it. Raises NOT_FOUND, FORBIDDEN."""
    sight = actor.sight()
    project = await db.read(lambda tx: queries.by_id(tx, sight, project_id))
    if project is None:
        raise not_found("Project")
    actor.require(permission, project.place)
    return project


async def get_live_project(
    db: Database, actor: Actor, project_id: UUID, permission: Permission = Permission.PROJECTS_READ
) -> Project:
    """The same, for what is not done in a project that was deleted. Raises NOT_FOUND, FORBIDDEN."""
    project = await get_project(db, actor, project_id, permission)
    if project.deleted_at is not None:
        raise not_found("Project")
    return project


async def project_by_code(
    db: Database, actor: Actor, code: str, organization_slug: str | None = None
) -> Project:
    """Among the projects that the caller sees, any case (contract A8); the verb that uses it asks for more.

    With its organization's slug it is always the only one. Raises NOT_FOUND, CONFLICT `ambiguous_code` naming
    the candidates.
    """
    sight = actor.sight()
    if not CODE.fullmatch(code.upper()):
        raise not_found("Project")
    found = await db.read(lambda tx: queries.by_code(tx, sight, code))
    if organization_slug is not None:
        found = [project for project in found if project.organization_slug == organization_slug]
    if not found:
        raise not_found("Project")
    if len(found) > 1:
        names = ", ".join(f"{project.organization_slug}/{project.code}" for project in found)
        raise conflict("ambiguous_code", f"Several projects have this code: {names}.")
    return found[0]
