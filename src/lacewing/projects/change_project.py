"""The verb that changes a project, deletes it softly, and restores it."""

from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import changed_meanwhile, conflict, not_found
from lacewing.kit.json import dumps
from lacewing.projects import queries
from lacewing.projects.project_fields import check_domain, check_name, check_settings
from lacewing.projects.read_projects import get_project
from lacewing.projects.tables import projects
from lacewing.projects.values import Project, ProjectChange
from lacewing.storage import Database, Transaction


async def change_project(
    db: Database, actor: Actor, project_id: UUID, change: ProjectChange, seen: frozenset[int] | None = None
) -> Project:
    """Only what differs is changed; `seen` are versions that the caller has read, if that matters to it.

    Deleted, a project keeps all that it has, and its keys and tokens open nothing. Restored, it is as it
    was: those of them that have neither been revoked nor ended meanwhile open it again.
    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `project_deleted`, PRECONDITION_FAILED.
    """
    project = await get_project(db, actor, project_id, Permission.PROJECTS_WRITE)
    _check(project, change)
    return await db.write(lambda tx: _change(tx, actor, project_id, change, seen))


def _check(project: Project, change: ProjectChange) -> None:
    checks = Checks()
    if "name" in change:
        check_name(checks, change["name"])
    if "domain" in change:
        check_domain(checks, change["domain"])
    if "settings" in change:
        check_settings(checks, change["settings"])
    if change.get("code", project.code) != project.code:
        checks.refuse("code", "can not be changed: the codes of the reports contain it", "immutable")
    checks.finish()


def _change(
    tx: Transaction, actor: Actor, project_id: UUID, change: ProjectChange, seen: frozenset[int] | None
) -> Project:
    queries.lock_project(tx, project_id)
    current = queries.by_id(tx, actor.sight(), project_id)
    if current is None:
        raise not_found("Project")
    if seen is not None and current.version not in seen:
        raise changed_meanwhile("Project")
    values = _differing(current, change)
    becomes_active = values.pop("is_active", None)
    if values and not current.is_active and not becomes_active:
        raise conflict("project_deleted", "This project is deleted. Restore it first.")
    if values:
        _record(tx, EventKind.PROJECT_CHANGED, actor, current, changed=" ".join(sorted(values)))
    if becomes_active is not None:
        kind = EventKind.PROJECT_RESTORED if becomes_active else EventKind.PROJECT_DELETED
        _record(tx, kind, actor, current)
        values["deleted_at"] = None if becomes_active else tx.now
    if not values:
        return current
    row = update(projects).where(projects.c.id == project_id)
    tx.execute(row.values(version=projects.c.version + 1, **values))
    return queries.the(tx, actor.sight(), project_id)


def _differing(current: Project, change: ProjectChange) -> dict[str, object]:
    """JSON's 1 and true are two things, Python's are not: settings are compared as text."""
    values = {name: value for name, value in change.items() if value != getattr(current, name)}
    if "settings" in change and dumps(change["settings"]) != dumps(current.settings):
        values["settings"] = change["settings"]
    return values


def _record(tx: Transaction, kind: EventKind, actor: Actor, project: Project, **data: str) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=project.organization_id,
        project_id=project.id,
        subject_id=project.id,
        data=data,
    )
    events.append(tx, event)
