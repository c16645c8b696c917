"""Statistics: over all that you may read, or one project."""

from uuid import UUID

from lacewing.http.bugspark.wire_stats import (
    BreakdownItem,
    OverviewItem,
    StatsQuery,
    breakdown_item,
    overview_item,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Routes
from lacewing.http.references import project_id_in, project_reference
from lacewing.kit.errors import ErrorKind
from lacewing.reports import read_breakdown, read_overview

routes = Routes("/api/v1", "Statistics")

_MAY_MISS = (ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND)


@routes.add(
    "GET",
    "/stats/overview",
    accepts=ANYONE_KNOWN,
    summary="How many reports there are, are open, were resolved today, and how long that took",
    query=StatsQuery,
    answer=OverviewItem,
    errors=(*_MAY_MISS, ErrorKind.INVALID),
)
async def overview(core: Core, call: Call[None, StatsQuery]) -> OverviewItem:
    project_id = await _project_id(core, call)
    return overview_item(await read_overview(core.db, call.actor, project_id))


@routes.add(
    "GET",
    "/stats/aggregated",
    accepts=ANYONE_KNOWN,
    summary="Reports by severity, status and day, over every project that you may read",
    answer=BreakdownItem,
    errors=(ErrorKind.FORBIDDEN,),
)
async def aggregated(core: Core, call: Call[None, None]) -> BreakdownItem:
    return breakdown_item(await read_breakdown(core.db, call.actor))


@routes.add(
    "GET",
    "/stats/projects/{project_id}",
    accepts=ANYONE_KNOWN,
    summary="Reports of one project by severity, status and day",
    answer=BreakdownItem,
    errors=_MAY_MISS,
)
async def of_project(core: Core, call: Call[None, None]) -> BreakdownItem:
    project_id = await project_id_in(core, call)
    return breakdown_item(await read_breakdown(core.db, call.actor, project_id))


async def _project_id(core: Core, call: Call[None, StatsQuery]) -> UUID | None:
    text = call.query.project_id
    return None if text is None else await project_reference(core, call.actor, text)
