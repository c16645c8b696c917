"""The heart: reports, which are tickets too."""

from lacewing.reports.read_reports import CODE, get_report, list_reports
from lacewing.reports.submit import submit_report
from lacewing.reports.values import (
    OPEN_STATUSES,
    Category,
    Evidence,
    FullReport,
    NewReport,
    Page,
    Report,
    ReportFilter,
    ReportList,
    Severity,
    SortBy,
    Status,
)

__all__ = [
    "CODE",
    "OPEN_STATUSES",
    "Category",
    "Evidence",
    "FullReport",
    "NewReport",
    "Page",
    "Report",
    "ReportFilter",
    "ReportList",
    "Severity",
    "SortBy",
    "Status",
    "get_report",
    "list_reports",
    "submit_report",
]
