"""Organizations and their policies (contract A18)."""

from lacewing.access.actor import Actor, Grant
from lacewing.http.bugspark.wire_organizations import (
    FarewellBody,
    OrganizationBody,
    OrganizationItem,
    OrganizationPatch,
    PoliciesItem,
    PoliciesPatch,
    TransferBody,
    farewell,
    new_organization,
    organization_change,
    organization_item,
    policies_item,
    policy_change,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import COOKIE, PERSONAL, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.projects import (
    Organization,
    change_organization,
    change_policies,
    create_organization,
    delete_organization,
    get_organization,
    list_organizations,
    read_policies,
    transfer_ownership,
)

routes = Routes("/api/v1", "Organizations")

_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/organizations",
    accepts=PERSONAL,
    summary="The organizations that you belong to, oldest first",
    answer=list[OrganizationItem],
    errors=(ErrorKind.FORBIDDEN,),
)
async def index(core: Core, call: Call[None, None]) -> list[OrganizationItem]:
    return [organization_item(found, call.actor) for found in await list_organizations(core.db, call.actor)]


@routes.add(
    "POST",
    "/organizations",
    accepts=PERSONAL,
    summary="Create an organization of your own",
    body=OrganizationBody,
    answer=OrganizationItem,
    status=201,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN),
    is_create=True,
)
async def create(core: Core, call: Call[OrganizationBody, None]) -> OrganizationItem:
    created = await create_organization(core.db, call.actor, new_organization(call.body))
    return _now(created, call.actor)


@routes.add(
    "GET",
    "/organizations/{organization_id}",
    accepts=PERSONAL,
    summary="One organization",
    answer=OrganizationItem,
    errors=_MAY_MISS,
)
async def show(core: Core, call: Call[None, None]) -> OrganizationItem:
    organization_id = uuid_in(call.path, "organization_id")
    return organization_item(await get_organization(core.db, call.actor, organization_id), call.actor)


@routes.add(
    "PATCH",
    "/organizations/{organization_id}",
    accepts=PERSONAL,
    summary="Rename an organization",
    body=OrganizationPatch,
    answer=OrganizationItem,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def patch(core: Core, call: Call[OrganizationPatch, None]) -> OrganizationItem:
    organization_id = uuid_in(call.path, "organization_id")
    change = organization_change(call.body)
    changed = await change_organization(core.db, call.actor, organization_id, change)
    return organization_item(changed, call.actor)


@routes.add(
    "DELETE",
    "/organizations/{organization_id}",
    accepts=COOKIE,
    summary=(
        "Delete an organization for good\nWith all its projects. An export of the last 24 hours comes first, "
        "or the body says that it is not wanted. It takes an owner, and a fresh proof of who that is."
    ),
    body=FarewellBody,
    status=204,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def delete(core: Core, call: Call[FarewellBody, None]) -> Reply:
    organization_id = uuid_in(call.path, "organization_id")
    await delete_organization(core.db, call.actor, organization_id, farewell(call.body))
    return Reply()


@routes.add(
    "POST",
    "/organizations/{organization_id}/transfer",
    accepts=COOKIE,
    summary="Hand an organization over\nYou stay as its admin. It takes an owner, and a fresh proof.",
    body=TransferBody,
    answer=OrganizationItem,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def transfer(core: Core, call: Call[TransferBody, None]) -> OrganizationItem:
    organization_id = uuid_in(call.path, "organization_id")
    member_id = call.body.member_id
    return _now(await transfer_ownership(core.db, call.actor, organization_id, member_id), call.actor)


@routes.add(
    "GET",
    "/organizations/{organization_id}/policies",
    accepts=PERSONAL,
    summary="What an organization demands of its members",
    answer=PoliciesItem,
    errors=_MAY_MISS,
)
async def policies(core: Core, call: Call[None, None]) -> PoliciesItem:
    organization_id = uuid_in(call.path, "organization_id")
    return policies_item(await read_policies(core.db, call.actor, organization_id))


@routes.add(
    "PATCH",
    "/organizations/{organization_id}/policies",
    accepts=PERSONAL,
    summary="Change what an organization demands\nWhat is left out stays as it is.",
    body=PoliciesPatch,
    answer=PoliciesItem,
    errors=(*_MAY_MISS, ErrorKind.CONFLICT),
)
async def patch_policies(core: Core, call: Call[PoliciesPatch, None]) -> PoliciesItem:
    organization_id = uuid_in(call.path, "organization_id")
    change = policy_change(call.body)
    return policies_item(await change_policies(core.db, call.actor, organization_id, change))


def _now(organization: Organization, actor: Actor) -> OrganizationItem:
    """With what the caller may do by the role that this call has given it."""
    return organization_item(organization, actor.given(Grant(organization.id, None, organization.role)))
