"""The verb that reads all of one report, for what is made of it as a whole."""

from dataclasses import dataclass
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.reports import attachment_queries, export_queries, history_queries
from lacewing.reports.attachment_values import Attachment
from lacewing.reports.export_values import CommentLine
from lacewing.reports.read_reports import get_report
from lacewing.reports.values import FullReport, HistoryEntry
from lacewing.storage import Database, Transaction


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """Comments are the first MOST_LINES, the oldest first; `history` the last as many, the newest first."""

    full: FullReport
    comments: tuple[CommentLine, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    attachments: tuple[Attachment, ...] = ()


async def read_document(
    db: Database, actor: Actor, reference: UUID | str, project_id: UUID | None = None
) -> ReportDocument:
    """A report with its evidence and all that hangs on it.

    Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`.
    """
    full = await get_report(db, actor, reference, project_id)
    return await db.read(lambda tx: _document(tx, full))


def _document(tx: Transaction, full: FullReport) -> ReportDocument:
    organization_id, report_id = full.report.organization_id, full.report.id
    changes = history_queries.changes(tx, organization_id, report_id, None, export_queries.MOST_LINES)
    return ReportDocument(
        full,
        tuple(export_queries.comments_of(tx, [report_id])),
        tuple(changes),
        attachment_queries.of_report(tx, report_id),
    )
