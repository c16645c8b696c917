"""The heart: reports, which are tickets too."""

from lacewing.reports.attachment_values import (
    LARGEST_FILE,
    Attachment,
    AttachmentState,
    Reference,
    Upload,
    Use,
    Variant,
)
from lacewing.reports.count_reports import count_reports
from lacewing.reports.delete_report import delete_report, record_deletions, remove_reports
from lacewing.reports.document import ReportDocument, read_document
from lacewing.reports.document_json import document_of
from lacewing.reports.draft import Draft, draft_of
from lacewing.reports.export import export_organization, export_project
from lacewing.reports.export_person import PersonExport, export_person
from lacewing.reports.export_values import Export
from lacewing.reports.har import har_of
from lacewing.reports.markdown import LEAST_TOKENS, MOST_TOKENS, USUAL_TOKENS, markdown_of
from lacewing.reports.person_queries import OwnComment
from lacewing.reports.read_reports import CODE, DEEPEST_ROW, LARGEST_PAGE, get_report, list_reports
from lacewing.reports.read_stats import read_breakdown, read_overview
from lacewing.reports.read_usage import read_project_usage, read_usage
from lacewing.reports.similar_reports import MOST_SIMILAR, USUAL_THRESHOLD, SimilarReport, similar_reports
from lacewing.reports.stats_values import Breakdown, Overview, ProjectUsage, Usage
from lacewing.reports.submit import LONGEST_IDENTIFIER, LONGEST_TEXT, LONGEST_TITLE, submit_report
from lacewing.reports.sync import sync_project
from lacewing.reports.sync_values import CompactReport, Sync, SyncPart
from lacewing.reports.upload import upload_screenshot
from lacewing.reports.values import (
    OPEN_STATUSES,
    Category,
    Evidence,
    FullReport,
    NewReport,
    Page,
    Report,
    ReportCounts,
    ReportFilter,
    ReportList,
    Severity,
    SortBy,
    Status,
)

__all__ = [
    "CODE",
    "DEEPEST_ROW",
    "LARGEST_FILE",
    "LARGEST_PAGE",
    "LEAST_TOKENS",
    "LONGEST_IDENTIFIER",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MOST_SIMILAR",
    "MOST_TOKENS",
    "OPEN_STATUSES",
    "USUAL_THRESHOLD",
    "USUAL_TOKENS",
    "Attachment",
    "AttachmentState",
    "Breakdown",
    "Category",
    "CompactReport",
    "Draft",
    "Evidence",
    "Export",
    "FullReport",
    "NewReport",
    "Overview",
    "OwnComment",
    "Page",
    "PersonExport",
    "ProjectUsage",
    "Reference",
    "Report",
    "ReportCounts",
    "ReportDocument",
    "ReportFilter",
    "ReportList",
    "Severity",
    "SimilarReport",
    "SortBy",
    "Status",
    "Sync",
    "SyncPart",
    "Upload",
    "Usage",
    "Use",
    "Variant",
    "count_reports",
    "delete_report",
    "document_of",
    "draft_of",
    "export_organization",
    "export_person",
    "export_project",
    "get_report",
    "har_of",
    "list_reports",
    "markdown_of",
    "read_breakdown",
    "read_document",
    "read_overview",
    "read_project_usage",
    "read_usage",
    "record_deletions",
    "remove_reports",
    "similar_reports",
    "submit_report",
    "sync_project",
    "upload_screenshot",
]
