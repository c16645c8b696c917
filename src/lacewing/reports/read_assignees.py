"""The verb that tells who reports are assigned to."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.reports import assignee_queries
from lacewing.reports.values import Assignee, Report
from lacewing.storage import Database


async def read_assignees(db: Database, actor: Actor, reports: Sequence[Report]) -> Mapping[UUID, Assignee]:
    """By their ids, for reports that the caller may read; in one statement, or none. Raises FORBIDDEN."""
    reach = actor.projects_with(Permission.REPORTS_READ)
    assigned = [report.id for report in reports if report.assignee_id is not None]
    if not assigned:
        return {}
    found = await db.read(lambda tx: assignee_queries.of_reports(tx, reach, assigned))
    return {assignee.id: assignee for assignee in found}
