"""The verb after which a project is nobody's any more, and the step that it shares with organizations.

What belonged to the project is deleted bit by bit afterwards: see `reports.sweep_purged`.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, literal, update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.errors import not_found
from lacewing.projects import queries
from lacewing.projects.read_projects import get_project
from lacewing.projects.require_mfa import keep_needs_mfa
from lacewing.projects.tables import invitations, memberships, projects
from lacewing.storage import Database, Transaction


async def purge_project(db: Database, actor: Actor, project_id: UUID) -> None:
    """For good, deleted before or not; with the COMMIT nobody finds it, or anything in it.

    Raises NOT_FOUND, FORBIDDEN.
    """
    project = await get_project(db, actor, project_id, Permission.PROJECTS_WRITE)
    actor.require(Permission.REPORTS_DELETE, project.place)
    await db.write(lambda tx: _purge(tx, actor, project_id))


def _purge(tx: Transaction, actor: Actor, project_id: UUID) -> None:
    queries.lock_project(tx, project_id)
    project = queries.by_id(tx, actor.sight(), project_id)
    if project is None:
        raise not_found("Project")
    its = memberships.c.organization_id == project.organization_id
    give_up(tx, projects.c.id == project_id)
    keep_needs_mfa(tx, end_memberships(tx, its, memberships.c.project_id == project_id))
    end_invitations(tx, invitations.c.organization_id == project.organization_id, of_project=project_id)
    event = events.by_actor(
        EventKind.PROJECT_PURGED,
        actor,
        organization_id=project.organization_id,
        project_id=project_id,
        subject_id=project_id,
        data={"project_name": project.name, "code": project.code},
    )
    events.append(tx, event)


def give_up(tx: Transaction, *which: ColumnElement[bool]) -> None:
    """Out of everybody's reach, keys and tokens included."""
    tx.execute(
        update(projects)
        .where(projects.c.purged_at.is_(None), *which)
        .values(
            deleted_at=func.coalesce(projects.c.deleted_at, literal(tx.now, projects.c.deleted_at.type)),
            purged_at=tx.now,
            version=projects.c.version + 1,
        )
    )


def end_memberships(tx: Transaction, *which: ColumnElement[bool]) -> set[UUID]:
    """Whose they were: `keep_needs_mfa` is told of them."""
    gone = tx.execute(delete(memberships).where(*which).returning(memberships.c.person_id))
    return set(gone.scalars())


def end_invitations(tx: Transaction, *which: ColumnElement[bool], of_project: UUID | None = None) -> None:
    waiting = (invitations.c.accepted_at.is_(None), invitations.c.revoked_at.is_(None))
    ends = update(invitations).where(*which, *waiting).values(revoked_at=tx.now)
    tx.execute(ends if of_project is None else ends.where(invitations.c.project_id == of_project))
