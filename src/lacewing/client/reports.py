"""Reports: list, read, send, change, comment on, take along."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from lacewing.client.request import Listing, Request, Upload, filled, given, path_of


class Report(TypedDict):
    id: str
    projectId: str
    trackingId: str
    title: str
    description: str
    severity: str
    category: str
    status: str
    assigneeId: str | None
    reporterIdentifier: str | None
    given: str
    when: str
    then: str
    createdAt: str
    updatedAt: str
    labels: list[str]
    resolvedAt: str | None
    mergedIntoId: str | None
    duplicateCount: int


class ReportDetail(Report):
    """With its evidence, each part as it was sent, None where nothing was."""

    notes: str
    screenshotUrl: str | None
    annotatedScreenshotUrl: str | None
    consoleLogs: list[dict[str, Any]] | None
    networkLogs: list[dict[str, Any]] | None
    userActions: list[dict[str, Any]] | None
    metadata: dict[str, Any] | None
    consoleLogsIncluded: bool


class Receipt(TypedDict):
    """Of what was sent. Told a second time, it has these three only."""

    id: str
    trackingId: str
    status: str


class Comment(TypedDict):
    id: str
    reportId: str
    authorId: str | None
    authorName: str
    body: str
    createdAt: str
    visibleToReporter: bool
    isFromReporter: bool


class Uploaded(TypedDict):
    key: str


def list_reports(
    *,
    project: str | None = None,
    status: str | None = None,
    severity: str | None = None,
    assignee: str | None = None,
    label: str | None = None,
    query: str | None = None,
    sort: str | None = None,
    page_size: int = 20,
) -> Listing[Report]:
    """Filters take several values between commas; `query` is in the query language."""
    asked = given(
        project_id=project,
        status=status,
        severity=severity,
        assignee=assignee,
        label=label,
        q=query,
        sort=sort,
        page_size=page_size,
    )
    return Listing(Request("GET", path_of("/reports"), asked), lambda page: page["items"], _following)


def get_report(report: str) -> Request[ReportDetail]:
    """By id or code, as everywhere."""
    return Request("GET", path_of("/reports/{}", report))


def send_report(
    title: str,
    *,
    description: str = "",
    severity: str = "medium",
    category: str = "bug",
    project: str | None = None,
    reporter: str | None = None,
    attachments: Sequence[str] = (),
    evidence: Mapping[str, Any] | None = None,
) -> Request[Receipt]:
    """With a token that reaches several projects, `project` is the id of one. `attachments` and `evidence`
    (`console_logs`, `network_logs`, `user_actions`, `metadata`, `screenshot_url`) are as the API takes them.
    """
    body = filled(
        title=title,
        description=description,
        severity=severity,
        category=category,
        project_id=project,
        reporter_identifier=reporter,
        attachments=list(attachments) or None,
        **(evidence or {}),
    )
    return Request("POST", path_of("/reports"), body=body, is_create=True)


def change_report(report: str, change: Mapping[str, Any]) -> Request[ReportDetail]:
    """`change` as the API takes it: `status`, `severity`, `title`, `assignee_id` (None for nobody), ..."""
    return Request("PATCH", path_of("/reports/{}", report), body=change)


def delete_report(report: str) -> Request[None]:
    return Request("DELETE", path_of("/reports/{}", report))


def list_comments(report: str) -> Request[list[Comment]]:
    return Request("GET", path_of("/reports/{}/comments", report))


def comment(report: str, body: str, *, is_for_reporter: bool = False) -> Request[Comment]:
    told = {"body": body, "visible_to_reporter": is_for_reporter}
    return Request("POST", path_of("/reports/{}/comments", report), body=told, is_create=True)


def upload_screenshot(upload: Upload) -> Request[Uploaded]:
    """PNG, JPEG or WebP; its `key` stands in the report that is sent next."""
    return Request("POST", path_of("/upload/screenshot"), upload=upload)


def upload_attachment(upload: Upload) -> Request[Uploaded]:
    return Request("POST", path_of("/upload/attachment"), upload=upload)


def export_report(report: str, form: str = "md") -> Request[None]:
    """`form` md or json; read it with `client.open`."""
    return Request("GET", path_of(f"/reports/{{}}/export.{form}", report), headers={"Accept": "*/*"})


def _following(page: dict[str, Any]) -> Mapping[str, str] | None:
    """By cursor; by number where a server has none."""
    if "nextCursor" in page:
        return None if page["nextCursor"] is None else {"cursor": page["nextCursor"]}
    number, size = page.get("page", 1), page.get("pageSize", 20)
    return {"page": str(number + 1)} if number * size < page["total"] else None
