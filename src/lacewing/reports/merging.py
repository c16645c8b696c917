"""The verbs that make reports duplicates of another, and take that back. All keep what they are."""

from collections.abc import Sequence

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.errors import LacewingError
from lacewing.reports.apply import the_one
from lacewing.reports.at_once import Reference, change_each
from lacewing.reports.locate import locate_live
from lacewing.reports.merge_steps import bad_target, merge_all, unmerge_all
from lacewing.reports.read_reports import get_report
from lacewing.reports.values import BulkOutcome, Found, FullReport
from lacewing.storage import Database


async def merge_report(db: Database, actor: Actor, reference: Reference, into: Reference) -> FullReport:
    """Closed, as a duplicate of `into`, which is answered with all its duplicates. Its own become those of
    `into` too. To merge it there again is no error.

    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT: `already_merged`, `ambiguous_code`, `project_deleted`,
    `target_is_duplicate`.
    """
    found = await _readable(db, actor, reference)
    target = await _target(db, actor, into)
    await db.write(lambda tx: the_one(merge_all(tx, actor, found.place, [found.id], target)))
    return await get_report(db, actor, target.id)


async def unmerge_report(db: Database, actor: Actor, reference: Reference) -> FullReport:
    """A report of its own again, with the status that it had.

    Raises NOT_FOUND, FORBIDDEN, CONFLICT: `ambiguous_code`, `not_merged`, `project_deleted`.
    """
    found = await _readable(db, actor, reference)
    await db.write(lambda tx: the_one(unmerge_all(tx, actor, found.place, [found.id])))
    return await get_report(db, actor, found.id)


async def merge_reports(
    db: Database, actor: Actor, references: Sequence[Reference], into: Reference
) -> list[BulkOutcome]:
    """From 1 to 500 ids or codes, each as `merge_report` does, in one transaction.

    Raises INVALID, and of `into` FORBIDDEN, CONFLICT: `ambiguous_code`, `project_deleted`.
    """
    target = await _target(db, actor, into)
    return await change_each(
        db,
        actor,
        references,
        Permission.REPORTS_WRITE,
        lambda tx, place, ids: merge_all(tx, actor, place, ids, target),
    )


async def unmerge_reports(db: Database, actor: Actor, references: Sequence[Reference]) -> list[BulkOutcome]:
    """From 1 to 500 ids or codes, each as `unmerge_report` does, in one transaction. Raises INVALID."""
    return await change_each(
        db,
        actor,
        references,
        Permission.REPORTS_WRITE,
        lambda tx, place, ids: unmerge_all(tx, actor, place, ids),
    )


async def _readable(db: Database, actor: Actor, reference: Reference) -> Found:
    """The answer is a report."""
    found = await locate_live(db, actor, Permission.REPORTS_WRITE, reference)
    actor.require(Permission.REPORTS_READ, found.place, "Report")
    return found


async def _target(db: Database, actor: Actor, into: Reference) -> Found:
    try:
        return await _readable(db, actor, into)
    except LacewingError as refusal:
        if refusal.code != "not_found":
            raise
        raise bad_target("must be a report of the same project") from refusal
