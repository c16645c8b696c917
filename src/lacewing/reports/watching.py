"""The verbs of those who want to hear of a report, and the step that makes somebody one of them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.kit.errors import not_found
from lacewing.reports import people_queries, triage_queries, updates
from lacewing.reports.locate import locate
from lacewing.reports.triage_tables import report_watchers
from lacewing.reports.values import Found, Report, Watcher
from lacewing.storage import Database, Statement, Transaction, upsert

_WATCHED = Statement(upsert(report_watchers).on_conflict_do_nothing(), int)


async def watch_report(db: Database, actor: Actor, reference: UUID | str) -> None:
    """Again is nothing more. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    person = actor.require_self(Permission.REPORTS_READ)
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    await db.write(lambda tx: _watch(tx, found, person.id))


async def unwatch_report(db: Database, actor: Actor, reference: UUID | str) -> None:
    """Again is nothing more. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    person = actor.require_self(Permission.REPORTS_READ)
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    row = (report_watchers.c.report_id == found.id, report_watchers.c.person_id == person.id)
    await db.write(lambda tx: tx.execute(delete(report_watchers).where(*row)).rowcount)


async def list_watchers(db: Database, actor: Actor, reference: UUID | str) -> list[Watcher]:
    """Those who may still read it, the first one first. Raises NOT_FOUND, FORBIDDEN, CONFLICT
    `ambiguous_code`.
    """
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    return await db.read(lambda tx: people_queries.watchers(tx, found.place, found.id))


def add_watchers(tx: Transaction, pairs: Iterable[tuple[Report, UUID]]) -> None:
    """Each person beside a report watches it from now on."""
    rows = [
        {
            "report_id": report.id,
            "person_id": person_id,
            "organization_id": report.organization_id,
            "created_at": tx.now,
        }
        for report, person_id in sorted(pairs)
    ]
    if rows:
        _WATCHED.run_many(tx, rows)


def _watch(tx: Transaction, found: Found, person_id: UUID) -> None:
    updates.take_turns(tx, found.place)
    present = triage_queries.rows(tx, found.place, [found.id])
    if not present:
        raise not_found("Report")
    add_watchers(tx, [(present[0], person_id)])
