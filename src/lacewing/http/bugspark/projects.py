"""Projects: list, create, show, change, delete, restore."""

from lacewing.access.actor import Actor, Grant
from lacewing.access.permissions import Permission, ProjectRole
from lacewing.http.answer import versions_seen
from lacewing.http.bugspark.wire_projects import (
    DeletionQuery,
    ProjectBody,
    ProjectItem,
    ProjectPatch,
    ProjectQuery,
    project_change,
    project_item,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, PERSONAL, Call, Reply, Routes
from lacewing.http.references import project_id_in
from lacewing.kit.errors import ErrorKind
from lacewing.projects import (
    NewProject,
    Project,
    change_project,
    create_project,
    get_project,
    list_projects,
    purge_project,
)

routes = Routes("/api/v1", "Projects")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/projects",
    accepts=ANYONE_KNOWN,
    summary="Every project that you may read, newest first",
    query=ProjectQuery,
    answer=list[ProjectItem],
    errors=(ErrorKind.FORBIDDEN,),
)
async def index(core: Core, call: Call[None, ProjectQuery]) -> list[ProjectItem]:
    wanted = Permission.PROJECTS_WRITE if call.query.manageable else Permission.PROJECTS_READ
    found = await list_projects(core.db, call.actor, wanted, are_live=call.query.is_active)
    return [project_item(project, call.actor) for project in found]


@routes.add(
    "POST",
    "/projects",
    accepts=PERSONAL,
    summary="Create a project and its publishable key",
    body=ProjectBody,
    answer=ProjectItem,
    status=201,
    is_create=True,
    errors=_MAY_MISS,
)
async def create(core: Core, call: Call[ProjectBody, None]) -> ProjectItem:
    body = call.body
    new = NewProject(
        body.name, body.domain, body.code, body.organization_id, body.settings, is_private=body.is_private
    )
    project = await create_project(core.db, call.actor, new)
    own = Grant(project.organization_id, project.id, ProjectRole.ADMIN)
    return project_item(project, call.actor.given(own))


@routes.add(
    "GET",
    "/projects/{project_id}",
    accepts=ANYONE_KNOWN,
    summary="One project, by id or code",
    answer=ProjectItem,
    errors=_MAY_MISS,
)
async def show(core: Core, call: Call[None, None]) -> Reply:
    return _told(await get_project(core.db, call.actor, await project_id_in(core, call)), call.actor)


@routes.add(
    "PATCH",
    "/projects/{project_id}",
    accepts=ANYONE_KNOWN,
    summary="Change a project\nWith `If-Match`, only if it is still what was read.",
    body=ProjectPatch,
    answer=ProjectItem,
    errors=(*_MAY_MISS, ErrorKind.PRECONDITION_FAILED),
)
async def change(core: Core, call: Call[ProjectPatch, None]) -> Reply:
    project_id, seen = await project_id_in(core, call), versions_seen(call.headers)
    changed = await change_project(core.db, call.actor, project_id, project_change(call.body), seen)
    return _told(changed, call.actor)


@routes.add(
    "DELETE",
    "/projects/{project_id}",
    accepts=ANYONE_KNOWN,
    summary=(
        "Delete a project\nIts keys and tokens open nothing from now on; its reports stay readable, and it "
        "can be restored. With `permanent` it is gone for good, with all that belongs to it."
    ),
    query=DeletionQuery,
    status=204,
    errors=_MAY_MISS,
)
async def delete(core: Core, call: Call[None, DeletionQuery]) -> Reply:
    project_id = await project_id_in(core, call)
    if call.query.permanent:
        await purge_project(core.db, call.actor, project_id)
    else:
        await change_project(core.db, call.actor, project_id, {"is_active": False})
    return Reply()


@routes.add(
    "POST",
    "/projects/{project_id}/restore",
    accepts=ANYONE_KNOWN,
    summary=(
        "Restore a deleted project\nIt is as it was: keys that are enabled, and tokens that have neither "
        "been revoked nor ended meanwhile, open it again."
    ),
    answer=ProjectItem,
    errors=_MAY_MISS,
)
async def restore(core: Core, call: Call[None, None]) -> ProjectItem:
    project_id = await project_id_in(core, call)
    restored = await change_project(core.db, call.actor, project_id, {"is_active": True})
    return project_item(restored, call.actor)


def _told(project: Project, actor: Actor) -> Reply:
    """With a tag for `If-Match`, in answer to a PATCH too."""
    return Reply(project_item(project, actor), version=project.version)
