"""Home and what one is told of, in a real browser against a real server."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import inaccessible
from tests.e2e.apps import App, served
from tests.server import Project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with served(tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture(scope="module")
def project(app: App) -> Project:
    made = app.ada.create_project("Orchard")
    for number, severity in enumerate(("low", "high", "high")):
        app.send(made, f"Bug {number} of the seed", severity=severity)
    return made


def test_home_tells_how_things_stand_and_follows(browser: Browser, app: App, project: Project) -> None:
    """Points 4 and 22."""
    with app.page(browser) as page:
        page.goto("/")
        expect(page).to_have_url(re.compile("/app$"))
        expect(tile(page, "All bugs")).to_have_text("3")
        expect(tile(page, "Open")).to_have_text("3")
        severities = page.get_by_role("table", name="By severity")
        expect(severities.get_by_role("row", name="High 2")).to_be_attached()
        expect(page.get_by_role("table", name="New bugs").get_by_role("row")).to_have_count(31)

        bug = app.send(project, "It came meanwhile")
        expect(tile(page, "All bugs")).to_have_text("4")
        expect(page.get_by_role("link", name="It came meanwhile")).to_be_visible()
        assert app.ada.http.patch(f"/api/v1/reports/{bug}", json={"status": "resolved"}).is_success
        expect(tile(page, "Resolved today")).to_have_text("1")


def test_what_one_is_told_of_is_read_when_it_is_opened(browser: Browser, app: App, project: Project) -> None:
    with app.page(browser) as page:
        app.ada.http.post("/api/v1/notifications/read", json={"all": True})
        page.goto("/app/inbox")
        link = page.get_by_role("navigation").get_by_role("link", name="Notifications")
        expect(link).to_have_text("Notifications")
        app.send(project, "The till is on fire", severity="critical")
        expect(link).to_have_text("Notifications1")
        told = page.get_by_role("link", name=re.compile("Unread.*The till is on fire"))
        expect(told).to_contain_text("New critical bug in Orchard")
        assert inaccessible(page) == []

        page.route(
            re.compile("/notifications$"), lambda route: route.continue_(url=f"{route.request.url}?limit=1")
        )
        page.reload()
        expect(page.locator(".told")).to_have_count(1)
        page.get_by_role("button", name="Older").click()
        expect(page.get_by_role("button", name="Older")).to_have_count(0)
        assert page.locator(".told").count() > 1
        told.click()

        expect(page).to_have_url(re.compile(r"/app/p/ada/OR[A-Z]*/\d+$"))
        expect(link).to_have_text("Notifications")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, app: App, project: Project, theme: str
) -> None:
    """Points 27 and 28."""
    with app.page(browser, color_scheme=theme) as page:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto("/app")
            expect(page.locator(".recent-line").first).to_be_visible()
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=f"{shots}/home-{theme}-{width}.png")
            assert inaccessible(page) == []
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def tile(page: Page, name: str) -> Locator:
    return page.locator(".tile").filter(has_text=name).locator(".tile-value")
