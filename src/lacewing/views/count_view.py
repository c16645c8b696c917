"""The verb that counts what a view finds now, for who asks."""

from dataclasses import dataclass
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.errors import not_found
from lacewing.projects import get_live_project
from lacewing.reports import Page, ReportFilter, list_reports, parse_query, wanted_by
from lacewing.storage import Database
from lacewing.views import queries


@dataclass(frozen=True, slots=True)
class ViewCount:
    """Reports of the project; `is_capped` if there are more than could be counted at once."""

    total: int
    is_capped: bool


async def count_view(db: Database, actor: Actor, project_id: UUID, view_id: UUID) -> ViewCount:
    """As the list of the same query tells its total. Raises NOT_FOUND, FORBIDDEN."""
    person = actor.require_self(Permission.REPORTS_READ)
    place = (await get_live_project(db, actor, project_id, Permission.REPORTS_READ)).place
    view = await db.read(lambda tx: queries.one(tx, place, person.id, view_id))
    if view is None:
        raise not_found("View")
    wanted = wanted_by(parse_query(view.query), actor, db.clock())
    found = await list_reports(db, actor, ReportFilter(project_id=project_id, query=wanted), Page(1, 1))
    return ViewCount(found.total, found.is_capped)
