"""The verbs that list and show reports."""

import re
from uuid import UUID

from lacewing.access.actor import Actor, Reach
from lacewing.access.permissions import Permission
from lacewing.kit.checks import Checks
from lacewing.kit.errors import conflict, not_found
from lacewing.reports import attachment_queries, queries, triage_queries
from lacewing.reports.attachment_values import Attachment
from lacewing.reports.evidence import unpack
from lacewing.reports.values import Duplicate, FullReport, Page, Report, ReportFilter, ReportList
from lacewing.storage import Database, Transaction

LARGEST_PAGE = 100
DEEPEST_ROW = 1_000_000
CODE = re.compile(r"([A-Za-z0-9]{2,10})-([0-9]{1,9})")


async def list_reports(db: Database, actor: Actor, wanted: ReportFilter, page: Page) -> ReportList:
    """Newest first, from every project that the caller may read. Raises INVALID (page), FORBIDDEN, NOT_FOUND
    (the project or organization that it is to be confined to).
    """
    _check(page)
    reach = actor.projects_with(Permission.REPORTS_READ)
    if wanted.organization_id is not None and not actor.is_in(wanted.organization_id):
        raise not_found("Organization")
    is_long = bool(wanted.search)
    return await db.read(lambda tx: _list(tx, reach, wanted, page), is_long=is_long)


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
        raise conflict("ambiguous_code", f"Several organizations of yours have a report {reference}.")
    report, packed = found[0]
    duplicates = await _duplicates(db, report)
    return FullReport(report, unpack(packed), attachments=attached, duplicates=duplicates)


async def _duplicates(db: Database, report: Report) -> tuple[Duplicate, ...]:
    """Most have none, which their row says."""
    return await db.read(lambda tx: triage_queries.told_duplicates(tx, report)) if report.duplicates else ()


def _check(page: Page) -> None:
    checks = Checks()
    if not 1 <= page.size <= LARGEST_PAGE:
        checks.refuse("page_size", f"must be from 1 to {LARGEST_PAGE}", "out_of_range")
    if page.number < 1 or page.number * page.size > DEEPEST_ROW:
        checks.refuse("page", f"must be from 1 to {DEEPEST_ROW // max(1, page.size)}", "out_of_range")
    checks.finish()


def _list(tx: Transaction, reach: Reach, wanted: ReportFilter, page: Page) -> ReportList:
    covered = queries.places(tx, reach, wanted)
    if not covered and wanted.project_id is not None:
        raise not_found("Project")
    if not covered:
        return ReportList((), 0, is_capped=False, page=page)
    total = queries.total(tx, covered, wanted)
    is_capped = (bool(wanted.search) or wanted.created_since is not None) and total > queries.MAX_COUNTED
    items = queries.page(tx, covered, wanted, page)
    return ReportList(tuple(items), min(total, queries.MAX_COUNTED) if is_capped else total, is_capped, page)


def _find(
    tx: Transaction, reach: Reach, reference: UUID | str, project_id: UUID | None
) -> tuple[list[tuple[Report, bytes | None]], tuple[Attachment, ...]]:
    """All that it could mean; if that is one report, with its attachments."""
    found = _meant(tx, reach, reference)
    if project_id is not None:
        found = [(report, packed) for report, packed in found if report.project_id == project_id]
    return found, attachment_queries.of_report(tx, found[0][0].id) if len(found) == 1 else ()


def _meant(tx: Transaction, reach: Reach, reference: UUID | str) -> list[tuple[Report, bytes | None]]:
    if isinstance(reference, UUID):
        found = queries.by_id(tx, reach, reference)
        return [] if found is None else [found]
    code = CODE.fullmatch(reference)
    if code is None:
        return []
    return queries.by_number(tx, reach, code[1].upper(), int(code[2]))
