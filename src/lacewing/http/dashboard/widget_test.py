"""A page that misbehaves on purpose, with the widget on it: for the members of a project."""

from lacewing.http.content_policy import WITH_WIDGET
from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import project_path, see_other
from lacewing.http.dashboard.wire import WidgetTestQuery
from lacewing.http.endpoint import COOKIE, Call, Reply, Routes
from lacewing.http.own_address import own_address
from lacewing.http.own_path import HOME
from lacewing.http.static import built_files
from lacewing.kit.errors import not_found
from lacewing.projects import Project, admits, list_projects

routes = Routes("", "Pages")

_POLICY = (("Content-Security-Policy", WITH_WIDGET),)


@routes.add(
    "GET",
    "/widget/test",
    accepts=COOKIE,
    summary="A page that misbehaves, with the widget on it",
    query=WidgetTestQuery,
    is_documented=False,
)
async def show(core: Core, call: Call[None, WidgetTestQuery]) -> Reply:
    projects = await list_projects(core.db, call.actor)
    if not projects:
        return see_other(HOME)
    chosen = _chosen(projects, call.query.project)
    here = own_address(core.settings, call.headers)
    return page(
        "widget_test.html",
        call,
        headers=_POLICY,
        project=chosen,
        path=project_path(chosen),
        choices=[(project, _name(project)) for project in projects],
        has_widget=built_files().has_widget,
        is_admitted=admits(here, (), chosen.domain, is_required=False),
        here=here,
    )


def _chosen(projects: list[Project], wanted: str) -> Project:
    """The newest if none is named. Raises NOT_FOUND for a name that none of them has."""
    slug, _, code = wanted.rpartition("/")
    for project in projects:
        if code.upper() in {"", project.code} and slug in {"", project.organization_slug}:
            return project
    raise not_found("Project")


def _name(project: Project) -> str:
    return f"{project.organization_slug}/{project.code}"
