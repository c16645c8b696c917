"""The verb that tells what became of a report, by whom."""

from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.checks import Checks
from lacewing.reports import history_queries
from lacewing.reports.locate import locate
from lacewing.reports.values import Found, History
from lacewing.storage import Database, Transaction

LARGEST_HISTORY_PAGE = 100


async def read_history(
    db: Database, actor: Actor, reference: UUID | str, cursor: UUID | None = None, size: int = 50
) -> History:
    """The newest first, its creation last.

    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`.
    """
    checks = Checks()
    if not 1 <= size <= LARGEST_HISTORY_PAGE:
        checks.refuse("limit", f"must be from 1 to {LARGEST_HISTORY_PAGE}", "out_of_range")
    checks.finish()
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    return await db.read(lambda tx: _history(tx, found, cursor, size))


def _history(tx: Transaction, found: Found, cursor: UUID | None, size: int) -> History:
    organization_id = found.place.organization_id
    told = history_queries.changes(tx, organization_id, found.id, cursor, size + 1)
    if len(told) <= size:
        creation = history_queries.creation(tx, organization_id, found.id)
        told += [] if creation is None else [creation]
    items = tuple(told[:size])
    return History(items, items[-1].id if len(told) > size else None)
