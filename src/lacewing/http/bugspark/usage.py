"""Usage, plans and billing, so that the original CLI works: true of a self-hosted instance (A17)."""

from lacewing.access.permissions import Permission
from lacewing.http.bugspark.wire_accounts import PLAN
from lacewing.http.bugspark.wire_usage import (
    PlanLimits,
    Subscription,
    UsageItem,
    UsagePage,
    usage_item,
    usage_page,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import NOBODY, PERSONAL, Call, Routes
from lacewing.kit.errors import ErrorKind, invalid_request
from lacewing.reports import read_project_usage, read_usage

routes = Routes("/api/v1", "Usage")

_MAY_REFUSE = (ErrorKind.FORBIDDEN,)


@routes.add(
    "GET",
    "/auth/usage",
    accepts=PERSONAL,
    summary="How many projects and reports you can see\nNo plan limits them.",
    answer=UsageItem,
    errors=_MAY_REFUSE,
)
async def own(core: Core, call: Call[None, None]) -> UsageItem:
    return usage_item(await read_usage(core.db, call.actor))


@routes.add(
    "GET",
    "/usage",
    accepts=PERSONAL,
    summary="The same, with the members of each project",
    answer=UsagePage,
    errors=_MAY_REFUSE,
)
async def detailed(core: Core, call: Call[None, None]) -> UsagePage:
    by_project = await read_project_usage(core.db, call.actor)
    return usage_page(await read_usage(core.db, call.actor), by_project)


@routes.add(
    "GET",
    "/plans/limits",
    accepts=NOBODY,
    summary="What each plan allows: there is one, and it limits nothing",
    answer=dict[str, PlanLimits],
)
async def limits(core: Core, call: Call[None, None]) -> dict[str, PlanLimits]:
    return {PLAN: PlanLimits()}


@routes.add(
    "GET",
    "/billing/subscription",
    accepts=PERSONAL,
    summary="What you pay: nothing, the instance is self-hosted",
    answer=Subscription,
    errors=_MAY_REFUSE,
)
async def subscription(core: Core, call: Call[None, None]) -> Subscription:
    call.actor.require_self(Permission.ACCOUNT_READ)
    return Subscription()


@routes.add(
    "POST",
    "/billing/cancel-subscription",
    accepts=PERSONAL,
    summary="Refused: there is no subscription to cancel",
    answer=Subscription,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST),
)
async def cancel(core: Core, call: Call[None, None]) -> Subscription:
    raise invalid_request("no_subscription", "There is no subscription: this instance is self-hosted.")
