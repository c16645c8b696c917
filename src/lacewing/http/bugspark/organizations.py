"""An organization's policies (contract A18)."""

from lacewing.http.bugspark.wire_organizations import (
    PoliciesItem,
    PoliciesPatch,
    policies_item,
    policy_change,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import PERSONAL, Call, Routes
from lacewing.http.references import uuid_in
from lacewing.kit.errors import ErrorKind
from lacewing.projects import change_policies, read_policies

routes = Routes("/api/v1", "Organizations")

_MAY_MISS = (ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


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
