"""The verb that hands out a whole project, and later what has changed in it."""

from collections.abc import AsyncIterator
from functools import partial
from uuid import UUID

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.kit.errors import not_found
from lacewing.projects import get_project
from lacewing.reports import sync_queries
from lacewing.reports.sync_values import Sync, SyncPart
from lacewing.reports.values import OPEN_STATUSES
from lacewing.storage import Database, Transaction

PART_ROWS = 500


async def sync_project(db: Database, actor: Actor, project_id: UUID, since: int | None = None) -> Sync:
    """What brings a copy that is at the change `since` up to date; without one, or with one that the project
    has not reached (a backup was restored), the whole. Raises NOT_FOUND (a deleted project too), FORBIDDEN.

    The last change is read before all else: whoever takes a change holds the project's counter until its
    COMMIT, so all up to it can be read. What changes while the parts are read is told now or by the next
    sync, never lost.
    """
    project = await get_project(db, actor, project_id, Permission.REPORTS_READ)
    if project.deleted_at is not None:
        raise not_found("Project")
    place = project.place
    change, count = await db.read(lambda tx: _standing(tx, place))
    if since is None or since > change:
        return Sync(project, change, True, count, _whole(db, place))
    return Sync(project, change, False, count, _changes(db, place, since, change))


def _standing(tx: Transaction, place: Place) -> tuple[int, int]:
    return sync_queries.last_change(tx, place), sync_queries.open_count(tx, place)


async def _whole(db: Database, place: Place) -> AsyncIterator[SyncPart]:
    for status in sorted(OPEN_STATUSES):
        before = sync_queries.NEWEST
        page = partial(sync_queries.in_status, place=place, status=status, most=PART_ROWS)
        while found := await db.read(partial(page, before=before)):
            yield SyncPart(reports=tuple(found))
            before = found[-1].created_at, found[-1].id


async def _changes(db: Database, place: Place, since: int, until: int) -> AsyncIterator[SyncPart]:
    page = partial(sync_queries.changed, place=place, until=until, most=PART_ROWS)
    after = since
    while found := await db.read(partial(page, since=after)):
        yield SyncPart(reports=tuple(found))
        after = found[-1].change
    async for part in _deletions(db, place, since, until):
        yield part


async def _deletions(db: Database, place: Place, since: int, until: int) -> AsyncIterator[SyncPart]:
    page = partial(sync_queries.gone, place=place, until=until, most=PART_ROWS)
    while found := await db.read(partial(page, since=since)):
        yield SyncPart(gone=tuple(report_id for _, report_id in found))
        since = found[-1].change
