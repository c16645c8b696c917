"""A project's settings in the dashboard, in a real browser against a real server."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import inaccessible, started
from tests.e2e.apps import App, served
from tests.server import Project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with served(tmp_path_factory.mktemp("places")) as found:
        yield found


def test_a_key_is_public_limited_switched_off_rotated_and_ended(browser: Browser, app: App) -> None:
    """Point 23."""
    project = app.ada.create_project("Web shop")
    with app.page(browser) as page:
        page.goto(app.path(project))
        page.get_by_role("link", name="Settings").click()
        page.get_by_role("link", name="Keys").click()
        expect(page.get_by_text("A key is no secret")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text=project.key)).to_contain_text("public")

        page.get_by_role("button", name="New key").click()
        page.get_by_label("Name").fill("Staging")
        page.get_by_label("Allowed sites").fill("staging.example.com https://*.example.org")
        page.get_by_label("Reports a day").fill("0")
        page.get_by_role("button", name="Create key").click()
        expect(page.get_by_role("dialog").locator(".field-error")).to_be_visible()
        page.get_by_label("Reports a day").fill("5")
        page.get_by_role("button", name="Create key").click()
        row = page.get_by_role("listitem").filter(has_text="Staging")
        expect(row).to_contain_text("from https://staging.example.com, https://*.example.org")
        expect(row).to_contain_text("5 reports a day")
        assert inaccessible(page) == []

        key = row.locator("code").inner_text()
        menu(page, "Staging", "Switch off")
        expect(row).to_contain_text("off")
        assert sent(app, key).status_code == httpx.codes.UNAUTHORIZED
        page.keyboard.press("z")
        expect(page.get_by_text("Taken back")).to_be_visible()

        menu(page, "Default", "Rotate")
        page.get_by_role("dialog").get_by_role("button", name="Rotate").click()
        expect(page.get_by_role("listitem").filter(has_text="Default")).to_have_count(2)
        assert sent(app, project.key).status_code == httpx.codes.CREATED
        menu(page, "Staging", "End")
        page.get_by_role("dialog").get_by_role("button", name="End").click()
        expect(row).to_have_count(0)
        assert sent(app, key).status_code == httpx.codes.UNAUTHORIZED


def test_a_project_is_renamed_deleted_restored_and_gone_for_good(browser: Browser, app: App) -> None:
    project = app.ada.create_project("Meadow")
    with app.page(browser, color_scheme="dark", viewport={"width": 390, "height": 844}) as page:
        open_settings(page, app, project, "general")
        page.get_by_label("Name", exact=True).fill("Pasture")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("link", name="Pasture")).to_be_visible()
        page.get_by_label("Send them").uncheck()
        expect(page.get_by_text("Reporters get no mails")).to_be_visible()
        assert inaccessible(page) == []

        page.get_by_role("button", name="Delete project").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete project").click()
        page.get_by_role("button", name="Restore Pasture").click()
        page.get_by_role("main").get_by_role("link", name="Pasture").click()
        expect(page.get_by_text("Waiting for the first report")).to_be_visible()

        open_settings(page, app, project, "general")
        expect(page.get_by_label("Send them")).not_to_be_checked()
        page.get_by_role("button", name="Delete for good").click()
        page.get_by_label(f"Type {project.code} to confirm").fill("NO")
        page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
        expect(page.get_by_text(f"This is not {project.code}.")).to_be_visible()
        page.get_by_label(f"Type {project.code} to confirm").fill(project.code)
        page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
        expect(page.get_by_text("Pasture is gone for good")).to_be_visible()
        assert app.ada.http.get(f"/api/v1/projects/{project.id}").status_code == httpx.codes.NOT_FOUND


def menu(page: Page, name: str, item: str) -> None:
    page.get_by_role("button", name=f"More for {name}").last.click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def open_settings(page: Page, app: App, project: Project, part: str) -> None:
    page.goto(f"{app.path(project)}/settings/{part}")


def sent(app: App, key: str) -> httpx.Response:
    body = {"title": "It works", "severity": "low", "category": "bug"}
    return app.ada.http.post("/api/v1/reports", json=body, headers={"X-API-Key": key})
