"""The verb that reads all of one report, for what is made of it as a whole."""

from dataclasses import dataclass
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.reports import export_queries
from lacewing.reports.export_values import CommentLine
from lacewing.reports.read_reports import get_report
from lacewing.reports.values import FullReport
from lacewing.storage import Database


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """Comments are the oldest first, up to MOST_LINES of them."""

    full: FullReport
    comments: tuple[CommentLine, ...] = ()


async def read_document(
    db: Database, actor: Actor, reference: UUID | str, project_id: UUID | None = None
) -> ReportDocument:
    """A report with its evidence and comments. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    full = await get_report(db, actor, reference, project_id)
    report_id = full.report.id
    comments = await db.read(lambda tx: export_queries.comments_of(tx, [report_id]))
    return ReportDocument(full, tuple(comments))
