"""A report on its way from a page of another origin: it arrives once, whatever fails on the way."""

import base64
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.browser import ROOT, TIMEOUT_MILLISECONDS
from tests.e2e.test_pages import SETTINGS
from tests.pictures import picture
from tests.server import Person, Project, Server
from tests.sites import Site, served

pytestmark = pytest.mark.browser

HOUR: Final = 3600
_NUMBERS: Final = count(1)
SUBMIT: Final = """
async ({title, picture, type}) => {
  const blob = picture && new Blob([Uint8Array.from(atob(picture), (c) => c.charCodeAt(0))], {type});
  return await delivery.submit({
    report: {
      title, description: "", severity: "low", category: "bug",
      console_logs: [], network_logs: [], user_actions: [], metadata: {url: location.href},
    },
    enclosures: blob ? [{use: "screenshot", name: "page.png", blob}] : [],
    drawing: null,
  });
}
"""


@dataclass(frozen=True, slots=True)
class Place:
    server: Server
    ada: Person
    project: Project
    site: Site

    def arrived(self, title: str) -> list[dict[str, Any]]:
        found = self.ada.http.get("/api/v1/reports", params={"search": title, "page_size": 100}).json()
        return [item for item in found["items"] if item["title"] == title]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with Server(tmp_path_factory.mktemp("place"), SETTINGS) as server, Person(server.url) as ada:
        project = ada.create_project("Orchard")
        start = f"""
            import {{ createDelivery }} from "/delivery.js";
            window.news = [];
            window.delivery = createDelivery({{
              endpoint: "{server.url}/api/v1",
              projectKey: "{project.key}",
              onNews: (news) => window.news.push(news),
            }});
        """
        page = b'<!doctype html><title>Shop</title><script type="module" src="/start.js"></script>'
        files = {
            "/shop.html": page,
            "/closed.html": page,
            "/start.js": start.encode(),
            "/delivery.js": _built(),
        }
        policy = f"default-src 'self'; connect-src {server.url}"
        with served(files, {"Content-Security-Policy": policy}) as site:
            site.headers["/closed.html"] = {"Content-Security-Policy": "default-src 'self'"}
            yield Place(server, ada, project, site)


@pytest.fixture
def context(browser: Browser, place: Place) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=place.site.url)
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return opened(context)


@pytest.fixture
def title() -> str:
    return f"Pears{next(_NUMBERS)} are missing"


# What is kept says so once the second answer was noted: no sooner may the clock be put forward again.
TRIED_TWICE: Final = """new Promise((told) => {
  indexedDB.open("lacewing", 1).onsuccess = ({ target: { result: database } }) => {
    const store = database.transaction("reports").objectStore("reports");
    store.getAll().onsuccess = ({ target: { result: kept } }) => {
      database.close();
      told(kept.some(({ attempts }) => attempts > 1));
    };
  };
})"""


def _built() -> bytes:
    entry = "frontend/widget/src/delivery/delivery.ts"
    command = ["frontend/node_modules/.bin/esbuild", entry, "--bundle", "--format=esm"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout


def opened(context: BrowserContext, path: str = "/shop.html") -> Page:
    page = context.new_page()
    return visited(page, path)


def visited(page: Page, path: str = "/shop.html") -> Page:
    page.goto(path)
    until(page, "window.delivery")
    return page


def until(page: Page, condition: str) -> None:
    """Asked in the page, whose policy lets Playwright's own way of waiting not run."""
    page.evaluate(
        f"async () => {{ while (!(await ({condition}))) await new Promise((ask) => setTimeout(ask, 20)); }}"
    )


def submit(page: Page, title: str, file: bytes = b"", kind: str = "image/png") -> Any:
    told = {"title": title, "picture": base64.b64encode(file).decode(), "type": kind}
    return page.evaluate(SUBMIT, told)


def waiting(page: Page) -> int:
    return int(page.evaluate("delivery.waiting()"))


def news(page: Page, number: int = 1) -> list[dict[str, Any]]:
    until(page, f"news.length >= {number}")
    return list(page.evaluate("news"))


def answering(status: int, retry_after: str = "", *, readable: bool = True) -> Any:
    """As a proxy does whose server is away, or the server when it is asked too often."""
    headers = (
        {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
        if readable
        else {}
    )
    if retry_after:
        headers["Retry-After"] = retry_after
    return lambda route: route.fulfill(status=status, headers=headers, body="<h1>Sorry</h1>")


def posts(page: Page) -> list[str]:
    """The paths that are asked from now on."""
    asked: list[str] = []
    page.context.on(
        "request", lambda request: asked.extend([request.url] if request.method == "POST" else [])
    )
    return asked


def test_it_arrives_with_its_picture_and_its_sender_gets_a_link(place: Place, page: Page, title: str) -> None:
    told = submit(page, title, picture())

    [report] = place.arrived(title)
    assert (told["kind"], told["trackingId"], told["warnings"]) == ("sent", report["trackingId"], [])
    assert httpx.get(told["statusUrl"], trust_env=False).status_code == httpx.codes.OK
    assert place.ada.http.get(f"/api/v1/reports/{report['id']}").json()["screenshotUrl"]
    assert waiting(page) == 0


def test_offline_it_is_kept_and_goes_out_by_itself_once(
    place: Place, context: BrowserContext, page: Page, title: str
) -> None:
    """Also where two tabs hear at once that the network is back."""
    other, asked = opened(context), posts(page)
    context.set_offline(offline=True)
    assert submit(page, title, picture()) == {"kind": "kept", "why": "offline", "lasting": True}
    assert (asked, waiting(page), waiting(other)) == ([], 1, 1)

    context.set_offline(offline=False)
    until(page, "delivery.waiting().then((number) => number === 0)")
    [report] = place.arrived(title)
    [told] = page.evaluate("news") + other.evaluate("news")
    assert (told["kind"], told["trackingId"], told["title"]) == ("sent", report["trackingId"], title)
    assert [url.removeprefix(place.server.url) for url in asked] == [
        "/api/v1/upload/screenshot",
        "/api/v1/reports",
    ]


def test_tabs_that_can_not_know_of_each_other_make_one_report(
    place: Place, context: BrowserContext, title: str
) -> None:
    """As on a page without HTTPS: there are no Web Locks."""
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})")
    tabs = [opened(context) for _ in range(3)]
    context.set_offline(offline=True)
    assert submit(tabs[0], title)["kind"] == "kept"
    context.set_offline(offline=False)
    until(tabs[0], "delivery.waiting().then((number) => number === 0)")
    for tab in tabs:
        tab.wait_for_load_state("networkidle")
    assert len(place.arrived(title)) == 1


@pytest.mark.parametrize(
    ("status", "retry_after", "why"), [(429, "300", "busy"), (503, "300", "server"), (500, "", "server")]
)
def test_it_waits_as_long_as_the_server_says_and_over_reloads(  # noqa: PLR0917
    place: Place, context: BrowserContext, page: Page, title: str, status: int, retry_after: str, why: str
) -> None:
    page.clock.install()
    visited(page)
    context.route("**/api/v1/reports", answering(status, retry_after))
    assert submit(page, title) == {"kind": "kept", "why": why, "lasting": True}
    context.unroute("**/api/v1/reports")

    asked = posts(page)
    if retry_after:
        page.clock.fast_forward(290_000)
        page.evaluate("dispatchEvent(new Event('online'))")
        visited(page)
        assert (waiting(page), asked, place.arrived(title)) == (1, [], [])
    page.clock.fast_forward(30_000)
    assert news(page)[0]["kind"] == "sent"
    assert len(place.arrived(title)) == 1


def test_killed_after_it_stored_and_before_it_answered_the_server_has_it_once(
    place: Place, context: BrowserContext, page: Page, title: str
) -> None:
    def die(route: Route) -> None:
        assert route.fetch().status == httpx.codes.CREATED
        place.server.kill()
        route.abort("connectionreset")

    context.route("**/api/v1/reports", die)
    assert submit(page, title, picture()) == {"kind": "kept", "why": "offline", "lasting": True}
    context.unroute("**/api/v1/reports")
    visited(page)
    place.server.start()
    page.evaluate("dispatchEvent(new Event('online'))")

    [told] = news(page)
    assert [report["trackingId"] for report in place.arrived(title)] == [told["trackingId"]]
    assert waiting(page) == 0


def test_what_was_uploaded_is_uploaded_again_only_when_the_server_has_forgotten_it(
    place: Place, context: BrowserContext, page: Page, title: str
) -> None:
    page.clock.install()
    visited(page)
    asked = posts(page)
    context.route("**/api/v1/reports", answering(503))
    submit(page, title, picture())
    page.clock.fast_forward(HOUR * 1000)
    visited(page)
    until(page, TRIED_TWICE)
    assert [url.rpartition("/")[2] for url in asked].count("screenshot") == 1
    context.unroute("**/api/v1/reports")
    page.clock.fast_forward(21 * HOUR * 1000)
    visited(page)

    assert news(page)[0]["kind"] == "sent"
    [report] = place.arrived(title)
    assert place.ada.http.get(f"/api/v1/reports/{report['id']}").json()["screenshotUrl"]
    assert [url.rpartition("/")[2] for url in asked[-2:]] == ["screenshot", "reports"]


def test_after_seven_days_it_is_given_up_and_told(
    place: Place, context: BrowserContext, page: Page, title: str
) -> None:
    page.clock.install()
    visited(page)
    context.route("**/api/v1/reports", answering(503))
    submit(page, title)
    page.clock.fast_forward((7 * 24 * HOUR + 1) * 1000)

    assert news(page) == [{"kind": "expired", "title": title}]
    assert (waiting(page), place.arrived(title)) == (0, [])


def test_without_room_it_is_kept_as_long_as_the_page_and_says_so(
    place: Place, context: BrowserContext, page: Page, title: str
) -> None:
    quota = {"origin": place.site.url, "quotaSize": 1000}
    context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    context.set_offline(offline=True)
    assert submit(page, title, bytes(2_000_000)) == {"kind": "kept", "why": "offline", "lasting": False}
    assert waiting(page) == 1

    context.set_offline(offline=False)
    assert news(page)[0]["kind"] == "sent"
    assert len(place.arrived(title)) == 1


def test_a_page_whose_policy_forbids_it_says_so(place: Place, context: BrowserContext, title: str) -> None:
    page = opened(context, "/closed.html")
    assert submit(page, title) == {"kind": "kept", "why": "blocked", "lasting": True}

    visited(page)  # another page of the same site may
    assert news(page)[0]["kind"] == "sent"
    assert len(place.arrived(title)) == 1


def test_what_is_refused_is_told_in_the_servers_words_and_not_kept(page: Page) -> None:
    told = submit(page, "")
    assert (told["kind"], told["code"]) == ("refused", "validation_failed")
    assert told["message"]
    assert waiting(page) == 0


def test_a_report_goes_without_a_picture_that_is_none(place: Place, page: Page, title: str) -> None:
    told = submit(page, title, b"no picture")
    assert told["kind"] == "sent"
    assert [warning.partition(":")[0] for warning in told["warnings"]] == ["page.png"]
    assert len(place.arrived(title)) == 1


def test_who_left_no_address_is_told_after_all(place: Place, page: Page, title: str) -> None:
    link = submit(page, title)["statusUrl"]
    follow = "([link, email]) => delivery.follow(link, email)"
    assert page.evaluate(follow, [link, "rita@example.org"]) is True
    assert place.arrived(title)[0]["reporterIdentifier"] == "rita@example.org"
    assert page.evaluate(follow, [link, "eve@example.org"]) is False


def test_a_picture_that_a_proxy_never_lets_through_does_not_keep_its_report(
    place: Place, context: BrowserContext, page: Page, title: str
) -> None:
    """Its 413 has no CORS header: to a page it is as if there were no network."""
    context.route("**/upload/screenshot", lambda route: route.abort())
    assert submit(page, title, picture())["why"] == "offline"
    for _ in range(3):
        with page.expect_event("requestfailed"):
            page.evaluate("dispatchEvent(new Event('online'))")
        until(page, "navigator.locks.query().then(({held}) => held.length === 0)")

    [told] = news(page)
    assert (told["kind"], told["warnings"]) == ("sent", ["page.png: offline"])
    assert len(place.arrived(title)) == 1


def test_a_draft_outlives_the_page_until_it_is_sent_or_a_day_old(page: Page, title: str) -> None:
    draft = {"title": title, "description": "x", "severity": "low", "category": "bug", "email": ""}
    page.clock.install()
    visited(page).evaluate("(draft) => delivery.saveDraft(draft)", draft)
    assert visited(page).evaluate("delivery.loadDraft()") == draft

    submit(page, title)
    assert visited(page).evaluate("delivery.loadDraft()") is None

    page.evaluate("(draft) => delivery.saveDraft(draft)", draft)
    page.clock.fast_forward((24 * HOUR + 1) * 1000)
    assert visited(page).evaluate("delivery.loadDraft()") is None


def test_who_reports_nothing_gets_no_database(page: Page) -> None:
    assert waiting(page) == 0
    assert page.evaluate("indexedDB.databases()") == []


def test_stopped_it_leaves_no_timer_and_hears_nothing(
    place: Place, context: BrowserContext, page: Page, title: str
) -> None:
    context.set_offline(offline=True)
    submit(page, title)
    page.evaluate("delivery.stop()")
    asked = posts(page)
    context.set_offline(offline=False)
    page.clock.install()
    page.clock.fast_forward(HOUR * 1000)
    assert (waiting(page), asked) == (1, [])
