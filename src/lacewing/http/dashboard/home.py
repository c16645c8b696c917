"""The way in, and without JavaScript: the projects, and the form that makes one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lacewing.credentials import read_registration
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes, mistakes_in
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import APP, project_path, see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, ProjectForm
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.kit.errors import LacewingError, unauthenticated
from lacewing.projects import NewProject, Project, create_project, list_projects
from lacewing.reports import ReportCounts, count_reports

routes = Routes("", "Pages")

_LABELS = {"name": "Name", "domain": "Domain"}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """`path` leads to the project, and names its organization where the code alone would not do."""

    name: str
    code: str
    domain: str
    path: str
    report_count: int
    open_count: int
    last_report_at: datetime | None


@routes.add("GET", "/", accepts=COOKIE, summary="The way in", is_optional=True, is_documented=False)
async def home(core: Core, call: Call[None, None]) -> Reply:
    if call.known_actor is not None:
        return see_other(APP)
    if (await read_registration(core.db, call.visit, core.vault)).is_first:
        return see_other("/register")
    raise unauthenticated("authentication_required", "Authentication is required.")


@routes.add("GET", "/projects", accepts=COOKIE, summary="Your projects", is_documented=False)
async def index(core: Core, call: Call[None, None]) -> Reply:
    return await _projects_page(core, call, ProjectForm(), Mistakes())


@routes.add(
    "POST",
    "/projects",
    accepts=COOKIE,
    summary="Create a project and its publishable key",
    body=ProjectForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_documented=False,
)
async def create(core: Core, call: Call[ProjectForm, None]) -> Reply:
    form = call.body
    try:
        created = await create_project(core.db, call.actor, NewProject(form.name, form.domain.strip()))
    except LacewingError as error:
        return await _projects_page(core, call, form, mistakes_in(error, _LABELS))
    return see_other(project_path(created))


async def _projects_page(core: Core, call: Call[Any, Any], form: ProjectForm, mistakes: Mistakes) -> Reply:
    projects = await list_projects(core.db, call.actor)
    counts = await count_reports(core.db, call.actor)
    times_used = Counter(project.code for project in projects)
    return page(
        "home.html",
        call,
        status=mistakes.status,
        headers=mistakes.headers,
        now=core.db.clock(),
        projects=[_row(project, counts, is_alone=times_used[project.code] == 1) for project in projects],
        name=form.name,
        domain=form.domain,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )


def _row(project: Project, counts: Mapping[UUID, ReportCounts], *, is_alone: bool) -> ProjectRow:
    counted = counts.get(project.id)
    return ProjectRow(
        project.name,
        project.code,
        project.domain,
        f"/projects/{project.code}" if is_alone else project_path(project),
        counted.total if counted else 0,
        counted.open if counted else 0,
        counted.last_created_at if counted else None,
    )
