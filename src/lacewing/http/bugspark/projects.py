"""Projects: list, create, show."""

from lacewing.http.bugspark.wire_projects import ProjectBody, ProjectItem, project_item
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, PERSONAL, Call, Routes
from lacewing.http.references import project_id_in
from lacewing.kit.errors import ErrorKind
from lacewing.projects import NewProject, create_project, get_project, list_projects

routes = Routes("/api/v1", "Projects")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/projects",
    accepts=ANYONE_KNOWN,
    summary="Every project that you may read",
    answer=list[ProjectItem],
    errors=(ErrorKind.FORBIDDEN,),
)
async def index(core: Core, call: Call[None, None]) -> list[ProjectItem]:
    return [project_item(project) for project in await list_projects(core.db, call.actor)]


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
    new = NewProject(body.name, body.domain, body.code, body.organization_id, body.settings)
    return project_item(await create_project(core.db, call.actor, new))


@routes.add(
    "GET",
    "/projects/{project_id}",
    accepts=ANYONE_KNOWN,
    summary="One project, by id or code",
    answer=ProjectItem,
    errors=_MAY_MISS,
)
async def show(core: Core, call: Call[None, None]) -> ProjectItem:
    return project_item(await get_project(core.db, call.actor, await project_id_in(core, call)))
