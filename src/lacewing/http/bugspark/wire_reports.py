"""Reports on the wire."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from lacewing.reports import Category, Evidence, FullReport, NewReport, Report, ReportList, Severity, Status

_NULL = b"null"
_ABSENT = msgspec.Raw(_NULL)


class ReportBody(msgspec.Struct):
    """A report as the widget and `curl` send it; unknown fields are ignored: no report is lost over one.

    `hp_field` is a honeypot: a report that fills it is answered like any other and not stored.
    """

    title: str
    severity: Severity
    category: Category
    description: str = ""
    project_id: UUID | None = None
    reporter_identifier: str | None = None
    screenshot_url: str | None = None
    annotated_screenshot_url: str | None = None
    console_logs: msgspec.Raw = _ABSENT
    network_logs: msgspec.Raw = _ABSENT
    user_actions: msgspec.Raw = _ABSENT
    metadata: msgspec.Raw = _ABSENT
    hp_field: str | None = None
    given: str = ""
    when: str = ""
    then: str = ""


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
    created_at: datetime
    updated_at: datetime


class ReportDetail(ReportItem, rename="camel"):
    """With its evidence, each part as the JSON that was sent."""

    screenshot_url: str | None
    annotated_screenshot_url: str | None
    console_logs: msgspec.Raw
    network_logs: msgspec.Raw
    user_actions: msgspec.Raw
    metadata: msgspec.Raw
    console_logs_included: bool
    warnings: list[str] | msgspec.UnsetType = msgspec.UNSET


class ReportPage(msgspec.Struct, rename="camel"):
    """`total` is exact unless `total_capped`: then there are more than it says."""

    items: list[ReportItem]
    total: int
    page: int
    page_size: int
    total_capped: bool = False


class ReportQuery(msgspec.Struct):
    """`status` and `severity` take several words, between commas; `limit` means `page_size`."""

    project_id: str | None = None
    status: str | None = None
    severity: str | None = None
    search: str = ""
    date_range: str = "all"
    sort: str = "newest"
    page: int = 1
    page_size: int | None = None
    limit: int | None = None


def new_report(body: ReportBody) -> NewReport:
    references = (body.screenshot_url, body.annotated_screenshot_url)
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
        attachments=tuple(reference for reference in references if reference),
    )


def report_item(report: Report) -> ReportItem:
    return ReportItem(**_columns(report))


def report_detail(full: FullReport) -> ReportDetail:
    evidence = full.evidence
    return ReportDetail(
        **_columns(full.report),
        screenshot_url=None,
        annotated_screenshot_url=None,
        console_logs=msgspec.Raw(evidence.console or _NULL),
        network_logs=msgspec.Raw(evidence.network or _NULL),
        user_actions=msgspec.Raw(evidence.actions or _NULL),
        metadata=msgspec.Raw(evidence.metadata or _NULL),
        console_logs_included=evidence.console is not None,
        warnings=list(full.warnings) or msgspec.UNSET,
    )


def report_page(found: ReportList) -> ReportPage:
    return ReportPage(
        [report_item(report) for report in found.items],
        found.total,
        found.page.number,
        found.page.size,
        found.is_capped,
    )


def _columns(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "project_id": report.project_id,
        "tracking_id": report.tracking_id,
        "title": report.title,
        "description": report.description,
        "severity": report.severity,
        "category": report.category,
        "status": report.status,
        "assignee_id": report.assignee_id,
        "reporter_identifier": report.reporter_identifier,
        "given": report.given,
        "when": report.when,
        "then": report.then,
        "created_at": report.created_at,
        "updated_at": report.updated_at,
    }


def _text(raw: msgspec.Raw) -> bytes | None:
    text = bytes(raw)
    return None if text == _NULL else text
