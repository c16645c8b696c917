"""The widget whole: one tag on a page of another origin, under the documented policy, and what arrives."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import ROOT, TIMEOUT_MILLISECONDS, inaccessible
from tests.e2e.test_pages import SETTINGS
from tests.server import Person, Project, Server
from tests.sites import Site, served
from tests.widget import HOST, opened_form, report_through

pytestmark = pytest.mark.browser

PAGE: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<script src="/before.js" nonce="once"></script>{tag}</head>
<body><main><h1>Shop</h1><button id="pay">Pay</button></main></body></html>"""
NODES: Final = len(("main", "h1", "button"))
BEFORE: Final = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
const named = () => [console.error, console.log, fetch, XMLHttpRequest.prototype.open, history.pushState];
window.before = named();
window.isAsBefore = () => named().every((each, at) => each === before[at]);
console.error("An error from before the widget");
"""
PAY: Final = """
console.error("The basket could not be priced", {token: "very-secret-token", basket: 42});
const asked = fetch("/prices?api_key=very-secret-key");
document.querySelector("#pay").click();
setTimeout(() => { throw new TypeError("nobody caught this"); });
await asked;
"""
POLICY: Final = re.compile(r"^```\n(default-src [^\n]+)\n```$", re.MULTILINE)
_NUMBERS: Final = count(1)


@dataclass(frozen=True, slots=True)
class Place:
    """Ada's server, and a shop of another origin under the policy of docs/csp.md."""

    server: Server
    ada: Person
    project: Project
    shop: Site

    def page_with(self, tag: str, **headers: str) -> str:
        path = f"/{next(_NUMBERS)}.html"
        self.shop.files[path] = PAGE.format(tag=tag).encode()
        self.shop.headers[path] = headers
        return self.shop.url + path

    def tag(self, more: str = "", key: str = "") -> str:
        key = key or self.project.key
        return f'<script src="{self.server.url}/widget.js" data-project-key="{key}" {more}></script>'

    def arrived(self, title: str) -> dict[str, Any]:
        found = self.ada.http.get("/api/v1/reports", params={"search": title}).json()["items"]
        [report] = [item for item in found if item["title"] == title]
        answer: dict[str, Any] = self.ada.http.get(f"/api/v1/reports/{report['id']}").json()
        return answer


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with Server(tmp_path_factory.mktemp("widget"), SETTINGS) as server, Person(server.url) as ada:
        [documented] = POLICY.findall((ROOT / "docs/csp.md").read_text("utf-8"))
        policy = documented.replace("https://bugs.example.com", server.url)
        with served({"/before.js": BEFORE.encode()}, {"Content-Security-Policy": policy}) as shop:
            yield Place(server, ada, ada.create_project("Shop"), shop)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Of a new profile; what it complains of is looked at by the test."""
    with _profile(browser) as found:
        yield found


@contextmanager
def _profile(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    yield context.new_page()
    context.close()


def test_one_tag_brings_console_network_and_actions_and_asks_nobody_else(place: Place, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(place.page_with(place.tag("async")))
    expect(page.locator(f"{HOST} .launcher")).to_be_visible()
    page.evaluate(f"async () => {{ {PAY} }}")
    assert inaccessible(page) == []
    opened_form(page)
    assert inaccessible(page) == []
    page.keyboard.press("Escape")
    report_through(page, "Pay does nothing")
    assert inaccessible(page) == []

    report = place.arrived("Pay does nothing")
    lines = [line["message"] for line in report["consoleLogs"]]
    assert any("The basket could not be priced" in line for line in lines)
    assert any("nobody caught this" in line for line in lines)
    assert [(call["url"].partition("?")[0], call["status"]) for call in report["networkLogs"]] == [
        (f"{place.shop.url}/prices", 404)
    ]
    assert "#pay" in [action.get("target") for action in report["userActions"]]
    assert report["metadata"]["url"].startswith(place.shop.url)
    assert "very-secret" not in str(report)
    assert page.evaluate("violations") == []
    origins = {url.split("/", 3)[2] for url in asked if url.startswith("http")}
    assert origins == {place.shop.url.split("//")[1], place.server.url.split("//")[1]}
    assert page.context.cookies() == []


def test_a_nonce_is_enough_where_trusted_types_are_required(place: Place, page: Page) -> None:
    policy = (
        "default-src 'self'; script-src 'self' 'nonce-once' 'strict-dynamic'; img-src 'self' data: blob:; "
        f"connect-src 'self' {place.server.url}; require-trusted-types-for 'script'"
    )
    tag = place.tag('nonce="once"')
    page.goto(place.page_with(tag, **{"Content-Security-Policy": policy}))
    form = opened_form(page)
    form.get_by_role("button", name="Take screenshot").click()
    expect(form.get_by_role("button", name="Annotate")).to_be_visible()
    form.get_by_label("Title").fill("With a picture")
    form.get_by_role("button", name="Send report").click()
    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()

    assert place.arrived("With a picture")["screenshotUrl"]
    assert page.evaluate("violations") == []


def test_the_original_s_tag_and_calls_work_unchanged(place: Place, page: Page) -> None:
    options = (
        f'{{projectKey: "{place.project.key}", endpoint: "{place.server.url}/api/v1", '
        'metadata: {plan: "team"}, user: {email: "ada@example.com"}, collectNetwork: false, '
        "beforeSend: async (report) => ({...report, title: report.title + ' indeed'}), "
        "onSubmit: (report) => { window.submitted = report; }}"
    )
    place.shop.files["/init.js"] = f"BugSpark.init({options});".encode()
    page.goto(
        place.page_with(
            f'<script src="{place.server.url}/widget.js"></script><script src="/init.js"></script>'
        )
    )
    report_through(page, "Prices are wrong")

    report = place.arrived("Prices are wrong indeed")
    assert page.evaluate("submitted.trackingId") == report["trackingId"]
    assert report["metadata"]["custom"] == {"plan": "team"}
    assert report["reporterIdentifier"] == "ada@example.com"
    assert report["networkLogs"] in (None, [])


def test_destroy_leaves_the_page_as_it_was(place: Place, page: Page) -> None:
    page.goto(place.page_with(place.tag()))
    expect(page.locator(f"{HOST} .launcher")).to_be_visible()
    opened_form(page)
    assert page.evaluate("isAsBefore()") is False
    page.evaluate("Lacewing.destroy()")

    expect(page.locator(HOST)).to_have_count(0)
    assert page.evaluate("isAsBefore()") is True
    assert page.evaluate("document.querySelectorAll('body *').length") == NODES


@pytest.mark.parametrize("is_allowed", [True, False])
def test_only_an_allowed_origin_may_send(place: Place, page: Page, is_allowed: bool) -> None:
    project = place.ada.create_project(f"Guarded {is_allowed}")
    domain = place.shop.url if is_allowed else "https://elsewhere.example.com"
    place.ada.http.patch(f"/api/v1/projects/{project.id}", json={"domain": domain})
    page.goto(place.page_with(place.tag(key=project.key)))
    form = opened_form(page)
    form.get_by_label("Title").fill("From this origin")
    form.get_by_role("button", name="Send report").click()

    if is_allowed:
        expect(form.get_by_role("heading", name="Thank you")).to_be_visible()
        assert place.arrived("From this origin")["trackingId"].startswith(project.code)
    else:
        expect(form.get_by_text("The report was not taken")).to_be_visible()
        expect(form.get_by_label("Title")).to_have_value("From this origin")


def test_a_pinned_tag_loads_these_bytes_or_nothing(place: Place, page: Page) -> None:
    told = place.ada.http.get("/api/v1/widget").json()
    tag = '<script src="{}" integrity="{}" crossorigin="anonymous" data-project-key="{}"></script>'
    isolated = {"Cross-Origin-Embedder-Policy": "require-corp"}
    right = tag.format(told["pinnedUrl"], told["integrity"], place.project.key)
    page.goto(place.page_with(right, **isolated))
    expect(page.locator(f"{HOST} .launcher")).to_be_visible()

    wrong = tag.format(told["pinnedUrl"], f"sha384-{'A' * 64}", place.project.key)
    page.goto(place.page_with(wrong))
    assert page.evaluate("typeof Lacewing") == "undefined"


def test_the_test_page_s_faults_are_in_its_report(place: Place, page: Page) -> None:
    cookies = [
        {"name": item.name, "value": item.value or "", "url": place.server.url}
        for item in place.ada.http.cookies.jar
    ]
    page.context.add_cookies(cookies)
    page.goto(f"{place.server.url}/widget/test?project={place.project.code}")
    assert inaccessible(page) == []
    for name in ("Log an error", "Log a token", "Throw an error", "Request what is missing"):
        page.get_by_role("button", name=name).click()
    report_through(page, "All at once")

    report = place.arrived("All at once")
    assert len(report["consoleLogs"]) >= 3
    assert "hunter2" not in str(report)
    assert any("/widget/test/missing" in call["url"] for call in report["networkLogs"])
