"""The dashboard's palette, board, triage mode and the verbs with one key, by keyboard and by pointer."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser import eventually, held, inaccessible
from tests.e2e.apps import App, served
from tests.server import Project

pytestmark = pytest.mark.browser

TITLES = ("Pay does nothing", "Logo is blurred", "Cart empties itself", "Search answers 500", "Price is NaN")


@dataclass(frozen=True, slots=True)
class Shop:
    """Projects of Ada's: one for each test, with five reports, WS-1 to WS-5 in the first."""

    app: App

    def project(self, name: str) -> Project:
        project = self.app.ada.create_project(name)
        for title in TITLES:
            self.app.send(project, title)
        return project

    def report(self, code: str) -> dict[str, object]:
        answer = self.app.ada.http.get(f"/api/v1/reports/{code}").raise_for_status().json()
        assert isinstance(answer, dict)
        return answer

    def comments(self, code: str) -> list[str]:
        answer = self.app.ada.http.get(f"/api/v1/reports/{code}/comments").raise_for_status()
        return [each["body"] for each in answer.json()]

    def status(self, code: str) -> int:
        return self.app.ada.http.get(f"/api/v1/reports/{code}").status_code


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with served(tmp_path_factory.mktemp("triage")) as app:
        yield Shop(app)


def test_the_palette_finds_bugs_actions_and_projects(browser: Browser, shop: Shop) -> None:
    """Point 6."""
    project, other = shop.project("Meadow"), shop.app.ada.create_project("Orchard")
    code = project.code
    with shop.app.page(browser) as page:
        page.goto(shop.app.path(project))
        expect(titles(page)).to_have_count(5)
        press(page, "j", "x", "j", "x", "Control+k", *"status resolved")
        expect(option(page, "Status: Resolved")).to_contain_text("2 bugs")
        assert inaccessible(page) == []
        with held(page):
            press(page, "Enter")
            expect(titles(page)).to_have_count(3)
        with held(page):
            press(page, "z")
            expect(titles(page)).to_have_count(5)

        shop.app.ada.http.patch(f"/api/v1/reports/{code}-2", json={"status": "closed"}).raise_for_status()
        expect(titles(page)).to_have_count(4)
        press(page, "Control+k", *"#2")
        expect(page.get_by_role("option").first).to_have_text(re.compile(f"{code}-2"))
        press(page, "Enter")
        expect(page).to_have_url(re.compile(rf"/{code}/2$"))
        press(page, "Control+k", *"orch", "Enter")
        expect(page).to_have_url(re.compile(rf"/{other.code}$"))


def test_a_duplicate_is_merged_and_a_comment_written_without_leaving_the_list(
    browser: Browser, shop: Shop
) -> None:
    """Points 3, 7 and 18. Sent again because its answer was lost, a comment is made once."""
    project = shop.project("Garden")
    code = project.code
    with shop.app.page(browser, meant="ERR_FAILED") as page:
        page.goto(shop.app.path(project))
        expect(titles(page)).to_have_count(5)
        with held(page):
            press(page, "j", "x", "j", "x", "d", *"blurred", "Enter")
            expect(titles(page)).to_have_count(3)
        expect(said(page, f"2 bugs closed as a duplicate of {code}-2")).to_be_visible()
        eventually(page, lambda: shop.report(f"{code}-2")["duplicateCount"] == 2)
        with held(page):
            press(page, "z")
            expect(titles(page)).to_have_count(5)
        eventually(page, lambda: shop.report(f"{code}-2")["duplicateCount"] == 0)

        press(page, "c", *"Since Monday")
        page.reload()
        expect(titles(page)).to_have_count(5)
        press(page, "j", "x", "j", "x", "c")
        expect(page.get_by_role("textbox", name="Comment")).to_have_value("Since Monday")
        assert inaccessible(page) == []
        page.route("**/reports/bulk/comments", lose_answer, times=1)
        press(page, "Control+Enter")
        expect(said(page, "2 bugs were not changed")).to_be_visible()
        press(page, "c", "Control+Enter")
        expect(said(page, "Commented on 2 bugs")).to_be_visible()
        assert shop.comments(f"{code}-4") == shop.comments(f"{code}-5") == ["Since Monday"]
        press(page, "z")
        expect(said(page, "Taken back")).to_be_visible()
        assert shop.comments(f"{code}-5") == []


def test_a_board_moves_bugs_by_pointer_by_key_and_by_a_button(browser: Browser, shop: Shop) -> None:
    """Point 21, and WCAG 2.5.7."""
    project = shop.project("Pond")
    code = project.code
    with shop.app.page(browser, viewport={"width": 1280, "height": 800}) as page:
        page.goto(shop.app.path(project))
        expect(titles(page)).to_have_count(5)
        press(page, "b")
        expect(page).to_have_url(re.compile(r"\?as=board$"))
        expect(cards(page, "New")).to_have_count(5)

        with held(page):
            cards(page, "New").filter(has_text=f"{code}-3").drag_to(column(page, "In progress"))
            expect(cards(page, "In progress")).to_have_count(1)
        eventually(page, lambda: shop.report(f"{code}-3")["status"] == "in_progress")
        with held(page):
            press(page, "z")
            expect(cards(page, "New")).to_have_count(5)

        # Who dragged a card may have the cursor on it: from the top, the two newest are moved.
        with held(page):
            press(page, "Escape", "j", "x", "j", "x", "Shift+ArrowRight")
            expect(cards(page, "Triaging")).to_have_count(2)
        expect(page.get_by_role("toolbar")).to_contain_text("2 selected")
        press(page, "Escape", "ArrowLeft")
        expect(page.locator("article:focus")).to_have_accessible_name(re.compile(f"^{code}-[123], "))
        with held(page):
            press(page, "m", *"progress", "Enter")
            expect(cards(page, "In progress")).to_have_count(1)
        page.get_by_role("button", name=f"Move {code}-1 to").click()
        page.get_by_role("option", name="Resolved").click()
        expect(column(page, "Resolved")).to_contain_text("The query leaves these out")
        eventually(page, lambda: shop.report(f"{code}-1")["status"] == "resolved")
        assert inaccessible(page) == []


def test_a_finger_selects_in_the_list_and_drags_on_the_board(browser: Browser, shop: Shop) -> None:
    """Points 21 and 27, at 390 px."""
    project = shop.project("Marsh")
    code = project.code
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with shop.app.page(browser, **phone) as page:
        page.goto(shop.app.path(project))
        expect(titles(page)).to_have_count(5)
        with finger(page, row(page, f"{code}-4")):
            expect(page.get_by_role("toolbar")).to_contain_text("1 selected")
        row(page, f"{code}-2").tap()
        expect(page.get_by_role("toolbar")).to_contain_text("2 selected")
        assert inaccessible(page) == []
        page.get_by_role("button", name="Severity").tap()
        page.get_by_role("option", name="Critical").tap()
        eventually(page, lambda: shop.report(f"{code}-4")["severity"] == "critical")
        page.get_by_role("button", name="Select nothing").tap()
        page.get_by_role("button", name="Columns and density").tap()
        page.get_by_role("menuitem", name="Select bugs").tap()
        expect(page.get_by_role("toolbar")).to_contain_text("0 selected")
        page.get_by_role("button", name="Select nothing").tap()

        page.get_by_role("button", name="Show as a board").tap()
        with finger(page, cards(page, "New").first) as move:
            expect(page.locator(".card-ghost")).to_be_visible()
            # At the edge the board scrolls on, up to its last column.
            move(380, 600)
            expect(page.locator(".column-over")).to_contain_text("Closed")
        expect(cards(page, "New")).to_have_count(4)
        eventually(page, lambda: shop.report(f"{code}-5")["status"] == "closed")


def test_triage_mode_opens_the_next_bug_after_each_decision(browser: Browser, shop: Shop) -> None:
    """Point 8."""
    project = shop.project("Brook")
    code = project.code
    with shop.app.page(browser) as page:
        page.goto(shop.app.path(project))
        expect(titles(page)).to_have_count(5)
        press(page, "t")
        expect(page.get_by_role("heading", name="Pay does nothing")).to_be_visible()
        expect(page.get_by_text("1 of 5 untriaged")).to_be_visible()
        expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
        press(page, "p", *"high", "Enter")
        expect(page.get_by_role("listitem").filter(has_text="Severity: High")).to_be_visible()
        press(page, "t")
        expect(page.get_by_role("heading", name="Logo is blurred")).to_be_visible()
        expect(page).to_have_url(re.compile(r"/triage\?bug=2$"))
        eventually(page, lambda: shop.report(f"{code}-1")["status"] == "triaging")
        press(page, "z")
        expect(page.get_by_role("heading", name="Pay does nothing")).to_be_visible()
        assert inaccessible(page) == []
        press(page, "j", "w")
        expect(page.get_by_role("heading", name="Cart empties itself")).to_be_visible()
        press(page, "d", *"pay", "Enter")
        expect(page.get_by_role("heading", name="Search answers 500")).to_be_visible()
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_role("heading", name="Price is NaN")).to_be_visible()
        press(page, "t", "t")
        expect(page.get_by_role("heading", name="All triaged")).to_be_visible()
        press(page, "Escape")
        expect(titles(page)).to_have_count(3)


def test_bugs_are_deleted_when_nobody_can_take_it_back_any_more(browser: Browser, shop: Shop) -> None:
    """Points 3 and 21."""
    project = shop.project("Heath")
    code = project.code
    with shop.app.page(browser) as page:
        page.goto(shop.app.path(project))
        expect(titles(page)).to_have_count(5)
        press(page, "j", "x", "j", "x")
        with held(page):
            page.get_by_role("button", name="More to do with them").click()
            page.get_by_role("menuitem", name="Delete").click()
            expect(titles(page)).to_have_count(3)
        expect(page.get_by_role("toolbar")).to_have_count(0)
        with held(page):
            press(page, "z")
            expect(titles(page)).to_have_count(5)
        expect(page.get_by_role("toolbar")).to_contain_text("2 selected")
        press(page, "Delete")
        expect(said(page, "Deleting 2 bugs for good")).to_be_visible()
        assert shop.report(f"{code}-5")["status"] == "new"
        page.goto(shop.app.path(project))
        eventually(page, lambda: shop.status(f"{code}-5") == shop.status(f"{code}-4") == 404)
        expect(titles(page)).to_have_count(3)


def test_edits_are_taken_back_one_after_the_other_and_what_is_refused_comes_back(
    browser: Browser, shop: Shop
) -> None:
    """Point 3: `z z z z`, more than toasts are shown."""
    project = shop.project("Ridge")
    code = project.code
    shop.app.ada.http.patch(f"/api/v1/reports/{code}-1", json={"status": "closed"}).raise_for_status()
    with shop.app.page(browser) as page:
        page.goto(f"{shop.app.path(project)}?q=sort:oldest")
        expect(titles(page)).to_have_count(5)
        press(page, "j", "j")
        for severity in ("high", "low", "critical", "high"):
            press(page, "p", *severity, "Enter")
            expect(said(page, f"{code}-2: severity {severity.title()}").last).to_be_visible()
        expect(page.locator(".toast")).to_have_count(3)
        for severity in ("critical", "low", "high", "medium"):
            with held(page):
                press(page, "z")
                expect(row(page, f"{code}-2")).to_contain_text(severity.title())
        eventually(page, lambda: shop.report(f"{code}-2")["severity"] == "medium")

        press(page, "k", "x", "j", "x", "s", *"resolved", "Enter")
        expect(row(page, f"{code}-2")).to_contain_text("Resolved")
        expect(said(page, "From there it can become")).to_be_visible()
        expect(row(page, f"{code}-1")).to_contain_text("Closed")
        assert shop.report(f"{code}-2")["status"] == "resolved"


def lose_answer(route: Route) -> None:
    assert route.fetch().ok
    route.abort()


@contextmanager
def finger(page: Page, on: Locator) -> Iterator[Callable[[float, float], None]]:
    """Held down there, moved by what is yielded, lifted at the end."""
    box = on.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)

    def put(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    put("touchStart", (box["x"] + 80, box["y"] + box["height"] / 2))
    yield lambda x, y: put("touchMove", (x, y))
    put("touchEnd")


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=re.compile(f"^{name}"))


def cards(page: Page, name: str) -> Locator:
    return column(page, name).get_by_role("article")


def titles(page: Page) -> Locator:
    return page.get_by_role("grid").locator(".row-title a")


def row(page: Page, code: str) -> Locator:
    return page.get_by_role("row").filter(has_text=code)


def option(page: Page, text: str) -> Locator:
    return page.get_by_role("option").filter(has_text=text)


def said(page: Page, text: str) -> Locator:
    return page.get_by_role("status").filter(has_text=text)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press("Space" if key == " " else key)
