"""The dashboard's frame, in a real browser against a real server."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import inaccessible
from tests.e2e.apps import App, served
from tests.server import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with served(tmp_path_factory.mktemp("frame")) as found:
        yield found


def test_the_login_leads_back_and_the_first_project_is_made_by_keyboard(browser: Browser, app: App) -> None:
    with app.page(browser) as page:
        page.context.clear_cookies()
        page.goto("/app/new")
        expect(page).to_have_url(re.compile(r"/login\?next=/app/new$"))
        page.get_by_label("Email").fill(app.ada.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Create your first project")
        expect(page.get_by_label("Name")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_text("blank")).to_be_visible()
        page.keyboard.type("Web shop")
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile(r"/app/p/ada/WS$"))
        expect(page.locator("#content")).to_be_focused()
        expect(page.get_by_role("navigation").get_by_role("link", name="Web shop")).to_have_attribute(
            "aria-current", "page"
        )


def test_keys_are_listed_and_can_be_switched_off(browser: Browser, app: App) -> None:
    """Points 5 and 28."""
    with app.page(browser) as page:
        page.goto("/app")
        page.get_by_role("heading", level=1).wait_for()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        page.get_by_label("Keys without Ctrl or Cmd work").uncheck()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

        page.keyboard.press("n")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(re.compile("/app$"))


def test_theme_and_language_stay_chosen_and_axe_finds_nothing(browser: Browser, app: App) -> None:
    """Points 27, 28 and 29."""
    # Without motion: axe would see a colour on its way.
    with app.page(browser, viewport={"width": 390, "height": 844}, reduced_motion="reduce") as page:
        page.goto("/app/inbox")
        choose(page, "Dark")
        choose(page, "Deutsch")
        expect(page.get_by_role("heading", level=1)).to_have_text("Mitteilungen")

        assert background(page) == "rgb(14, 17, 19)"
        assert inaccessible(page) == []
        page.goto("/app/nirgends")
        expect(page.get_by_role("heading", name="Diese Seite gibt es nicht")).to_be_visible()
        choose(page, "Hell")
        assert background(page) == "rgb(255, 255, 255)"
        assert inaccessible(page) == []


def test_without_a_network_it_is_said_and_the_change_meanwhile_comes_after(
    browser: Browser, app: App
) -> None:
    project = app.ada.create_project("Lighthouse")
    bug = app.send(project, "It is dark")
    with app.page(browser, meant="ERR_INTERNET_DISCONNECTED") as page:
        page.goto(app.path(project))
        row = page.get_by_role("row", name=re.compile("It is dark"))
        row.wait_for()
        page.context.set_offline(True)
        expect(page.get_by_text("Not connected")).to_be_visible()
        assert inaccessible(page) == []
        app.ada.http.patch(f"/api/v1/reports/{bug}", json={"severity": "critical"}).raise_for_status()
        page.context.set_offline(False)
        expect(page.get_by_text("Not connected")).to_have_count(0)
        expect(row).to_contain_text("Critical")


def choose(page: Page, name: str) -> None:
    page.get_by_role("banner").get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name="Ada").click()
    page.get_by_role("menuitemradio", name=name).click()
    page.keyboard.press("Escape")


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
