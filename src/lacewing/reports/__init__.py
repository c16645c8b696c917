"""The heart: reports, which are tickets too."""

from lacewing.reports.count_reports import count_reports
from lacewing.reports.delete_report import delete_report, record_deletions, remove_reports
from lacewing.reports.draft import Draft, draft_of
from lacewing.reports.read_reports import CODE, DEEPEST_ROW, LARGEST_PAGE, get_report, list_reports
from lacewing.reports.submit import LONGEST_IDENTIFIER, LONGEST_TEXT, LONGEST_TITLE, submit_report
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
    "LARGEST_PAGE",
    "LONGEST_IDENTIFIER",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "OPEN_STATUSES",
    "Category",
    "Draft",
    "Evidence",
    "FullReport",
    "NewReport",
    "Page",
    "Report",
    "ReportCounts",
    "ReportFilter",
    "ReportList",
    "Severity",
    "SortBy",
    "Status",
    "count_reports",
    "delete_report",
    "draft_of",
    "get_report",
    "list_reports",
    "record_deletions",
    "remove_reports",
    "submit_report",
]
