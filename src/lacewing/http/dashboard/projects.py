"""One project: its key, how to send a report, what has arrived."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import project_path, report_path
from lacewing.http.dashboard.wire import ProjectQuery
from lacewing.http.endpoint import COOKIE, Call, Reply, Routes
from lacewing.http.own_address import own_address
from lacewing.http.snippets import Snippet, snippets, widget_files
from lacewing.http.static import built_files
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.projects import get_project, list_projects, project_by_code
from lacewing.reports import Page, Report, ReportFilter, list_reports

routes = Routes("", "Pages")

PAGE_SIZE = 50
REFRESH_SECONDS = 4


@dataclass(frozen=True, slots=True)
class ReportRow:
    tracking_id: str
    title: str
    severity: str
    status: str
    reporter: str | None
    created_at: datetime


# Falcon wants one name for a field that two paths share: it is the slug where a code follows.
@routes.add(
    "GET",
    "/projects/{code_or_slug}",
    accepts=COOKIE,
    summary="One project by its code, or the choice between several",
    query=ProjectQuery,
    is_documented=False,
)
async def show(core: Core, call: Call[None, ProjectQuery]) -> Reply:
    code = call.path["code_or_slug"]
    try:
        project = await project_by_code(core.db, call.actor, code)
    except LacewingError as error:
        if error.kind is not ErrorKind.CONFLICT:
            raise
        return await choice(core, call, code)
    return await _project_page(core, call, project.id, f"/projects/{project.code}")


@routes.add(
    "GET",
    "/projects/{code_or_slug}/{code}",
    accepts=COOKIE,
    summary="One project by organization and code",
    query=ProjectQuery,
    is_documented=False,
)
async def show_in_organization(core: Core, call: Call[None, ProjectQuery]) -> Reply:
    project = await project_by_code(core.db, call.actor, call.path["code"], call.path["code_or_slug"])
    return await _project_page(core, call, project.id, project_path(project))


async def choice(core: Core, call: Call[Any, Any], code: str, number: str | None = None) -> Reply:
    """The projects of several organizations that share a code, each leading to itself or to its report."""
    known = await list_projects(core.db, call.actor)
    found = [project for project in known if project.code == code.upper()]
    paths = [report_path(project, number) if number else project_path(project) for project in found]
    return page(
        "choice.html", call, code=code.upper(), number=number, choices=list(zip(found, paths, strict=True))
    )


async def _project_page(core: Core, call: Call[None, ProjectQuery], project_id: UUID, path: str) -> Reply:
    query = call.query
    project = await get_project(core.db, call.actor, project_id)
    wanted = ReportFilter(project_id=project_id)
    found = await list_reports(core.db, call.actor, wanted, Page(query.page, PAGE_SIZE))
    address = own_address(core.settings, call.headers)
    offered = snippets(address, project.api_key)
    return page(
        "project.html",
        call,
        now=core.db.clock(),
        project=project,
        path=path,
        publishable_key=project.api_key,
        base_url=address,
        widget=widget_files(built_files(), address),
        snippets=offered,
        chosen=_chosen(offered, query.framework),
        reports=[_report_row(report) for report in found.items],
        total=found.total,
        total_capped=found.is_capped,
        page=query.page,
        page_count=max(1, -(-found.total // PAGE_SIZE)),
        page_size=PAGE_SIZE,
        refresh_seconds=None if query.refresh == "off" else REFRESH_SECONDS,
    )


def _chosen(offered: tuple[Snippet, ...], framework: str) -> Snippet:
    return next((snippet for snippet in offered if snippet.framework == framework), offered[0])


def _report_row(report: Report) -> ReportRow:
    return ReportRow(
        report.tracking_id,
        report.title,
        report.severity,
        report.status,
        report.reporter_identifier,
        report.created_at,
    )
