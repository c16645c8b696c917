"""A bug's page in the dashboard: the fold, the timeline, comments, merging, the viewer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import inaccessible, opened
from tests.e2e.apps import App, served
from tests.e2e.rich_reports import everything, sent_by_widget
from tests.server import Project

pytestmark = pytest.mark.browser

FOLD = {"width": 1280, "height": 800}
LED_TO_IT = (
    "input #voucher",
    "click #apply",
    "voucher is slow",
    "navigation /checkout/pay",
    "click #pay",
    "GET /api/pay",
    "Payment failed",
    "[Uncaught] TypeError",
)


@dataclass(frozen=True, slots=True)
class Shop:
    """WS-1 has everything, WS-2 tells of the same."""

    app: App
    project: Project

    def path(self, number: int) -> str:
        return f"{self.app.path(self.project)}/{number}"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with served(tmp_path_factory.mktemp("bug")) as app:
        project = app.ada.create_project("Web shop")
        app.send(project, "Pay button does nothing after voucher", **everything(app, project))
        app.send(project, "Pay button does nothing on the phone", description="After the voucher.")
        yield Shop(app, project)


def test_what_was_seen_and_went_wrong_stands_above_the_fold(browser: Browser, shop: Shop) -> None:
    """Points 13 and 19."""
    with shop.app.page(browser, viewport=FOLD) as page:
        page.goto(shop.path(1))
        expect(page.get_by_role("heading", level=1)).to_have_text("Pay button does nothing after voucher")
        for seen in (
            page.get_by_role("region", name="Given, when, then"),
            page.get_by_role("region", name="First error").get_by_text(
                "Uncaught TypeError: total is undefined"
            ),
            page.get_by_role("button", name="Screenshot, opens larger"),
        ):
            expect(seen).to_be_visible()
            box = seen.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= FOLD["height"]
        expect(
            page.get_by_text("Chrome · Windows · 1440 \N{MULTIPLICATION SIGN} 900 · de-DE")
        ).to_be_visible()
        assert page.evaluate("document.documentElement.scrollHeight") == FOLD["height"]
        assert inaccessible(page) == []


def test_one_clock_holds_console_network_and_actions(browser: Browser, shop: Shop) -> None:
    """Points 12, 14 and 15."""
    with shop.app.page(browser, viewport=FOLD) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(shop.path(1))
        expect(rows(page).first).to_contain_text("navigation")
        expect(rows(page).filter(has_text="cart ready")).to_contain_text("\N{MULTIPLICATION SIGN} 3")
        page.get_by_role("button", name="Show in timeline").click()
        expect(page.get_by_text("at pay (https://shop.example/app.js:10:5)").last).to_be_visible()

        lane(page, "Network").click()
        expect(rows(page).first).to_contain_text("POST /api/pay")
        expect(page.locator(".entry-moment")).to_contain_text("/api/pay")
        rows(page).first.click()
        page.get_by_role("button", name="Copy as cURL").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert clipboard(page) == "curl -X POST 'https://shop.example/api/pay'"
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save HAR").click()
        assert saved.value.suggested_filename == "WS-1.har"

        lane(page, "All").click()
        page.keyboard.press("/")
        page.keyboard.type("voucher")
        expect(rows(page)).to_have_count(2)
        expect(page).to_have_url(re.compile(r"find=voucher"))
        page.reload()
        expect(rows(page)).to_have_count(2)
        page.get_by_label("Level").select_option("Errors")
        expect(page.get_by_text("Nothing fits.")).to_be_visible()


def test_what_the_widget_saw_is_seen_whole(browser: Browser, shop: Shop) -> None:
    """Points 12 to 16 and 19, from one end to the other."""
    number = sent_by_widget(browser, shop.app, shop.project, "Checkout fails with SPRING")
    with shop.app.page(browser, viewport=FOLD) as page:
        page.goto(shop.path(number))
        error = page.get_by_role("region", name="First error")
        expect(error).to_contain_text("Payment failed with status 404")
        expect(error).to_contain_text("(/checkout.html:")
        expect(page.locator(".bug-environment")).to_contain_text(re.compile("/checkout/pay.*Chrome"))
        told = [text.replace("\n", " ") for text in rows(page).all_inner_texts()]
        places = [next(at for at, text in enumerate(told) if words in text) for words in LED_TO_IT]
        assert places == sorted(places), told
        expect(rows(page).filter(has_text="voucher is slow")).to_contain_text("\N{MULTIPLICATION SIGN} 12")
        expect(page.get_by_text("Not in the picture: 1 image of another site")).to_be_visible()

        rows(page).filter(has_text="click #pay").click()
        lane(page, "Console").click()
        expect(page.locator(".entry-moment")).to_be_visible()
        lane(page, "Network").click()
        expect(rows(page).first).to_contain_text("GET /api/pay")
        expect(rows(page).locator(".waterfall")).to_have_count(2)
        page.keyboard.press("v")
        viewer = page.get_by_role("dialog", name="Screenshot")
        expect(viewer.locator(".viewer-shapes > *")).to_have_count(1)


def test_the_picture_is_looked_at_with_its_drawing_and_without(browser: Browser, shop: Shop) -> None:
    """Point 16."""
    with shop.app.page(browser, viewport=FOLD) as page:
        page.goto(shop.path(1))
        page.get_by_role("heading", level=1).wait_for()
        page.keyboard.press("v")
        viewer = page.get_by_role("dialog", name="Screenshot")
        expect(viewer.get_by_text("640 \N{MULTIPLICATION SIGN} 400")).to_be_visible()
        expect(viewer.get_by_text("Not in the picture: 2 images of other sites")).to_be_visible()
        expect(viewer.locator(".viewer-shapes > *")).to_have_count(3)
        assert inaccessible(page) == []
        page.keyboard.press("d")
        expect(viewer.locator(".viewer-shapes")).to_have_count(0)
        page.keyboard.press("+")
        expect(viewer.get_by_text("150 %")).to_be_visible()
        page.keyboard.press("Escape")
        expect(viewer).to_have_count(0)


def test_a_comment_is_markdown_names_people_and_survives_as_a_draft(browser: Browser, shop: Shop) -> None:
    """Points 3, 4 and 20."""
    with shop.app.page(browser, viewport=FOLD) as page, shop.app.page(browser) as other:
        other.goto(shop.path(2))
        page.goto(shop.path(2))
        page.get_by_role("heading", level=1).wait_for()
        page.keyboard.press("c")
        page.keyboard.type("**Broken** <b>x</b> see WS-1 @ad")
        page.get_by_role("option", name="Ada").click()
        page.reload()
        expect(page.get_by_label("Comment", exact=True)).to_have_value("**Broken** <b>x</b> see WS-1 @Ada ")
        page.keyboard.press("c")
        page.keyboard.press("Control+Enter")
        said = page.locator(".remark")
        expect(said.locator("strong", has_text="Broken")).to_be_visible()
        expect(said).to_contain_text("<b>x</b>")
        expect(said.get_by_role("link", name="WS-1")).to_have_attribute("href", re.compile(r"/WS/1$"))
        expect(said.locator(".mention")).to_have_text("@Ada")
        expect(other.locator(".mention")).to_have_text("@Ada")

        page.get_by_role("status").get_by_role("button", name="Undo").click()
        expect(said).to_have_count(0)
        expect(page.get_by_label("Comment", exact=True)).to_have_value(re.compile(r"^\*\*Broken"))


def test_a_bug_is_triaged_copied_merged_and_taken_apart_by_keyboard(browser: Browser, shop: Shop) -> None:
    """Points 7, 17, 18 and 20."""
    with shop.app.page(browser, viewport=FOLD) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(shop.path(2))
        similar = page.get_by_role("region", name="Similar")
        expect(similar).to_contain_text(re.compile(r"WS-1 · \d+ % alike · “nothing, voucher, button”"))
        page.keyboard.press("p")
        page.keyboard.type("crit")
        page.keyboard.press("Enter")
        expect(fact(page, "Severity")).to_contain_text("Critical")
        expect(
            page.get_by_role("list").get_by_text("changed Severity from Medium to Critical")
        ).to_be_visible()

        page.keyboard.press("M")
        expect(page.get_by_text(re.compile(r"WS-2 copied as a prompt \(≈ \d+ tokens\)"))).to_be_visible()
        assert "# WS-2: Pay button does nothing on the phone" in clipboard(page)

        page.keyboard.press("d")
        page.keyboard.type("after")
        page.keyboard.press("Enter")
        expect(page.locator(".bug-merged")).to_contain_text("Closed as a duplicate of WS-1")
        expect(fact(page, "Status")).to_contain_text("Closed")
        page.keyboard.press("z")
        expect(page.get_by_text("Taken back")).to_be_visible()
        expect(page.locator(".bug-merged")).to_have_count(0)
        kept = "WS-1 Pay button does nothing after voucher"
        for told in (f"closed this as a duplicate of {kept}", f"again, apart from {kept}"):
            expect(page.locator(".happened").filter(has_text=told).get_by_role("link")).to_have_text(kept)
        expect(fact(page, "Status")).to_contain_text("New")
        page.keyboard.press("Escape")
        expect(page).to_have_url(re.compile("/WS$"))


def test_a_bug_is_shared_with_two_keys_and_a_link_ends_with_one_press(browser: Browser, shop: Shop) -> None:
    """Point 26."""
    with shop.app.page(browser, viewport=FOLD) as page, opened(browser) as guest:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(shop.path(1))
        page.get_by_role("heading", level=1).wait_for()
        page.keyboard.press("S")
        dialog = page.get_by_role("dialog", name="Share WS-1")
        expect(dialog.get_by_role("button", name="Create link")).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog.get_by_text(re.compile("^Copied. It holds until"))).to_be_visible()
        assert inaccessible(page) == []
        address = clipboard(page)
        guest.goto(address)
        expect(guest.get_by_role("heading", level=1)).to_have_text("Pay button does nothing after voucher")

        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(page).to_have_url(re.compile("/WS/1$"))
        page.keyboard.press("S")
        link = dialog.get_by_role("region", name="Links that hold").get_by_role("listitem")
        expect(link).to_have_count(1)
        expect(link).to_contain_text("opened now")
        link.get_by_role("button", name="Revoke").click()
        expect(page.get_by_text("The link leads nowhere any more")).to_be_visible()
        expect(link).to_have_count(0)
        guest.goto(address)
        expect(guest.get_by_text("Pay button does nothing")).to_have_count(0)


def test_what_it_says_is_rewritten_in_place_and_never_over_somebody_elses_words(
    browser: Browser, shop: Shop
) -> None:
    """Point 3."""
    report = shop.app.send(shop.project, "Cart is emty", description="After a reload.")
    number = shop.app.ada.http.get(f"/api/v1/reports/{report}").json()["trackingId"].partition("-")[2]
    with shop.app.page(browser, viewport=FOLD) as page:
        page.goto(shop.path(int(number)))
        heading, toast = page.get_by_role("heading", level=1), page.get_by_role("status")
        heading.wait_for()
        page.keyboard.press("e")
        expect(page.get_by_label("Title")).to_be_focused()
        page.keyboard.type("Cart is empty")
        page.keyboard.press("Enter")
        expect(heading).to_have_text("Cart is empty")
        toast.get_by_role("button", name="Undo").click()
        expect(heading).to_have_text("Cart is emty")
        expect(toast.get_by_text("Taken back")).to_be_visible()

        page.keyboard.press("E")
        form = page.get_by_role("form", name="Edit what was told")
        expect(form.get_by_label("Description")).to_be_focused()
        page.keyboard.type(" Mine.")
        theirs = {"description": "Theirs.", "severity": "low"}
        shop.app.ada.http.patch(f"/api/v1/reports/{report}", json=theirs).raise_for_status()
        expect(fact(page, "Severity")).to_contain_text("Low")
        page.keyboard.press("Control+Enter")
        expect(form.get_by_role("alert")).to_contain_text("Somebody else changed this")
        expect(form.get_by_role("alert")).to_contain_text("Theirs.")
        expect(form.get_by_label("Description")).to_have_value("After a reload. Mine.")
        assert inaccessible(page) == []
        form.get_by_role("button", name="Save mine over it").click()
        expect(page.get_by_role("region", name="Description")).to_contain_text("After a reload. Mine.")
        expect(page.locator(".happened").filter(has_text="rewrote: Description")).to_have_count(2)

        page.get_by_role("button", name="More for this bug").click()
        page.get_by_role("menuitem", name="Delete").click()
        expect(page).to_have_url(re.compile("/WS$"))
        row = page.get_by_text("Cart is emty")
        expect(row).to_have_count(0)
        page.keyboard.press("z")
        expect(row).to_be_visible()


def test_of_two_projects_of_one_code_each_shows_its_own_closed_bug(browser: Browser, shop: Shop) -> None:
    """Point 9."""
    ada = shop.app.ada
    other = ada.post("/api/v1/organizations", name="Garden")
    body = {"name": "Garden shop", "code": shop.project.code, "organization_id": other["id"]}
    garden = ada.post("/api/v1/projects", **body)
    key = Project(str(garden["id"]), str(garden["code"]), str(garden["apiKey"]))
    number = int(ada.http.get(f"/api/v1/reports/{shop.app.send(key, 'Tulips')}").json()["trackingId"][3:])
    with shop.app.page(browser, viewport=FOLD) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        path = f"{shop.app.path(key, str(other['slug']))}/{number}"
        page.goto(path)
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("Tulips")
        page.get_by_label("Comment", exact=True).fill("Watered.")
        page.get_by_role("button", name="Comment and resolve").click()
        expect(fact(page, "Status")).to_contain_text("Resolved")
        expect(page.locator(".remark")).to_contain_text("Watered.")
        heading.click()
        page.keyboard.press("y")
        expect(page.get_by_text("Link copied")).to_be_visible()
        assert clipboard(page).endswith(f"/b/{other['slug']}/{garden['code']}-{number}")
        page.goto(clipboard(page))
        expect(page).to_have_url(re.compile(f"{path}$"))
        expect(heading).to_have_text("Tulips")


def test_it_is_as_good_on_a_phone_in_the_dark_and_what_is_missing_says_so(
    browser: Browser, shop: Shop
) -> None:
    """Points 27, 28 and 29."""
    phone = {"width": 390, "height": 844}
    with shop.app.page(browser, viewport=phone, color_scheme="dark", locale="de-DE") as page:
        page.goto(shop.path(1))
        expect(page.get_by_role("heading", name="Zeitleiste")).to_be_visible()
        expect(page.get_by_role("heading", name="Verlauf")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= phone["width"]
        assert inaccessible(page) == []
        page.goto(shop.path(99))
        expect(page.get_by_role("heading", name="Diese Seite gibt es nicht")).to_be_visible()


def rows(page: Page) -> Locator:
    return page.locator(".entry-line")


def lane(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="What is shown").get_by_role("button", name=name)


def fact(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{name}:"))


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))
