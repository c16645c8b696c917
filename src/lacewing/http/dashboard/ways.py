"""Where a page leads: redirects after a form, and the way back to what was asked."""

import re
from urllib.parse import quote

from lacewing.http.cross_site import SAFE_METHODS
from lacewing.http.dashboard.rendering import NO_STORE
from lacewing.http.endpoint import Reply
from lacewing.http.own_path import HOME
from lacewing.projects import Project

APP = "/app"
_REPORT = re.compile("/app/p/([a-z0-9-]+)/([A-Z][A-Z0-9]*)/([0-9]+)")


def see_other(path: str, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    return Reply(status=303, headers=(NO_STORE, ("Location", path), *headers))


def project_path(project: Project) -> str:
    """Right where several organizations use the same code, too."""
    return f"/projects/{project.organization_slug}/{project.code}"


def report_path(project: Project, number: str) -> str:
    return f"/b/{project.organization_slug}/{project.code}-{number}"


def plain_report_path(project: Project, number: str) -> str:
    """Without scripts, though they could run."""
    return f"{report_path(project, number)}?view=plain"


def app_report_path(project: Project, number: int) -> str:
    return f"{APP}/p/{project.organization_slug}/{project.code}/{number}"


def plain_twin(app_path: str) -> str | None:
    """The page that shows the same report without scripts."""
    found = _REPORT.fullmatch(app_path)
    return None if found is None else "/b/{}/{}-{}?view=plain".format(*found.groups())


def with_next(path: str, after: str) -> str:
    """`path`, which leads on to `after`."""
    return path if after == HOME else f"{path}?next={quote(after, safe='/')}"


def page_of(method: str, target: str) -> str:
    """The page that was asked for, or the one that a form stands on: it posts to a path below it."""
    return target if method in SAFE_METHODS else target.rpartition("/")[0] or HOME
