"""One code in two organizations of the same person."""

from pathlib import Path
from typing import Any

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.budgets import RequestBudgets, StoredUses
from lacewing.http.arrival import Headers
from lacewing.http.core import Core
from lacewing.http.dashboard import projects, reports
from lacewing.http.dashboard.wire import ProjectQuery, ReportQuery
from lacewing.http.endpoint import Call, Reply
from lacewing.http.markdown_query import MarkdownQuery
from lacewing.live import Hub
from lacewing.projects import NewProject, create_project
from lacewing.settings import Settings
from lacewing.storage import open_blobs
from tests.world import World


@pytest.fixture
def core(world: World, tmp_path: Path) -> Core:
    """Cleo, a member of Ada's organization, has an orchard of her own; both have a report."""
    cleo = world.session("cleo")
    own = world.run(create_project(world.db, cleo, NewProject("Cleo's orchard", code=world.orchard.code)))
    world.submit("Ada's report")
    world.submit("Cleo's report", world.actor(CredentialKind.PUBLISHABLE_KEY, project=own))
    settings = Settings(data=tmp_path)
    budgets = RequestBudgets(None, world.clock, StoredUses())
    live = Hub(world.db, world.vault, 0)
    return Core(settings, world.db, world.vault, budgets, open_blobs(settings), live)


def call(world: World, query: Any = None, **path: str) -> Call[None, Any]:
    actor = world.session("cleo")
    return Call(actor.visit, Headers([]), path, None, query, actor)


def text(reply: Reply) -> str:
    return (reply.raw or b"").decode()


def test_a_code_of_two_projects_offers_the_choice(world: World, core: Core) -> None:
    code = world.orchard.code
    page = text(world.run(projects.show(core, call(world, ProjectQuery(), code_or_slug=code.lower()))))

    assert f'href="/projects/ada/{code}"' in page
    assert f'href="/projects/cleo/{code}"' in page


def test_a_code_of_two_reports_offers_the_choice(world: World, core: Core) -> None:
    code = world.orchard.code
    page = text(world.run(reports.show(core, call(world, ReportQuery(), code_or_slug=f"{code}-1"))))

    assert f'href="/b/ada/{code}-1"' in page
    assert f'href="/b/cleo/{code}-1"' in page


@pytest.mark.parametrize("slug", ["ada", "cleo"])
def test_the_organization_decides_which_is_meant(world: World, core: Core, slug: str) -> None:
    code = world.orchard.code
    report = call(world, ReportQuery("plain"), code_or_slug=slug, code=f"{code}-1")
    project = call(world, ProjectQuery(), code_or_slug=slug, code=code)

    assert f"{slug.title()}&#39;s report" in text(world.run(reports.show_in_organization(core, report)))
    assert f"/b/{slug}/{code}-1" in text(world.run(projects.show_in_organization(core, project)))
    markdown = call(world, MarkdownQuery(), code_or_slug=slug, code=f"{code}-1")
    told = text(world.run(reports.show_markdown_in_organization(core, markdown)))
    assert told.startswith(f"# {code}-1: {slug.title()}'s report")
