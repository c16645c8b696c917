"""A project's list in the dashboard, by keyboard, beside another browser, and when things go wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import held, inaccessible
from tests.e2e.apps import App, served
from tests.server import PASSWORD, Person, Project

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Shop:
    """A project of Ada's with six reports, WS-1 to WS-6."""

    app: App
    project: Project

    @property
    def path(self) -> str:
        return self.app.path(self.project)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with served(tmp_path_factory.mktemp("list")) as app:
        project = app.ada.create_project("Web shop")
        for title, more in {
            "Pay does nothing": {"severity": "critical", "description": "The voucher was applied."},
            "Logo is blurred": {"severity": "low", "category": "ui"},
            "Cart empties itself": {"severity": "high"},
            "Search answers 500": {"severity": "high"},
            "Footer overlaps": {"severity": "low", "category": "ui"},
            "Price is NaN": {},
        }.items():
            app.send(project, title, **more)
        yield Shop(app, project)


def test_the_first_report_turns_the_light_green(browser: Browser, shop: Shop) -> None:
    empty = shop.app.ada.create_project("Meadow")
    with shop.app.page(browser) as page:
        page.goto(shop.app.path(empty))
        light = page.get_by_role("status").filter(has_text="Waiting for the first report")
        expect(light).to_be_visible()
        expect(page.get_by_label("HTML")).to_contain_text(empty.key)
        page.get_by_role("button", name="React").click()
        expect(page.get_by_label("React")).to_contain_text(empty.key)
        assert inaccessible(page) == []
        shop.app.send(empty, "It works")

        expect(page.get_by_text("The first report is here")).to_be_visible()
        expect(page.get_by_role("link", name="Open it")).to_have_attribute("href", re.compile("/ME-?1$|/1$"))


def test_a_query_is_typed_completed_corrected_and_in_the_address(browser: Browser, shop: Shop) -> None:
    """Points 9, 10 and 11."""
    with shop.app.page(browser) as page:
        page.goto(f"{shop.path}?q=is:open+sort:oldest")
        expect(titles(page).first).to_have_text("Pay does nothing")
        page.keyboard.press("/")
        page.keyboard.press("Control+a")
        page.keyboard.type("is:open sev")
        page.keyboard.press("Tab")
        page.keyboard.type("hi")
        page.keyboard.press("Tab")
        expect(query(page)).to_have_value("is:open severity:high ")
        expect(titles(page)).to_have_text(["Search answers 500", "Cart empties itself"])
        expect(page).to_have_url(re.compile(r"\?q=is:open\+severity:high"))

        page.keyboard.type("severity:loud")
        expect(page.get_by_text("“loud” is no value of severity:")).to_be_visible()
        expect(page.locator("mark.wrong")).to_have_text("loud")
        assert titles(page).count() == 2

        query(page).fill("is:open voucher")
        expect(titles(page)).to_have_text(["Pay does nothing"])
        page.get_by_role("link", name=re.compile("^Critical")).click()
        expect(page.get_by_role("link", name=re.compile("^Critical"))).to_have_text("Critical1")
        expect(query(page)).to_have_value("is:open severity:critical")
        query(page).fill("is:open category:ui")
        page.get_by_role("button", name="Save this query as a view").click()
        page.get_by_label("Name").fill("Looks")
        page.get_by_label("Share it with the project").check()
        page.get_by_role("button", name="Save", exact=True).click()
        looks = page.get_by_role("link", name=re.compile("^Looks"))
        expect(looks).to_have_text("Looks2")
        expect(looks).to_have_attribute("aria-current", "true")
        page.get_by_role("button", name="The view Looks").click()
        page.get_by_role("menuitem", name="Delete the view").click()
        expect(looks).to_have_count(0)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Undo").click()
        expect(looks).to_have_count(1)
        query(page).fill("is:open assignee:ad")
        page.keyboard.press("Tab")
        expect(query(page)).to_have_value("is:open assignee:ada ")
        query(page).fill("is:open nowhere")
        expect(page.get_by_role("heading", name="No bug fits")).to_be_visible()


def test_triage_by_keyboard_is_shown_at_once_seen_by_others_and_taken_back(
    browser: Browser, shop: Shop
) -> None:
    """Points 3, 4, 5, 7 and 21: nothing but keys, and another browser beside."""
    with shop.app.page(browser) as page, shop.app.page(browser) as other:
        other.goto(shop.path)
        expect(titles(other)).to_have_count(6)
        page.goto(shop.path)
        expect(titles(page)).to_have_count(6)
        press(page, "j", "j", "x", "J")
        expect(page.get_by_role("toolbar")).to_contain_text("2 selected")
        with held(page):
            press(page, "p", *"crit", "Enter")
            expect(severities(page, "Critical")).to_have_count(3)
        expect(severities(other, "Critical")).to_have_count(3, timeout=5_000)
        with held(page):
            press(page, "z")
            expect(severities(page, "Critical")).to_have_count(1)
        expect(severities(other, "Critical")).to_have_count(1, timeout=5_000)

        with held(page):
            press(page, "Escape", "s", *"closed", "Enter")
            expect(titles(page)).to_have_count(5)
        with held(page):
            press(page, "z")
            expect(row(page, "WS-4")).to_contain_text("New")
        expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()

        press(page, "ArrowUp", "i")
        expect(row(page, "WS-4")).to_contain_text("Ada")
        press(page, "l", *"regression", "Enter")
        expect(row(page, "WS-4")).to_contain_text("regression")
        press(page, "Space")
        expect(page.get_by_role("complementary", name="A look at WS-4")).to_contain_text("Search answers 500")
        press(page, "j")
        expect(page.get_by_role("complementary", name="A look at WS-3")).to_contain_text("Cart empties")
        assert inaccessible(page) == []
        expect(page).to_have_url(re.compile("peek=WS-3"))
        page.reload()
        expect(page.get_by_role("complementary", name="A look at WS-3")).to_be_visible()
        press(page, "Escape", "Enter")
        expect(page).to_have_url(re.compile(r"/app/p/ada/WS/3$"))


def test_what_the_server_refuses_is_taken_back_with_its_reason(browser: Browser, shop: Shop) -> None:
    """Point 3."""
    report = shop.app.send(shop.project, "Closed already")
    shop.app.ada.http.patch(f"/api/v1/reports/{report}", json={"status": "closed"}).raise_for_status()
    with shop.app.page(browser) as page:
        page.goto(f"{shop.path}?q=is:closed")
        expect(titles(page)).to_have_text(["Closed already"])
        press(page, "j", "s", *"resolved", "Enter")

        expect(page.get_by_role("status").filter(has_text="From there it can become")).to_be_visible()
        expect(page.get_by_role("row", name=re.compile("Closed already"))).to_contain_text("Closed")


def test_what_others_change_moves_nothing_under_ones_eyes(browser: Browser, shop: Shop) -> None:
    """Point 4: the line that is looked at, the cursor, the selection and the focus stay."""
    project = shop.app.ada.create_project("Meadow land")
    ids = [shop.app.send(project, f"Bug {number}") for number in range(60)]
    with shop.app.page(browser, viewport={"width": 1280, "height": 600}) as page:
        page.goto(shop.app.path(project))
        expect(row(page, f"{project.code}-60")).to_be_visible()
        press(page, *"jjjjjjjjjjjjjjjjjjjjjjjjj", "x")
        mine = page.locator(".row-cursor")
        expect(mine).to_contain_text("Bug 35")
        before = mine.bounding_box()
        shop.app.send(project, "Newest of all")
        shop.app.ada.http.patch(f"/api/v1/reports/{ids[59]}", json={"status": "closed"}).raise_for_status()
        shop.app.ada.http.patch(f"/api/v1/reports/{ids[40]}", json={"status": "closed"}).raise_for_status()
        shop.app.send(project, "Even newer")
        expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "61")
        expect(page.get_by_text("60 bugs")).to_be_visible()

        assert mine.bounding_box() == before
        expect(mine).to_contain_text("Bug 35")
        expect(page.get_by_role("toolbar")).to_contain_text("1 selected")
        expect(page.get_by_role("grid")).to_be_focused()
        shop.app.ada.http.patch(f"/api/v1/reports/{ids[35]}", json={"status": "closed"}).raise_for_status()
        expect(mine).to_contain_text("Bug 34")


def test_columns_and_row_height_are_remembered(browser: Browser, shop: Shop) -> None:
    with shop.app.page(browser) as page:
        page.goto(shop.path)
        page.get_by_role("button", name="Columns and density").click()
        page.get_by_role("menuitemcheckbox", name="Reporter").click()
        page.get_by_role("button", name="Columns and density").click()
        page.get_by_role("menuitemradio", name="Compact").click()
        page.reload()
        expect(page.get_by_role("columnheader", name="Reporter")).to_be_visible()
        expect(page.locator(".rows-compact")).to_be_visible()


def test_a_session_that_ends_leaves_the_page_for_the_login(browser: Browser, shop: Shop) -> None:
    with Person(shop.app.server.url, "Bo") as bo:
        mine = bo.create_project("Mine")
        with shop.app.page(browser, bo, color_scheme="dark", viewport={"width": 390, "height": 844}) as page:
            page.goto(shop.app.path(mine, "bo"))
            expect(page.get_by_text("Waiting for the first report")).to_be_visible()
            assert inaccessible(page) == []
            bo.http.post("/api/v1/auth/logout").raise_for_status()
            page.wait_for_url(re.compile(r"/login\?next=/app/p/bo/"), timeout=5_000)
            page.get_by_label("Email").fill(bo.email)
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_label("Password", exact=True).press("Enter")
            expect(page.get_by_text("Waiting for the first report")).to_be_visible()


def query(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Query")


def titles(page: Page) -> Locator:
    return page.get_by_role("grid").locator(".row-title a")


def row(page: Page, code: str) -> Locator:
    return page.get_by_role("row").filter(has_text=code)


def severities(page: Page, word: str) -> Locator:
    return page.get_by_role("gridcell", name=word, exact=True)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
