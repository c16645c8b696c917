"""The day's work without a pointer, in a real browser against a real server."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import eventually
from tests.e2e.apps import App, served
from tests.server import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with served(tmp_path_factory.mktemp("journey")) as found:
        yield found


def test_from_the_login_to_a_comment_by_keyboard_alone(browser: Browser, app: App) -> None:
    """Points 5, 7 and 28; another person's browser sees it within a second (point 4)."""
    orchard = app.ada.create_project("Orchard")
    bug = app.send(orchard, "The gate is stuck")
    with app.page(browser) as page, app.page(browser) as other:
        other.goto(app.path(orchard))
        page.context.clear_cookies()
        page.goto("/login")
        tab_to(page, "email")
        page.keyboard.type(app.ada.email)
        tab_to(page, "password")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/app$"))

        page.get_by_role("heading", level=1).wait_for()
        page.keyboard.press("Control+k")
        page.keyboard.type("Orchard")
        expect(page.get_by_role("option", name=re.compile("Orchard")).first).to_be_visible()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(app.path(orchard)))
        row = page.get_by_role("row", name=re.compile("The gate is stuck"))
        row.wait_for()
        page.keyboard.press("j")
        page.keyboard.press("k")

        page.keyboard.press("p")
        page.keyboard.type("crit")
        page.keyboard.press("Enter")
        theirs = other.get_by_role("row", name=re.compile("The gate is stuck"))
        expect(row).to_contain_text("Critical")
        expect(theirs).to_contain_text("Critical")
        page.keyboard.press("z")
        expect(row).to_contain_text("Medium")
        expect(theirs).to_contain_text("Medium")

        page.keyboard.press("c")
        page.get_by_role("dialog").wait_for()
        page.keyboard.type("Oil it.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("dialog")).to_have_count(0)
        eventually(page, lambda: "Oil it." in app.ada.http.get(f"/api/v1/reports/{bug}/comments").text)


def tab_to(page: Page, name: str) -> None:
    for _ in range(12):
        if page.evaluate("document.activeElement?.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {name}")
