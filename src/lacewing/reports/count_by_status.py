"""The verb that tells how many reports of each project stand where."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.reports import status_queries
from lacewing.reports.values import Status
from lacewing.storage import Database


async def count_by_status(db: Database, actor: Actor) -> Mapping[UUID, Mapping[Status, int]]:
    """By project, from the counters; what never occurred is missing. Raises FORBIDDEN."""
    reach = actor.projects_with(Permission.REPORTS_READ)
    found: defaultdict[UUID, dict[Status, int]] = defaultdict(dict)
    for counted in await db.read(lambda tx: status_queries.counts(tx, reach)):
        found[counted.project_id][counted.status] = counted.reports
    return found
