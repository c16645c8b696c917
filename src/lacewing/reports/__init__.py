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
from lacewing.reports.draft import Draft, draft_of
from lacewing.reports.export_person import PersonExport, export_person
from lacewing.reports.person_queries import OwnComment
from lacewing.reports.read_reports import CODE, DEEPEST_ROW, LARGEST_PAGE, get_report, list_reports
from lacewing.reports.read_stats import read_breakdown, read_overview
from lacewing.reports.read_usage import read_project_usage, read_usage
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
    "LONGEST_IDENTIFIER",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "OPEN_STATUSES",
    "Attachment",
    "AttachmentState",
    "Breakdown",
    "Category",
    "CompactReport",
    "Draft",
    "Evidence",
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
    "ReportFilter",
    "ReportList",
    "Severity",
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
    "draft_of",
    "export_person",
    "get_report",
    "list_reports",
    "read_breakdown",
    "read_overview",
    "read_project_usage",
    "read_usage",
    "record_deletions",
    "remove_reports",
    "submit_report",
    "sync_project",
    "upload_screenshot",
]
