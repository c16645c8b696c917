"""One report with its evidence, by its short link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lacewing.access.permissions import Permission
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes
from lacewing.http.dashboard.projects import choice
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import app_report_path, project_path, report_path, see_other
from lacewing.http.dashboard.wire import CommentForm, ReportQuery
from lacewing.http.endpoint import ANYONE_KNOWN, COOKIE, Call, Reply, Routes
from lacewing.http.markdown_query import MARKDOWN, MarkdownQuery
from lacewing.kit.errors import ErrorKind, LacewingError, not_found
from lacewing.kit.json import dumps, loads
from lacewing.projects import Project, get_project, project_by_code
from lacewing.reporters import read_contact
from lacewing.reports import (
    CODE,
    Evidence,
    FullReport,
    Report,
    ReportDocument,
    get_report,
    list_comments,
    markdown_of,
    read_document,
)

routes = Routes("", "Pages")


@dataclass(frozen=True, slots=True)
class ReportView:
    tracking_id: str
    title: str
    description: str
    severity: str
    status: str
    category: str
    reporter: str | None
    created_at: datetime
    given: str
    when: str
    then: str


@routes.add(
    "GET",
    "/b/{code_or_slug}",
    accepts=COOKIE,
    summary="One report by its code, or the choice between several",
    query=ReportQuery,
    is_documented=False,
)
async def show(core: Core, call: Call[None, ReportQuery]) -> Reply:
    code, number = parts_of(call.path["code_or_slug"])
    try:
        found = await get_report(core.db, call.actor, f"{code}-{number}")
    except LacewingError as error:
        if error.kind is not ErrorKind.CONFLICT:
            raise
        return await choice(core, call, code, number)
    project = await get_project(core.db, call.actor, found.report.project_id)
    return await _shown(core, call, project, found)


@routes.add(
    "GET",
    "/b/{code_or_slug}/{code}",
    accepts=COOKIE,
    summary="One report by organization and code",
    query=ReportQuery,
    is_documented=False,
)
async def show_in_organization(core: Core, call: Call[None, ReportQuery]) -> Reply:
    code, number = parts_of(call.path["code"])
    project = await project_by_code(core.db, call.actor, code, call.path["code_or_slug"])
    found = await get_report(core.db, call.actor, f"{code}-{number}", project.id)
    return await _shown(core, call, project, found)


@routes.add(
    "GET",
    "/b/{code_or_slug}.md",
    accepts=ANYONE_KNOWN,
    summary="One report as Markdown",
    query=MarkdownQuery,
    is_documented=False,
)
async def show_markdown(core: Core, call: Call[None, MarkdownQuery]) -> Reply:
    code, number = parts_of(call.path["code_or_slug"])
    return _markdown(await read_document(core.db, call.actor, f"{code}-{number}"), call.query.tokens)


@routes.add(
    "GET",
    "/b/{code_or_slug}/{code}.md",
    accepts=ANYONE_KNOWN,
    summary="One report as Markdown, by organization and code",
    query=MarkdownQuery,
    is_documented=False,
)
async def show_markdown_in_organization(core: Core, call: Call[None, MarkdownQuery]) -> Reply:
    code, number = parts_of(call.path["code"])
    project = await project_by_code(core.db, call.actor, code, call.path["code_or_slug"])
    document = await read_document(core.db, call.actor, f"{code}-{number}", project.id)
    return _markdown(document, call.query.tokens)


async def _shown(core: Core, call: Call[None, ReportQuery], project: Project, found: FullReport) -> Reply:
    """In the dashboard, which leads back here where no script runs, and shows no deleted project."""
    if call.query.view == "plain" or project.deleted_at is not None:
        return await report_page(core, call, project, found)
    return see_other(app_report_path(project, found.report.number))


def _markdown(document: ReportDocument, tokens: int) -> Reply:
    return Reply(raw=markdown_of(document, tokens).encode(), media_type=MARKDOWN)


def parts_of(reference: str) -> tuple[str, str]:
    """WEB and 42 of WEB-42. Raises NOT_FOUND."""
    match = CODE.fullmatch(reference)
    if match is None:
        raise not_found("Report")
    return match[1], match[2]


async def report_page(
    core: Core,
    call: Call[Any, Any],
    project: Project,
    found: FullReport,
    mistakes: Mistakes | None = None,
    said: CommentForm | None = None,
) -> Reply:
    """With a comment that was refused, if it was."""
    evidence, mistakes = found.evidence, mistakes or Mistakes()
    return page(
        "report.html",
        call,
        status=mistakes.status,
        headers=mistakes.headers,
        now=core.db.clock(),
        project=project,
        path=project_path(project),
        app_path=app_report_path(project, found.report.number),
        report=_view(found.report),
        metadata=_environment(evidence),
        console=entries(evidence.console),
        network=entries(evidence.network),
        raw=_as_received(evidence),
        comments=await list_comments(core.db, call.actor, found.report.id),
        comment_path=f"{report_path(project, str(found.report.number))}/comments",
        may_comment=project.deleted_at is None and call.actor.can(Permission.COMMENTS_WRITE, project.place),
        contact=await read_contact(core.db, call.actor, found.report.id),
        said=said or CommentForm(),
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )


def _view(report: Report) -> ReportView:
    return ReportView(
        report.tracking_id,
        report.title,
        own_description(report.description, report.given, report.when, report.then),
        report.severity,
        report.status,
        report.category,
        report.reporter_identifier,
        report.created_at,
        report.given,
        report.when,
        report.then,
    )


def own_description(description: str, given: str, when: str, then: str) -> str:
    """A ticket's description repeats its three parts, which the page shows by themselves."""
    parts = [("Given", given), ("When", when), ("Then", then)]
    told = "\n".join(f"{word} {text}" for word, text in parts if text)
    return description.removeprefix(told).lstrip("\n") if told else description


def entries(text: bytes | None) -> list[Any]:
    """An entry that was sent alone counts as a list of one."""
    value = None if text is None else loads(text)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _environment(evidence: Evidence) -> dict[str, Any]:
    """Without what was drawn on the picture, which shows it."""
    value = None if evidence.metadata is None else loads(evidence.metadata)
    if value is None:
        return {}
    if not isinstance(value, dict):
        return {"metadata": value}
    return {name: member for name, member in value.items() if name != "annotation"}


def _as_received(evidence: Evidence) -> dict[str, str]:
    """What the page has no form for yet: one entry a line."""
    actions = entries(evidence.actions)
    return {"user actions": "\n".join(dumps(action) for action in actions)} if actions else {}
