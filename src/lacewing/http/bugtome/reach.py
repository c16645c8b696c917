"""The organizations that a token reaches, and their projects."""

from lacewing.http.bugtome.scope import ORGANIZATION, within_organization
from lacewing.http.bugtome.wire_organizations import (
    OrganizationList,
    ProjectList,
    organization_list,
    project_list,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Routes
from lacewing.kit.errors import ErrorKind
from lacewing.projects import list_organizations, list_projects
from lacewing.reports import count_by_status

routes = Routes("/api/v1", "Organizations")


@routes.add(
    "GET",
    "/mcp/organizations",
    accepts=ANYONE_KNOWN,
    summary="The organizations that the token reaches",
    answer=OrganizationList,
    errors=(ErrorKind.FORBIDDEN,),
)
async def organizations(core: Core, call: Call[None, None]) -> OrganizationList:
    return organization_list(await list_organizations(core.db, call.actor))


async def projects(core: Core, call: Call[None, None]) -> ProjectList:
    found = await list_projects(core.db, call.actor)
    return project_list(found, await count_by_status(core.db, call.actor))


routes.add(
    "GET",
    f"{ORGANIZATION}/projects",
    accepts=ANYONE_KNOWN,
    summary="An organization's projects that the token reaches, newest first",
    answer=ProjectList,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)(within_organization(projects))
