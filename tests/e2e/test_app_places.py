"""A project's settings in the dashboard, in a real browser against a real server."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import inaccessible, opened
from tests.e2e.apps import App, served
from tests.server import PASSWORD, Project

pytestmark = pytest.mark.browser


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
        expect(row.get_by_text("off", exact=True)).to_be_visible()
        expect(page.get_by_text("Staging is off")).to_be_visible()
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
        expect(page.get_by_text("Staging is ended")).to_be_visible()
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


def test_a_projects_token_is_shown_once_and_revoked(browser: Browser, app: App) -> None:
    """Point 23."""
    project = app.ada.create_project("Tower")
    with app.page(browser) as page:
        open_settings(page, app, project, "tokens")
        page.get_by_role("button", name="New token").click()
        page.get_by_label("Name", exact=True).fill("Pipeline")
        page.get_by_role("button", name="Create token").click()
        secret = page.locator(".is-secret code").inner_text()
        assert secret.startswith("proj_")
        assert read(app, project, secret) == httpx.codes.OK
        page.get_by_role("button", name="I have copied it").click()
        row = page.get_by_role("listitem").filter(has_text="Pipeline")
        expect(row).to_contain_text("secret")
        assert secret not in page.content()
        assert inaccessible(page) == []
        row.get_by_role("button", name="Revoke").click()
        expect(page.get_by_text("refused from now on")).to_be_visible()
        assert read(app, project, secret) == httpx.codes.UNAUTHORIZED


def test_members_labels_webhooks_and_retention_are_kept(browser: Browser, app: App) -> None:
    """Point 23."""
    project = app.ada.create_project("Quarry")
    with app.page(browser) as page:
        open_settings(page, app, project, "members")
        page.get_by_label("Email").fill("bo@example.com")
        page.get_by_role("button", name="Send invitation").click()
        page.get_by_label("Role of bo@example.com").select_option("Editor")
        expect(page.get_by_text("bo@example.com is Editor now")).to_be_visible()

        page.get_by_role("link", name="Labels").click()
        page.get_by_role("button", name="New label").click()
        page.get_by_label("Name", exact=True).fill("checkout")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("link", name="checkout")).to_be_visible()

        page.get_by_role("link", name="Webhooks").click()
        page.get_by_role("button", name="New webhook").click()
        page.get_by_label("Address").fill("https://hooks.example.com/bugs")
        page.get_by_text("Events of tickets").click()
        page.get_by_label("ticket_closed").check()
        page.get_by_role("button", name="Create webhook").click()
        expect(page.locator(".is-secret code")).to_have_text(re.compile("^whsec_"))
        page.get_by_role("button", name="I have copied it").click()
        page.route(
            re.compile("/deliveries$"), lambda route: route.continue_(url=f"{route.request.url}?limit=1")
        )
        page.get_by_role("button", name="Deliveries").click()
        page.get_by_role("button", name="Send a test").click()
        expect(page.get_by_role("listitem").filter(has_text="report.created").last).to_contain_text("test")
        assert inaccessible(page) == []

        page.get_by_role("link", name="Data").click()
        page.get_by_label("Delete old reports").check()
        page.get_by_label("After how many days").fill("90")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved")).to_be_visible()
    kept = app.ada.http.get(f"/api/v1/projects/{project.id}/retention").json()
    members = app.ada.http.get(f"/api/v1/projects/{project.id}/members").json()
    assert (kept["days"], members[0]["role"]) == (90, "editor")


def test_the_widgets_look_is_seen_before_it_is_kept(browser: Browser, app: App) -> None:
    """Point 23."""
    project = app.ada.create_project("Lagoon")
    with app.page(browser) as page:
        open_settings(page, app, project, "widget")
        page.get_by_label("Colour").fill("#7a1fa2")
        page.get_by_label("Words on the button").fill("Tell us")
        preview = page.get_by_role("figure", name="Preview")
        expect(preview).to_contain_text("Tell us")
        expect(preview.locator(".preview-launcher")).to_have_css("background-color", "rgb(122, 31, 162)")
        assert inaccessible(page) == []
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Pages show it from their next load")).to_be_visible()
    headers = {"X-API-Key": project.key}
    config = app.ada.http.get("/api/v1/projects/widget-config", headers=headers).json()
    assert (config["accent"], config["buttonText"]) == ("#7a1fa2", "Tell us")


def test_the_first_run_leads_from_registration_to_the_first_bug(browser: Browser, app: App) -> None:
    """Register, name a project, copy one line, see the light turn green, open the bug."""
    with opened(browser, base_url=app.server.url) as page:
        page.goto("/register")
        page.get_by_label("Name").fill("Fay")
        page.get_by_label("Email").fill("fay@example.com")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Create your first project").wait_for()
        page.keyboard.type("Fay's shop")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Waiting for the first report")).to_be_visible()
        href = page.get_by_role("link", name="Open a page that has it").get_attribute("href")
        assert page.request.get(f"{app.server.url}{href}").ok
        page.get_by_text("Or send one from a shell").click()
        key = re.search(r"bsk_pub_\w+", page.get_by_label("curl").inner_text())
        assert key is not None
        assert sent(app, key[0]).status_code == httpx.codes.CREATED
        expect(page.get_by_text("The first report is here")).to_be_visible()
        page.get_by_role("link", name="Open it").click()
        expect(page).to_have_url(re.compile(r"/app/p/fay/\w+/1$"))


def menu(page: Page, name: str, item: str) -> None:
    page.get_by_role("button", name=f"More for {name}").last.click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def open_settings(page: Page, app: App, project: Project, part: str) -> None:
    page.goto(f"{app.path(project)}/settings/{part}")


def sent(app: App, key: str) -> httpx.Response:
    body = {"title": "It works", "severity": "low", "category": "bug"}
    return app.ada.http.post("/api/v1/reports", json=body, headers={"X-API-Key": key})


def read(app: App, project: Project, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{app.server.url}/api/v1/reports?project_id={project.id}", headers=headers).status_code
