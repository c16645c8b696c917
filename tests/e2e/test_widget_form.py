"""The widget's form in a real browser, under a strict policy: what a reporter sees, does and hands over.

The page mounts the form alone (frontend/widget/tests); what delivery and pictures answer, the test says.
"""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, Route, expect

from tests.browser import ROOT, inaccessible, opened

pytestmark = pytest.mark.browser

ORIGIN: Final = "http://shop.example.com"
POLICY: Final = (
    "default-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "require-trusted-types-for 'script'"
)
MARKUP: Final = """<!doctype html><html lang="en"><title>Shop</title><link rel="stylesheet" href="/page.css">
<body><main><h1>Checkout</h1><p><button id="pay">Pay</button></p></main><a id="chat" href="#chat">Chat</a>
<script type="module" src="/form_page.js"></script>"""
# What pages do to every element, and what the button must not cover.
STYLE: Final = """div { border: 8px solid red; padding: 40px; } button { text-transform: uppercase; }
#chat { position: fixed; right: 16px; bottom: 16px; padding: 12px; background: white; color: black; }"""
LANGUAGES: Final = {
    "de": "Fehler melden",
    "fr-CA": "Signaler un bug",
    "es": "Informar de un error",
    "ja": "不具合を報告",
    "zh-TW": "回報問題",
    "pt": "Report a bug",
}
CLIPPED: Final = (
    """nodes => nodes.filter(it => it.scrollWidth > it.clientWidth + 1).map(it => it.textContent)"""
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("form")
    subprocess.run(["node", ROOT / "frontend/widget/tests/build.mjs", folder], check=True)
    return folder


@pytest.fixture
def visit(browser: Browser, built: Path) -> Iterator[Callable[..., Page]]:
    """Opens the page with the widget in it, with `options` of `init` and, by name, of the browser."""
    visits = []

    def begin(options: dict[str, Any] | None = None, **context: Any) -> Page:
        visits.append(opened(browser, **context))
        page = visits[-1].__enter__()
        page.route("**/*", lambda route: _answer(route, built))
        page.goto(ORIGIN)
        page.evaluate("options => window.test.mount(options)", options or {})
        return page

    yield begin
    for each in visits:
        each.__exit__(None, None, None)


def _answer(route: Route, built: Path) -> None:
    name = route.request.url.removeprefix(ORIGIN).lstrip("/")
    if name == "":
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=MARKUP, content_type="text/html; charset=utf-8", headers=headers)
    elif name == "page.css":
        route.fulfill(body=STYLE, content_type="text/css")
    else:
        route.fulfill(path=built / name, content_type="text/javascript; charset=utf-8")


def opened_form(page: Page) -> Locator:
    page.locator(".launcher").click()
    expect(page.locator("#title")).to_be_focused()
    return page.get_by_role("dialog")


def send(form: Locator, title: str = "Pay does nothing") -> None:
    form.get_by_label("Title").fill(title)
    form.get_by_role("button", name="Send report").click()


def a_file(name: str) -> FilePayload:
    return {"name": name, "mimeType": "", "buffer": b"{}"}


def told(page: Page, expression: str) -> Any:
    return page.evaluate(f"window.test.{expression}")


def test_what_was_filled_in_and_left_in_is_handed_over(visit: Callable[..., Page]) -> None:
    page = visit()
    form = opened_form(page)
    form.get_by_label("What happened?").fill("I clicked Pay.")
    form.get_by_label("High").check()
    form.get_by_label("Category").select_option("Crash")
    form.get_by_label("E-mail").fill("ada@example.com")
    form.get_by_role("button", name="Take screenshot").click()
    expect(form.get_by_text("Not in the picture: 2 cross-origin images")).to_be_visible()
    form.get_by_label("Add file").set_input_files(a_file("a.har"))
    form.get_by_label("Send: Network requests").uncheck()
    form.get_by_text("Console").click()
    form.get_by_role("button", name="Remove cart loaded").click()
    expect(form.get_by_text("2 of 3")).to_be_visible()
    form.get_by_text("Page and browser").click()
    form.get_by_role("button", name="Remove userAgent").click()
    send(form)
    expect(form.get_by_role("heading", name="Thank you")).to_be_focused()

    filled = told(page, "filled[0]")
    assert filled["draft"] == {
        "title": "Pay does nothing",
        "description": "I clicked Pay.",
        "severity": "high",
        "category": "crash",
        "email": "ada@example.com",
    }
    assert [entry["level"] for entry in filled["evidence"]["console"]] == ["warn", "error"]
    assert filled["evidence"]["network"] == []
    assert len(filled["evidence"]["actions"]) == 2
    assert "userAgent" not in filled["evidence"]["environment"]
    assert filled["captureWarnings"] == ["2 cross-origin images", "1 closed shadow root"]
    assert [(it["use"], it["name"]) for it in filled["enclosures"]] == [
        ("screenshot", "screenshot.png"),
        ("attachment", "a.har"),
    ]
    assert filled["honeypot"] == ""
    assert told(page, "draft") is None


def test_what_was_hidden_in_a_picture_replaces_it(visit: Callable[..., Page]) -> None:
    page = visit()
    form = opened_form(page)
    form.get_by_role("button", name="Take screenshot").click()
    form.get_by_role("button", name="Annotate").click()
    page.get_by_role("button", name="Hide it").click()
    expect(page.locator(".studio")).to_have_count(0)
    send(form)
    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()

    shots = told(page, "filled[0].enclosures.map(it => [it.use, it.blob === window.test.hidden])")
    assert shots == [["screenshot", True]]
    assert told(page, "filled[0].drawing.v") == 1


def test_a_part_that_was_pixelated_stays_so_when_the_picture_is_drawn_on_again(
    visit: Callable[..., Page],
) -> None:
    page = visit()
    page.evaluate("window.test.draws = true")
    form = opened_form(page)
    form.get_by_role("button", name="Take screenshot").click()
    form.get_by_role("button", name="Annotate").click()
    studio = page.get_by_role("dialog", name="Annotate")
    studio.get_by_label("Pixelate").check()
    x, y, width, height = box_of(studio.locator("canvas").first)
    page.mouse.move(x + width / 4, y + height / 4)
    page.mouse.down()
    page.mouse.move(x + width / 2, y + height / 2, steps=2)
    page.mouse.up()
    assert inaccessible(page) == []
    studio.get_by_role("button", name="Done").click()
    expect(form.get_by_role("button", name="Annotate")).to_be_focused()

    form.get_by_role("button", name="Annotate").click()
    studio.get_by_role("button", name="Done").click()
    expect(studio).to_have_count(0)
    send(form)
    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()
    shots = told(page, "filled[0].enclosures.map(it => [it.use, it.blob === window.test.taken])")
    assert shots == [["screenshot", False]]


def test_what_is_sent_after_the_form_was_closed_is_told_when_it_opens(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("window.test.release = () => {}")
    form = opened_form(page)
    send(form)
    expect(form.get_by_role("button", name="Sending")).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    page.evaluate("window.test.release()")
    page.locator(".launcher").click()
    expect(form.get_by_role("heading", name="Thank you")).to_be_focused()

    form.get_by_role("button", name="Done").click()
    opened_form(page)


def test_what_is_being_sent_can_not_be_sent_again_beside_a_picture(visit: Callable[..., Page]) -> None:
    page = visit()
    form = opened_form(page)
    page.evaluate("window.test.release = () => {}")
    send(form)
    expect(form.get_by_role("button", name="Sending")).to_be_disabled()
    form.get_by_role("button", name="Take screenshot").click()
    form.get_by_role("button", name="Share screen").click()
    expect(form.get_by_role("button", name="Sending")).to_be_disabled()
    assert told(page, "taken") is None
    page.evaluate("window.test.release()")
    expect(form.get_by_role("heading", name="Thank you")).to_be_focused()
    assert len(told(page, "filled")) == 1


def test_only_what_was_copied_is_said_to_be(visit: Callable[..., Page]) -> None:
    """A page in a frame may not write to the clipboard; the old way may work."""
    page = visit()
    page.evaluate("""() => {
      const writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
      Object.defineProperty(navigator, "clipboard", { value: { writeText } });
      window.tried = 0;
      document.execCommand = () => window.tried++ > 0;
    }""")
    form = opened_form(page)
    send(form)
    form.get_by_role("button", name="Copy").click()
    expect(form.get_by_label("private page")).to_be_focused()
    assert page.evaluate("window.tried") == 1
    expect(form.get_by_text("Copied")).to_have_count(0)
    form.get_by_role("button", name="Copy").click()
    expect(form.get_by_text("Copied")).to_be_visible()


def test_the_form_opens_over_a_dialog_of_the_page(visit: Callable[..., Page]) -> None:
    """By its keys: the button is out of reach, as everything but the dialog is."""
    page = visit()
    page.evaluate("""() => {
      const [host, dialog] = [document.querySelector("#bugspark-host"), document.createElement("dialog")];
      host.inert = true;
      host.ariaHidden = "true";
      document.body.append(dialog);
      dialog.showModal();
    }""")
    page.keyboard.press("Alt+Shift+B")
    expect(page.locator("#title")).to_be_focused()
    page.keyboard.type("Over a dialog")
    send(page.get_by_role("dialog", name="Report a bug"), "Over a dialog")
    expect(page.get_by_role("heading", name="Thank you")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('body > dialog').open")


def test_after_sending_there_are_the_number_a_link_and_news_by_mail(visit: Callable[..., Page]) -> None:
    page = visit(permissions=["clipboard-write", "clipboard-read"])
    form = opened_form(page)
    send(form)

    expect(form).to_contain_text("It has the number WEB-42.")
    expect(form.get_by_label("private page")).to_have_value("https://bugs.example.com/r/4f7Qm2xV9s")
    form.get_by_role("button", name="Copy").click()
    expect(form.get_by_role("button", name="Copied")).to_be_visible()
    form.get_by_label("Tell me when it is fixed").fill("eve@example.com")
    form.get_by_role("button", name="Tell me").click()
    expect(form.get_by_role("status")).to_have_text("A message will go to eve@example.com.")

    form.get_by_role("button", name="Report another").click()
    expect(form.get_by_label("Title")).to_have_value("")
    assert told(page, "told") == ["open"]


@pytest.mark.parametrize(
    ("outcome", "heading", "text"),
    [
        ({"kind": "kept", "why": "offline", "lasting": True}, "Your report is kept", "You are offline."),
        ({"kind": "kept", "why": "server", "lasting": False}, "Your report is kept", "Leave this page open"),
        ({"kind": "withheld"}, "The report was not sent", "Nothing has left your browser."),
    ],
)
def test_the_reporter_is_told_what_became_of_it(
    visit: Callable[..., Page], outcome: dict[str, object], heading: str, text: str
) -> None:
    page = visit()
    page.evaluate("outcome => window.test.outcome = outcome", outcome)
    form = opened_form(page)
    send(form)

    expect(form.get_by_role("heading", name=heading)).to_be_focused()
    expect(form).to_contain_text(text)


def test_nothing_is_lost_of_what_was_refused(visit: Callable[..., Page]) -> None:
    page = visit()
    refused = {"kind": "refused", "code": "invalid", "message": "title holds a NUL."}
    page.evaluate("outcome => window.test.outcome = outcome", refused)
    form = opened_form(page)
    send(form)

    expect(form.get_by_role("alert")).to_contain_text("title holds a NUL.")
    expect(form.get_by_role("alert")).to_be_focused()
    expect(form.get_by_label("Title")).to_have_value("Pay does nothing")
    assert told(page, "draft.title") == "Pay does nothing"


def test_who_is_to_put_a_refusal_right_is_said(visit: Callable[..., Page]) -> None:
    page = visit()
    refused = {"kind": "refused", "code": "origin_not_allowed", "message": "This key does not take reports."}
    page.evaluate("outcome => window.test.outcome = outcome", refused)
    form = opened_form(page)
    send(form)

    expect(form.get_by_role("alert")).to_contain_text("The owner of this page has to allow it.")


def test_news_of_kept_reports_wait_at_the_button(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("window.test.panel.hear({kind: 'expired', title: 'Old'})")
    expect(page.locator(".launcher.marked")).to_be_visible()
    form = opened_form(page)
    expect(form.get_by_role("status")).to_contain_text("“Old” could not be sent for a week")
    expect(page.locator(".launcher.marked")).to_have_count(0)

    page.evaluate("window.test.outcome = {kind: 'kept', why: 'offline', lasting: true}")
    send(form)
    expect(form.get_by_role("heading", name="Your report is kept")).to_be_visible()
    page.evaluate("window.test.panel.hear({...window.test.sent, title: 'Pay does nothing'})")
    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(form).to_contain_text("WEB-42")


def test_what_is_missing_is_said_where_it_is_missing(visit: Callable[..., Page]) -> None:
    page = visit()
    form = opened_form(page)
    form.get_by_label("E-mail").fill("nobody")
    form.get_by_role("button", name="Send report").click()

    expect(form.get_by_label("Title")).to_be_focused()
    expect(form.get_by_label("Title")).to_have_accessible_description("Give it a title")
    expect(form.get_by_label("E-mail")).to_have_accessible_description("This is not an e-mail address")
    assert told(page, "filled.length") == 0


def test_a_report_goes_without_a_picture_when_none_can_be_taken(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("window.test.fault = 'timeout'")
    form = opened_form(page)
    form.get_by_role("button", name="Take screenshot").click()
    expect(form.get_by_role("alert")).to_contain_text("No picture could be taken.")
    form.get_by_label("Add file").set_input_files(a_file("a.exe"))
    expect(form.get_by_role("alert")).to_contain_text("a.exe is of a kind that is not taken")
    send(form)

    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()
    assert told(page, "filled[0].enclosures") == []


def test_a_picture_can_be_pasted_and_dropped(visit: Callable[..., Page]) -> None:
    page = visit()
    form = opened_form(page)
    for kind in ("paste", "drop"):
        page.evaluate("kind => window.test.bring(kind)", kind)
    expect(form.get_by_role("img", name="Screenshot")).to_be_visible()
    expect(form.get_by_text("picture.png")).to_be_visible()

    form.get_by_role("button", name="Remove Screenshot").click()
    expect(form.get_by_role("button", name="Take screenshot")).to_be_visible()


def test_a_draft_is_kept_at_every_key_and_is_there_again(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("window.test.email = 'ada@example.com'")
    form = opened_form(page)
    expect(form.get_by_label("E-mail")).to_have_value("ada@example.com")
    form.get_by_label("Title").press_sequentially("Pay")
    assert told(page, "draft.title") == "Pay"

    page.keyboard.press("Escape")
    page.evaluate("window.test.mount({})")
    form = opened_form(page)
    expect(form.get_by_label("Title")).to_have_value("Pay")
    expect(form.get_by_label("E-mail")).to_have_value("ada@example.com")


def test_the_focus_goes_round_in_the_form_and_back_to_where_it_was(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("document.addEventListener('focusin', () => document.querySelector('#pay').focus())")
    page.locator("#pay").focus()
    page.keyboard.press("Alt+Shift+B")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Title")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(form.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(form.get_by_role("button", name="Send report")).to_be_focused()
    page.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Close")).to_be_focused()

    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    expect(page.locator("#pay")).to_be_focused()
    assert told(page, "told") == ["open", "close"]


def test_the_page_hears_nothing_of_what_is_typed_and_clicked_in_the_form(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate(
        """window.heard = []; for (const type of ["keydown", "input", "click", "pointerdown", "focusin"])
        document.addEventListener(type, () => window.heard.push(type))"""
    )
    form = opened_form(page)
    form.get_by_label("Title").press_sequentially("j/k")
    form.get_by_label("Medium").check()

    assert page.evaluate("window.heard") == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_everything_is_accessible_and_fits(visit: Callable[..., Page], scheme: str, width: int) -> None:
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 844}, reduced_motion="reduce")
    form = opened_form(page)
    form.get_by_role("button", name="Take screenshot").click()
    form.get_by_label("Add file").set_input_files(a_file("a.har"))
    for part in ("Console", "Page and browser"):
        form.get_by_text(part, exact=True).click()
    assert form.locator("button, .button, label").evaluate_all(CLIPPED) == []
    assert (
        form.locator("button").evaluate_all(
            "nodes => nodes.filter(it => it.offsetWidth < 24 || it.offsetHeight < 24).length"
        )
        == 0
    )
    assert form.evaluate("it => getComputedStyle(it).animationName") == "none"

    form.get_by_role("button", name="Send report").click()
    expect(form.get_by_text("Give it a title")).to_be_visible()
    assert inaccessible(page) == []
    send(form)
    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()
    assert inaccessible(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_forced_colours_show_what_is_chosen(visit: Callable[..., Page]) -> None:
    page = visit(forced_colors="active")
    form = opened_form(page)
    backgrounds = form.locator(".choices label").evaluate_all(
        "nodes => nodes.map(it => getComputedStyle(it).backgroundColor)"
    )

    assert backgrounds[0] not in backgrounds[1:]
    assert inaccessible(page) == []


@pytest.mark.parametrize(("locale", "heading"), LANGUAGES.items())
def test_the_form_speaks_the_languages_and_fits_in_each(
    visit: Callable[..., Page], locale: str, heading: str
) -> None:
    page = visit({"locale": locale}, viewport={"width": 390, "height": 844})
    form = opened_form(page)
    expect(form.get_by_role("heading", level=2)).to_have_text(heading)
    form.locator(".zone button").first.click()
    expect(form.locator(".shot")).to_be_visible()

    assert form.locator("button, .button, label, h3, .hint").evaluate_all(CLIPPED) == []
    assert form.evaluate("it => it.scrollWidth <= it.clientWidth")


def test_a_page_brings_words_of_its_own_from_right_to_left(visit: Callable[..., Page]) -> None:
    page = visit({"locale": "ar", "words": {"report": "الإبلاغ عن خطأ", "title": "العنوان"}})
    form = opened_form(page)

    expect(form.get_by_role("heading", level=2)).to_have_text("الإبلاغ عن خطأ")
    expect(form.get_by_label("العنوان")).to_be_focused()
    close, heading = form.get_by_role("button", name="Close"), form.get_by_role("heading", level=2)
    assert box_of(close) < box_of(heading)
    assert form.evaluate("it => getComputedStyle(it).direction") == "rtl"


def test_the_button_stands_aside_can_be_moved_and_stays_where_it_was_moved_to(
    visit: Callable[..., Page],
) -> None:
    page = visit({"branding": {"buttonText": "Feedback"}})
    button, chat = page.get_by_role("button", name="Feedback"), page.locator("#chat")
    expect(button).to_be_visible()
    _, top, _, height = box_of(button)
    assert top + height <= box_of(chat)[1]

    button.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    moved = box_of(button)
    page.reload()
    page.evaluate("window.test.mount({branding: {buttonText: 'Feedback'}})")
    assert box_of(button) == pytest.approx(moved, abs=1)

    button.hover()
    page.mouse.down()
    page.mouse.move(300, 200, steps=3)
    page.mouse.up()
    left, top, width, height = box_of(button)
    assert (left + width / 2, top + height / 2) == pytest.approx((300, 200), abs=2)
    expect(page.get_by_role("dialog")).to_be_hidden()
    button.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def box_of(found: Locator) -> tuple[float, float, float, float]:
    """x, y, width and height."""
    box = found.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"], box["height"]


@pytest.mark.parametrize(
    ("corner", "is_left", "is_top"),
    [("top-left", True, True), ("top-right", False, True), ("bottom-left", True, False)],
)
def test_button_and_form_stand_in_the_wished_corner(
    visit: Callable[..., Page], corner: str, is_left: bool, is_top: bool
) -> None:
    page = visit({"position": corner}, viewport={"width": 1280, "height": 1000})
    form = opened_form(page)
    form.evaluate("it => Promise.all(it.getAnimations().map(({ finished }) => finished))")

    for left, top, *_ in (box_of(page.locator(".launcher")), box_of(form)):
        assert (left < 100, top < 20) == (is_left, is_top)


def test_without_a_button_the_page_and_the_hot_key_open_the_form(visit: Callable[..., Page]) -> None:
    page = visit({"button": False, "hotkey": "Alt+R"})
    expect(page.locator(".launcher")).to_have_count(0)
    page.keyboard.press("Alt+R")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate("window.test.panel.close()")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.evaluate("window.test.panel.open()")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_words_on_the_pages_own_colour_can_be_read(visit: Callable[..., Page]) -> None:
    page = visit({"accent": "#ffd400", "branding": {"modalTitle": "Oh no", "showWatermark": False}})
    form = opened_form(page)

    expect(form.get_by_role("heading", level=2)).to_have_text("Oh no")
    expect(form.get_by_text("Lacewing")).to_be_hidden()
    assert form.locator(".primary").evaluate("it => getComputedStyle(it).color") == "rgb(11, 21, 18)"
    assert inaccessible(page) == []


def test_what_only_a_machine_fills_in_is_told(visit: Callable[..., Page]) -> None:
    page = visit()
    form = opened_form(page)
    honey = form.locator("[name=website]")
    assert honey.evaluate("it => [it.tabIndex, it.ariaHidden]") == [-1, "true"]
    honey.evaluate("it => { it.value = 'buy'; it.dispatchEvent(new Event('input')); }")
    send(form)

    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()
    assert told(page, "filled[0].honeypot") == "buy"


def test_the_button_outlives_a_body_that_the_page_replaces(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("document.body.replaceWith(document.createElement('body'))")

    opened_form(page)


def test_destroying_leaves_nothing_behind(visit: Callable[..., Page]) -> None:
    page = visit()
    opened_form(page)
    page.evaluate("window.test.panel.destroy()")
    page.keyboard.press("Alt+Shift+B")

    assert page.locator("#bugspark-host").count() == 0
    assert page.evaluate("document.body.children.length") == 3
    page.evaluate("document.body.replaceWith(document.createElement('body'))")
    assert page.locator("#bugspark-host").count() == 0
