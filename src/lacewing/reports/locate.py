"""From what stands for a report to the report that somebody may do something with."""

from uuid import UUID

from lacewing.access.actor import Actor, Reach
from lacewing.access.permissions import Permission
from lacewing.kit.errors import LacewingError, conflict, not_found
from lacewing.reports import triage_queries
from lacewing.reports.read_reports import CODE, ambiguous
from lacewing.reports.values import Found
from lacewing.storage import Database, Transaction


async def locate(db: Database, actor: Actor, permission: Permission, reference: UUID | str) -> Found:
    """By id or code, for whoever holds `permission` in its project.

    Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`.
    """
    sight = actor.sight()
    found = await db.read(lambda tx: _found(tx, sight, reference))
    if not found:
        raise not_found("Report")
    if len(found) > 1:
        raise ambiguous(reference, found)
    actor.require(permission, found[0].place, "Report")
    return found[0]


async def locate_live(db: Database, actor: Actor, permission: Permission, reference: UUID | str) -> Found:
    """The same for what changes it. Raises CONFLICT `project_deleted` besides: such reports are only read."""
    found = await locate(db, actor, permission, reference)
    if found.is_of_deleted_project:
        raise project_deleted()
    return found


def project_deleted() -> LacewingError:
    return conflict("project_deleted", "The report's project was deleted: it can only be read.")


def _found(tx: Transaction, sight: Reach, reference: UUID | str) -> list[Found]:
    if isinstance(reference, UUID):
        return triage_queries.found_by_id(tx, sight, reference)
    code = CODE.fullmatch(reference)
    if code is None:
        return []
    return triage_queries.found_by_number(tx, sight, code[1].upper(), int(code[2]))
