"""Reports: list, read, send, change, comment on, take along."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from lacewing.client.request import Listing, Request, Upload, filled, given, path_of

_ANYTHING = {"Accept": "*/*"}
_NAMES = {"project": "project_id", "query": "q"}


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


class BulkItem(TypedDict):
    """`id` as it was asked for; `detail` says why it is not `ok`."""

    id: str
    ok: bool
    code: str | None
    detail: str | None


class BulkAnswer(TypedDict):
    items: list[BulkItem]
    changed: int
    refused: int


class Wanted(TypedDict, total=False):
    """Which reports: several values stand between commas, all filters hold together, None is no filter.
    `id` is the beginning of one, `query` is in the query language; `date_range` is today, 7d, 30d or 90d.
    """

    project: str | None
    status: str | None
    severity: str | None
    category: str | None
    assignee: str | None
    label: str | None
    id: str | None
    search: str | None
    query: str | None
    date_range: str | None
    sort: str | None


class Uploaded(TypedDict):
    key: str


def list_reports(*, page_size: int = 20, **wanted: Unpack[Wanted]) -> Listing[Report]:
    told = {_NAMES.get(name, name): value for name, value in wanted.items()}
    first: Request[dict[str, Any]] = Request("GET", path_of("/reports"), given(**told, page_size=page_size))
    return Listing(first, lambda page: page["items"], _following)


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


def change_reports(ids: Sequence[str], change: Mapping[str, Any]) -> Request[BulkAnswer]:
    """Up to 500 by id or code; `change` has `add_labels` and `remove_labels` in the place of `labels`, and
    no texts; `{"delete": True}` deletes them. What is refused for one is done for the others.
    """
    return Request("POST", path_of("/reports/bulk"), body={"ids": list(ids), "change": dict(change)})


def merge_report(report: str, into: str) -> Request[ReportDetail]:
    """Answers the one that it was merged into."""
    return Request("POST", path_of("/reports/{}/merge", report), body={"into": into})


def unmerge_report(report: str) -> Request[ReportDetail]:
    return Request("POST", path_of("/reports/{}/unmerge", report))


def watch_report(report: str) -> Request[None]:
    """To be told what becomes of it."""
    return Request("PUT", path_of("/reports/{}/watch", report))


def unwatch_report(report: str) -> Request[None]:
    return Request("DELETE", path_of("/reports/{}/watch", report))


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
    """`form` md, json or har; read it with `client.open`."""
    last = "har" if form == "har" else f"export.{form}"
    return Request("GET", path_of(f"/reports/{{}}/{last}", report), headers=_ANYTHING)


def export_project(project: str) -> Request[None]:
    """A zip of all that a project has, made while it is sent; read it with `client.open`."""
    return Request("GET", path_of("/projects/{}/export", project), headers=_ANYTHING)


def _following(page: dict[str, Any]) -> Mapping[str, str] | None:
    """By cursor; by number where a server has none."""
    if "nextCursor" in page:
        return None if page["nextCursor"] is None else {"cursor": page["nextCursor"]}
    number, size = page.get("page", 1), page.get("pageSize", 20)
    return {"page": str(number + 1)} if number * size < page["total"] else None
