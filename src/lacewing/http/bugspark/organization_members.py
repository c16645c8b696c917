"""The members of an organization: list, change, remove, leave."""

from lacewing.http.bugspark.wire_organizations import (
    OrganizationMemberItem,
    OrganizationMemberPatch,
    organization_member_item,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import PERSONAL, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.projects import (
    change_organization_member,
    leave_organization,
    list_organization_members,
    remove_organization_member,
)

routes = Routes("/api/v1", "Organizations")

_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/organizations/{organization_id}/members",
    accepts=PERSONAL,
    summary="Who belongs to an organization",
    answer=list[OrganizationMemberItem],
    errors=_MAY_MISS,
)
async def index(core: Core, call: Call[None, None]) -> list[OrganizationMemberItem]:
    organization_id = uuid_in(call.path, "organization_id")
    found = await list_organization_members(core.db, call.actor, organization_id)
    return [organization_member_item(member) for member in found]


@routes.add(
    "PATCH",
    "/organizations/{organization_id}/members/{member_id}",
    accepts=PERSONAL,
    summary="Change a member's role\nNot above your own, nor of somebody above you. The last owner stays.",
    body=OrganizationMemberPatch,
    answer=OrganizationMemberItem,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def change(core: Core, call: Call[OrganizationMemberPatch, None]) -> OrganizationMemberItem:
    organization_id, member_id = uuid_in(call.path, "organization_id"), uuid_in(call.path, "member_id")
    changed = change_organization_member(core.db, call.actor, organization_id, member_id, call.body.role)
    return organization_member_item(await changed)


@routes.add(
    "DELETE",
    "/organizations/{organization_id}/members/{member_id}",
    accepts=PERSONAL,
    summary="Remove a member, from the organization's projects too",
    status=204,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def remove(core: Core, call: Call[None, None]) -> Reply:
    organization_id, member_id = uuid_in(call.path, "organization_id"), uuid_in(call.path, "member_id")
    await remove_organization_member(core.db, call.actor, organization_id, member_id)
    return Reply()


@routes.add(
    "POST",
    "/organizations/{organization_id}/leave",
    accepts=PERSONAL,
    summary="Leave an organization and its projects\nThe last owner can not.",
    status=204,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def leave(core: Core, call: Call[None, None]) -> Reply:
    await leave_organization(core.db, call.actor, uuid_in(call.path, "organization_id"))
    return Reply()
