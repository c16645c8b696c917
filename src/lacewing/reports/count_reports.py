"""The verb behind an overview of projects."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.reports import queries
from lacewing.reports.values import ReportCounts
from lacewing.storage import Database


async def count_reports(db: Database, actor: Actor) -> dict[UUID, ReportCounts]:
    """By project, from the counters; a project that never had a report is missing. Raises FORBIDDEN."""
    reach = actor.projects_with(Permission.REPORTS_READ)
    counted = await db.read(lambda tx: queries.counts(tx, reach))
    return {counts.project_id: counts for counts in counted}
