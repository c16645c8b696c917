"""The verb that shows a report."""

import re
from collections.abc import Iterable
from uuid import UUID

from lacewing.access.actor import Actor, Reach
from lacewing.access.permissions import Permission
from lacewing.kit.errors import LacewingError, conflict, not_found
from lacewing.reports import attachment_queries, queries, triage_queries
from lacewing.reports.attachment_values import Attachment
from lacewing.reports.evidence import unpack
from lacewing.reports.values import Duplicate, Found, FullReport, Report
from lacewing.storage import Database, Transaction

CODE = re.compile(r"([A-Za-z0-9]{2,10})-([0-9]{1,9})")


async def get_report(
    db: Database, actor: Actor, reference: UUID | str, project_id: UUID | None = None
) -> FullReport:
    """By id or by code (`WEB-42`, any case), in one project if that is given.

    Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`.
    """
    reach = actor.projects_with(Permission.REPORTS_READ)
    found, attached = await db.read(lambda tx: _find(tx, reach, reference, project_id))
    if not found:
        raise not_found("Report")
    if len(found) > 1:
        ids = [stored.report.id for stored in found]
        raise ambiguous(reference, await db.read(lambda tx: triage_queries.found_by_ids(tx, reach, ids)))
    [stored] = found
    duplicates = await _duplicates(db, stored.report)
    evidence = unpack(stored.packed_evidence)
    return FullReport(stored.report, evidence, attachments=attached, duplicates=duplicates)


def ambiguous(reference: UUID | str, found: Iterable[Found]) -> LacewingError:
    """Naming the candidates (contract A8)."""
    names = ", ".join(sorted(f"{each.organization_slug}/{each.tracking_id}" for each in found))
    return conflict("ambiguous_code", f"Several reports are called {reference}: {names}.")


async def _duplicates(db: Database, report: Report) -> tuple[Duplicate, ...]:
    """Most have none, which their row says."""
    return await db.read(lambda tx: triage_queries.told_duplicates(tx, report)) if report.duplicates else ()


def _find(
    tx: Transaction, reach: Reach, reference: UUID | str, project_id: UUID | None
) -> tuple[list[queries.Stored], tuple[Attachment, ...]]:
    """All that it could mean; if that is one report, with its attachments."""
    found = _meant(tx, reach, reference)
    if project_id is not None:
        found = [stored for stored in found if stored.report.project_id == project_id]
    if len(found) != 1 or not found[0].has_attachments:
        return found, ()
    return found, attachment_queries.of_report(tx, found[0].report.id)


def _meant(tx: Transaction, reach: Reach, reference: UUID | str) -> list[queries.Stored]:
    if isinstance(reference, UUID):
        found = queries.by_id(tx, reach, reference)
        return [] if found is None else [found]
    code = CODE.fullmatch(reference)
    if code is None:
        return []
    return queries.by_number(tx, reach, code[1].upper(), int(code[2]))
