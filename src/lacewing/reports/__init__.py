"""The heart: reports, which are tickets too."""

from lacewing.reports.at_once import MOST_AT_ONCE
from lacewing.reports.attach import attach_file, delete_attachment, list_attachments
from lacewing.reports.attachment_leases import release_pictures
from lacewing.reports.attachment_queries import of_report as attachments_of
from lacewing.reports.attachment_values import (
    LARGEST_FILE,
    Attachment,
    AttachmentState,
    Reference,
    Upload,
    Use,
    Variant,
)
from lacewing.reports.beginnings import ids_beginning
from lacewing.reports.bulk_change import change_reports, delete_reports
from lacewing.reports.change_report import change_report
from lacewing.reports.cleanse import cleanse_text
from lacewing.reports.comment_queries import comments_by_id
from lacewing.reports.commenting import (
    LONGEST_COMMENT,
    add_comment,
    add_reporter_comment,
    check_comment,
    comment_on_reports,
    delete_comment,
    delete_comments,
    list_comments,
)
from lacewing.reports.conditions import Condition, Field, ReportFilter, Wanted
from lacewing.reports.count_by_status import count_by_status
from lacewing.reports.count_reports import count_reports
from lacewing.reports.delete_report import delete_report, record_deletions, remove_reports
from lacewing.reports.differences import field_changes
from lacewing.reports.document import ReportDocument, read_document
from lacewing.reports.document_json import document_of
from lacewing.reports.draft import Draft, draft_of
from lacewing.reports.erase_reporter import Erased, Erasure, erase_reporter, erase_reporter_everywhere
from lacewing.reports.evidence import unpack
from lacewing.reports.export import export_organization, export_project
from lacewing.reports.export_person import PersonExport, export_person
from lacewing.reports.export_values import Export
from lacewing.reports.har import har_of
from lacewing.reports.import_reports import MOST_IMPORTED_AT_ONCE, import_reports, known_reports
from lacewing.reports.import_values import Known, PastChange, PastComment, PastFile, PastReport, Taken
from lacewing.reports.label_steps import LONGEST_LABEL, MOST_LABELS_OF_REPORT
from lacewing.reports.labelling import (
    COLOR,
    USUAL_COLOR,
    LabelChange,
    change_label,
    create_label,
    delete_label,
    list_labels,
)
from lacewing.reports.links import Link, Opened, open_link, sign_link
from lacewing.reports.list_reports import DEEPEST_ROW, LARGEST_PAGE, list_reports
from lacewing.reports.locate import locate
from lacewing.reports.make_pictures import make_pictures, sweep_attachments
from lacewing.reports.markdown import LEAST_TOKENS, MOST_TOKENS, USUAL_TOKENS, markdown_of
from lacewing.reports.merging import merge_report, merge_reports, unmerge_report, unmerge_reports
from lacewing.reports.name_reporter import name_reporter
from lacewing.reports.person_queries import OwnComment
from lacewing.reports.query_language import LONGEST_QUERY, parse_query
from lacewing.reports.query_meaning import wanted_by
from lacewing.reports.query_values import Query
from lacewing.reports.read_assignees import read_assignees
from lacewing.reports.read_history import LARGEST_HISTORY_PAGE, read_history
from lacewing.reports.read_reports import CODE, get_report
from lacewing.reports.read_stats import read_breakdown, read_overview
from lacewing.reports.read_usage import read_project_usage, read_usage
from lacewing.reports.retention import LONGEST_DAYS, expire_reports, read_retention, set_retention
from lacewing.reports.retention_queries import who_changes
from lacewing.reports.retention_values import Retention
from lacewing.reports.similar_reports import MOST_SIMILAR, USUAL_THRESHOLD, SimilarReport, similar_reports
from lacewing.reports.stats_values import Breakdown, Overview, ProjectUsage, Usage
from lacewing.reports.stored_blobs import StoredBlobs, stored_blobs
from lacewing.reports.submit import LONGEST_IDENTIFIER, LONGEST_TEXT, LONGEST_TITLE, submit_report
from lacewing.reports.sweep_purged import sweep_purged
from lacewing.reports.sync import sync_project
from lacewing.reports.sync_values import CompactReport, Sync, SyncPart
from lacewing.reports.triage_queries import reports_by_id
from lacewing.reports.upload import upload_attachment, upload_screenshot
from lacewing.reports.values import (
    OPEN_STATUSES,
    Assignee,
    BulkOutcome,
    Category,
    Comment,
    Duplicate,
    Evidence,
    FieldChange,
    Found,
    FullReport,
    History,
    HistoryEntry,
    Label,
    NewReport,
    Page,
    Reopen,
    Report,
    ReportChange,
    ReportCounts,
    ReportList,
    Severity,
    SortBy,
    Status,
    Watcher,
)
from lacewing.reports.watching import list_watchers, unwatch_report, watch_report

__all__ = [
    "CODE",
    "COLOR",
    "DEEPEST_ROW",
    "LARGEST_FILE",
    "LARGEST_HISTORY_PAGE",
    "LARGEST_PAGE",
    "LEAST_TOKENS",
    "LONGEST_COMMENT",
    "LONGEST_DAYS",
    "LONGEST_IDENTIFIER",
    "LONGEST_LABEL",
    "LONGEST_QUERY",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MOST_AT_ONCE",
    "MOST_IMPORTED_AT_ONCE",
    "MOST_LABELS_OF_REPORT",
    "MOST_SIMILAR",
    "MOST_TOKENS",
    "OPEN_STATUSES",
    "USUAL_COLOR",
    "USUAL_THRESHOLD",
    "USUAL_TOKENS",
    "Assignee",
    "Attachment",
    "AttachmentState",
    "Breakdown",
    "BulkOutcome",
    "Category",
    "Comment",
    "CompactReport",
    "Condition",
    "Draft",
    "Duplicate",
    "Erased",
    "Erasure",
    "Evidence",
    "Export",
    "Field",
    "FieldChange",
    "Found",
    "FullReport",
    "History",
    "HistoryEntry",
    "Known",
    "Label",
    "LabelChange",
    "Link",
    "NewReport",
    "Opened",
    "Overview",
    "OwnComment",
    "Page",
    "PastChange",
    "PastComment",
    "PastFile",
    "PastReport",
    "PersonExport",
    "ProjectUsage",
    "Query",
    "Reference",
    "Reopen",
    "Report",
    "ReportChange",
    "ReportCounts",
    "ReportDocument",
    "ReportFilter",
    "ReportList",
    "Retention",
    "Severity",
    "SimilarReport",
    "SortBy",
    "Status",
    "StoredBlobs",
    "Sync",
    "SyncPart",
    "Taken",
    "Upload",
    "Usage",
    "Use",
    "Variant",
    "Wanted",
    "Watcher",
    "add_comment",
    "add_reporter_comment",
    "attach_file",
    "attachments_of",
    "change_label",
    "change_report",
    "change_reports",
    "check_comment",
    "cleanse_text",
    "comment_on_reports",
    "comments_by_id",
    "count_by_status",
    "count_reports",
    "create_label",
    "delete_attachment",
    "delete_comment",
    "delete_comments",
    "delete_label",
    "delete_report",
    "delete_reports",
    "document_of",
    "draft_of",
    "erase_reporter",
    "erase_reporter_everywhere",
    "expire_reports",
    "export_organization",
    "export_person",
    "export_project",
    "field_changes",
    "get_report",
    "har_of",
    "ids_beginning",
    "import_reports",
    "known_reports",
    "list_attachments",
    "list_comments",
    "list_labels",
    "list_reports",
    "list_watchers",
    "locate",
    "make_pictures",
    "markdown_of",
    "merge_report",
    "merge_reports",
    "name_reporter",
    "open_link",
    "parse_query",
    "read_assignees",
    "read_breakdown",
    "read_document",
    "read_history",
    "read_overview",
    "read_project_usage",
    "read_retention",
    "read_usage",
    "record_deletions",
    "release_pictures",
    "remove_reports",
    "reports_by_id",
    "set_retention",
    "sign_link",
    "similar_reports",
    "stored_blobs",
    "submit_report",
    "sweep_attachments",
    "sweep_purged",
    "sync_project",
    "unmerge_report",
    "unmerge_reports",
    "unpack",
    "unwatch_report",
    "upload_attachment",
    "upload_screenshot",
    "wanted_by",
    "watch_report",
    "who_changes",
]
