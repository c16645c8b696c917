"""Reports on the wire."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.http.attachment_links import Linker
from lacewing.http.bugspark.wire_attachments import url_of
from lacewing.http.endpoint import Reply
from lacewing.http.shapes import Instant, several_of, text
from lacewing.reports import (
    DEEPEST_ROW,
    LARGEST_PAGE,
    LONGEST_IDENTIFIER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Category,
    Evidence,
    FullReport,
    NewReport,
    Reference,
    Report,
    ReportList,
    Severity,
    SortBy,
    Status,
    Use,
    draft_of,
)

ALSO_STATUSES = {"open": frozenset({Status.NEW, Status.TRIAGING}), "dismissed": frozenset({Status.CLOSED})}
TAG = (("ETag", "What it is now; a PATCH with it in `If-Match` changes nothing that was changed meanwhile."),)
_NULL = b"null"
_Prose = Annotated[str, text(LONGEST_TEXT)]
_PageSize = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_PAGE)]


class DateRange(StrEnum):
    ALL = "all"
    TODAY = "today"
    LAST_7_DAYS = "7d"
    LAST_30_DAYS = "30d"
    LAST_90_DAYS = "90d"


class ReportBody(msgspec.Struct):
    """A report as the widget and `curl` send it; unknown fields are ignored: no report is lost over one.

    `hp_field` is a honeypot: a report that fills it is answered like any other and not stored. `attachments`
    are keys of up to 5 files that were uploaded before. Who
    `wants_status_link` is answered `status_url`: whoever has that sees what becomes of the report, and can
    answer.
    """

    title: Annotated[str, text(LONGEST_TITLE, shortest=1)]
    severity: Severity
    category: Category
    description: _Prose = ""
    project_id: UUID | None = None
    reporter_identifier: Annotated[str, text(LONGEST_IDENTIFIER)] | None = None
    screenshot_url: str | None = None
    annotated_screenshot_url: str | None = None
    attachments: list[str] | None = None
    console_logs: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)
    network_logs: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)
    user_actions: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)
    metadata: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)
    hp_field: str | None = None
    wants_status_link: bool = False
    given: _Prose = ""
    when: _Prose = ""
    then: _Prose = ""


class ReportItem(msgspec.Struct, rename="camel"):
    """A row of a list: no evidence."""

    id: UUID
    project_id: UUID
    tracking_id: str
    title: str
    description: str
    severity: Severity
    category: Category
    status: Status
    assignee_id: UUID | None
    reporter_identifier: str | None
    given: str
    when: str
    then: str
    created_at: Instant
    updated_at: Instant
    labels: list[str]
    resolved_at: Instant | None
    merged_into_id: UUID | None
    duplicate_count: int


class DuplicateItem(msgspec.Struct, rename="camel"):
    """A report that was merged into this one; its evidence is read there."""

    id: UUID
    tracking_id: str
    title: str
    reporter_identifier: str | None
    created_at: Instant
    merged_at: Instant


class DraftItem(msgspec.Struct, rename="camel"):
    """What the evidence suggests, since the reporter gave none; it is not part of the report."""

    given: str
    when: str
    then: str
    derived: bool = True


class ReportDetail(ReportItem, rename="camel"):
    """With its evidence, each part as the JSON that was sent; `secrets_removed` is null, or tells how many
    secrets of each kind were `removed` before it was stored, and how many of them `revoked`."""

    notes: str
    duplicates: list[DuplicateItem]
    screenshot_url: str | None
    annotated_screenshot_url: str | None
    console_logs: msgspec.Raw
    network_logs: msgspec.Raw
    user_actions: msgspec.Raw
    metadata: msgspec.Raw
    console_logs_included: bool
    secrets_removed: msgspec.Raw
    warnings: list[str] | msgspec.UnsetType = msgspec.UNSET
    draft: DraftItem | msgspec.UnsetType | None = msgspec.UNSET
    status_url: str | msgspec.UnsetType = msgspec.UNSET


class ReportReceipt(msgspec.Struct, rename="camel"):
    """Of a report that was there already: nothing that a publishable key may not read. `status_url` is null
    where it was wanted: it was told once."""

    id: UUID
    tracking_id: str
    status: Status
    status_url: msgspec.UnsetType | None = msgspec.UNSET


class ReportPage(msgspec.Struct, rename="camel"):
    """`total` is exact unless `total_capped`: then there are more than it says. `next_cursor` is null at the
    end; a page may be short before it, where a filter that no index serves found little so far."""

    items: list[ReportItem]
    total: int
    page: int
    page_size: int
    total_capped: bool = False
    next_cursor: str | None = None


class ReportQuery(msgspec.Struct):
    """Filters take several values, between commas; all filters hold together. `limit` means `page_size`."""

    project_id: Annotated[str, msgspec.Meta(description="A project's id or code.")] | None = None
    status: Annotated[str, several_of([*Status, *ALSO_STATUSES])] | None = None
    severity: Annotated[str, several_of(Severity)] | None = None
    category: Annotated[str, several_of(Category)] | None = None
    assignee: Annotated[str, msgspec.Meta(description="Ids of people; `me`; `none` for nobody.")] | None = (
        None
    )
    label: Annotated[str, msgspec.Meta(description="Names of labels; `none` for no label.")] | None = None
    id: Annotated[str, msgspec.Meta(description="The id's first characters, 4 at least.")] | None = None
    search: Annotated[str, msgspec.Meta(description="Words that a report must hold, all of them.")] = ""
    q: Annotated[str, msgspec.Meta(description="The query language: `is:open severity:high words`.")] = ""
    date_range: DateRange = DateRange.ALL
    sort: Annotated[SortBy, msgspec.Meta(description="`newest` unless told, here or in `q`.")] | None = None
    page: Annotated[int, msgspec.Meta(ge=1, le=DEEPEST_ROW)] = 1
    cursor: (
        Annotated[
            str,
            msgspec.Meta(
                description="The `nextCursor` of the page before, with the same filters: quick at any depth. "
                "`page` is then not looked at."
            ),
        ]
        | None
    ) = None
    page_size: Annotated[_PageSize, msgspec.Meta(description="20 unless told.")] | None = None
    limit: Annotated[_PageSize, msgspec.Meta(description="The same as `page_size`.")] | None = None


def new_report(body: ReportBody, key: str | None = None) -> NewReport:
    named = (
        (Use.SCREENSHOT, body.screenshot_url),
        (Use.ANNOTATED, body.annotated_screenshot_url),
        *((Use.FILE, key) for key in body.attachments or ()),
    )
    return NewReport(
        title=body.title,
        severity=body.severity,
        description=body.description,
        category=body.category,
        reporter_identifier=body.reporter_identifier,
        given=body.given,
        when=body.when,
        then=body.then,
        evidence=Evidence(
            console=_text(body.console_logs),
            network=_text(body.network_logs),
            actions=_text(body.user_actions),
            metadata=_text(body.metadata),
        ),
        honeypot=body.hp_field or "",
        key=key,
        attachments=tuple(Reference(use, key) for use, key in named if key),
    )


def report_item(report: Report) -> ReportItem:
    return ReportItem(
        report.id,
        report.project_id,
        report.tracking_id,
        report.title,
        report.description,
        report.severity,
        report.category,
        report.status,
        report.assignee_id,
        report.reporter_identifier,
        report.given,
        report.when,
        report.then,
        report.created_at,
        report.updated_at,
        list(report.labels),
        report.resolved_at,
        report.merged_into_id,
        report.duplicates,
    )


def report_detail(full: FullReport, link: Linker | None = None) -> ReportDetail:
    """Without a way to make links, as for a page that may read nothing, it tells of no pictures."""
    evidence = full.evidence
    return ReportDetail(
        **msgspec.structs.asdict(report_item(full.report)),
        notes=full.report.notes,
        duplicates=[DuplicateItem(*duplicate) for duplicate in full.duplicates],
        screenshot_url=url_of(full.attachments, Use.SCREENSHOT, link),
        annotated_screenshot_url=url_of(full.attachments, Use.ANNOTATED, link),
        console_logs=msgspec.Raw(evidence.console or _NULL),
        network_logs=msgspec.Raw(evidence.network or _NULL),
        user_actions=msgspec.Raw(evidence.actions or _NULL),
        metadata=msgspec.Raw(evidence.metadata or _NULL),
        console_logs_included=evidence.console is not None,
        secrets_removed=msgspec.Raw(evidence.secrets or _NULL),
        warnings=list(full.warnings) or msgspec.UNSET,
    )


def report_with_draft(full: FullReport, link: Linker) -> ReportDetail:
    draft = draft_of(full)
    detail = report_detail(full, link)
    detail.draft = None if draft is None else DraftItem(draft.given, draft.when, draft.then)
    return detail


def report_reply(full: FullReport, link: Linker) -> Reply:
    """As a GET answers it: what it is now, and the count of changes that `If-Match` compares."""
    return Reply(report_with_draft(full, link), version=full.report.change)


def report_receipt(report: Report, *, wants_link: bool) -> ReportReceipt:
    link = None if wants_link else msgspec.UNSET
    return ReportReceipt(report.id, report.tracking_id, report.status, link)


def report_page(found: ReportList) -> ReportPage:
    return ReportPage(
        [report_item(report) for report in found.items],
        found.total,
        found.page.number,
        found.page.size,
        found.is_capped,
        found.cursor,
    )


def _text(raw: msgspec.Raw) -> bytes | None:
    text = bytes(raw)
    return None if text in {b"", _NULL} else text
