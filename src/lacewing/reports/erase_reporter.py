"""The verbs that take a reporter's personal data out of reports, which stay."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import update

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.projects import get_project
from lacewing.reports import export_queries, inserts, triage_queries, updates
from lacewing.reports import retention_queries as queries
from lacewing.reports.attachment_tables import attachments
from lacewing.reports.erasure import marked, searched, without
from lacewing.reports.evidence import pack
from lacewing.reports.submit import LONGEST_IDENTIFIER
from lacewing.reports.tables import reports
from lacewing.reports.values import Evidence, Report
from lacewing.storage import Database, Transaction


@dataclass(frozen=True, slots=True)
class Erasure:
    """Whom to forget; with their attachments, if so."""

    reporter_identifier: str
    with_attachments: bool = False


@dataclass(frozen=True, slots=True)
class Erased:
    """How many of each were changed, or deleted."""

    reports: int
    attachments: int


async def erase_reporter(db: Database, actor: Actor, project_id: UUID, erasure: Erasure) -> Erased:
    """In one project. Again, it finds nothing more. Raises INVALID, NOT_FOUND, FORBIDDEN."""
    project = await get_project(db, actor, project_id, Permission.REPORTS_DELETE)
    return await _erase(db, actor, project.organization_id, [project.place], erasure)


async def erase_reporter_everywhere(
    db: Database, actor: Actor, organization_id: UUID, erasure: Erasure
) -> Erased:
    """In all of an organization's projects. Raises INVALID, NOT_FOUND, FORBIDDEN."""
    actor.require_in_organization(Permission.REPORTS_DELETE, organization_id)
    found = await db.read(lambda tx: export_queries.projects_of(tx, organization_id))
    return await _erase(db, actor, organization_id, [project.place for project in found], erasure)


async def _erase(
    db: Database, actor: Actor, organization_id: UUID, places: Sequence[Place], erasure: Erasure
) -> Erased:
    checks = Checks()
    checks.text("reporter_identifier", erasure.reporter_identifier, shortest=1, longest=LONGEST_IDENTIFIER)
    checks.finish()
    parts = [await _erase_in(db, place, erasure) for place in places]
    erased = Erased(sum(part.reports for part in parts), sum(part.attachments for part in parts))
    project_id = places[0].project_id if len(places) == 1 else None
    await db.write(lambda tx: _record(tx, actor, organization_id, project_id, erased))
    return erased


async def _erase_in(db: Database, place: Place, erasure: Erasure) -> Erased:
    """A part at a time, each with its evidence rewritten before its unit begins."""
    after, erased = 0, Erased(0, 0)
    named = searched(erasure.reporter_identifier)
    find = partial(queries.reports_of_reporter, place=place, identifier=erasure.reporter_identifier)
    while found := await db.read(partial(find, after=after), is_long=True):
        rewritten = {report_id: without(evidence, named) for _, report_id, evidence in found}
        forget = partial(_forget, place=place, erasure=erasure, named=named, rewritten=rewritten)
        part = await db.write(forget, is_alone=True)
        erased = Erased(erased.reports + part.reports, erased.attachments + part.attachments)
        after = found[-1][0]
    return erased


def _forget(
    tx: Transaction, place: Place, erasure: Erasure, named: re.Pattern[str], rewritten: dict[UUID, Evidence]
) -> Erased:
    updates.take_turns(tx, place)
    there = triage_queries.rows(tx, place, list(rewritten))
    mine = [report for report in there if report.reporter_identifier is not None]
    updates.update_reports(tx, place, mine)
    if not mine:
        return Erased(0, 0)
    events.forget_origins(tx, place.organization_id, [(report.id, report.created_at) for report in mine])
    ids = [report.id for report in mine]
    tx.execute(update(reports).where(reports.c.id.in_(ids)).values(reporter_identifier=None))
    for report in mine:
        inserts.replace_evidence(tx, report.id, pack(rewritten[report.id]))
        _forget_page(tx, report, named)
    return Erased(len(ids), _detach(tx, ids) if erasure.with_attachments else 0)


def _forget_page(tx: Transaction, report: Report, named: re.Pattern[str]) -> None:
    """Which was read from the evidence."""
    if report.page is not None and named.search(report.page):
        row = update(reports).where(reports.c.id == report.id)
        tx.execute(row.values(page=marked(report.page, named)))


def _detach(tx: Transaction, report_ids: Sequence[UUID]) -> int:
    """What no report has any more is swept away, its bytes included."""
    its = attachments.c.report_id.in_(report_ids)
    return tx.execute(update(attachments).where(its).values(report_id=None)).rowcount


def _record(
    tx: Transaction, actor: Actor, organization_id: UUID, project_id: UUID | None, erased: Erased
) -> None:
    """Whom it was about is not told: that would keep it."""
    told = events.by_actor(
        EventKind.REPORTER_ERASED,
        actor,
        organization_id=organization_id,
        project_id=project_id,
        subject_id=project_id or organization_id,
        data={"reports": str(erased.reports), "attachments": str(erased.attachments)},
    )
    events.append(tx, told)
