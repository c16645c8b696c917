"""What a newcomer does with the plain pages, in a real browser against a real server."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import follow, opened
from tests.e2e.looks import IS_WIDER, found_on
from tests.server import PASSWORD, Person, Project, Server

pytestmark = pytest.mark.browser

SETTINGS: Final = {
    "LACEWING_LIMITS": "off",
    "LACEWING_ARGON2_MEMORY_KIB": "8",
    "LACEWING_ARGON2_PASSES": "1",
}
HOSTILE: Final = "<script>document.title = 'owned'</script> & <img src=x onerror=alert(1)> {{ 7 * 7 }}"
EVIDENCE: Final = {
    "consoleLogs": [{"level": "error", "message": HOSTILE, "timestamp": 1767225600123, "stack": "at pay()"}],
    "networkLogs": [{"method": "POST", "url": "https://shop.example.com/pay", "status": 500, "duration": 81}],
    "userActions": [{"type": "click", "target": "#pay"}],
    "metadata": {"url": "https://shop.example.com/checkout", "viewport": {"width": 390, "height": 844}},
}


@dataclass(frozen=True, slots=True)
class Site:
    """Ada's server: `orchard` has a report, `cellar` waits for its first."""

    server: Server
    ada: Person
    orchard: Project
    cellar: Project

    def sign_in(self, page: Page) -> None:
        cookies = self.ada.http.cookies.jar
        page.context.add_cookies(
            [{"name": item.name, "value": item.value or "", "url": self.server.url} for item in cookies]
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Server(tmp_path_factory.mktemp("site"), SETTINGS) as server, Person(server.url) as ada:
        orchard, cellar = ada.create_project("Orchard"), ada.create_project("Cellar")
        send(server.url, orchard, HOSTILE, **EVIDENCE)
        yield Site(server, ada, orchard, cellar)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Server]:
    """Nobody is registered, and after the first nobody can be."""
    with Server(tmp_path, {**SETTINGS, "LACEWING_REGISTRATION": "closed"}) as server:
        yield server


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with opened(browser, base_url=site.server.url) as found:
        yield found


def test_from_nothing_to_the_first_report(browser: Browser, closed: Server) -> None:
    with opened(browser, base_url=closed.url) as page:
        register(page)
        expect(page).to_have_url(f"{closed.url}/app")
        page.goto("/projects")
        expect(page.get_by_role("heading", level=1)).to_have_text("Create your first project")

        page.get_by_label("Name").fill("Web shop")
        page.get_by_label("Domain").fill("shop.example.com")
        page.get_by_role("button", name="Create project").click()
        expect(page).to_have_title(re.compile("Waiting for the first report"))

        line = page.get_by_label("curl command that sends a report").inner_text()
        assert page.locator(".key code").inner_text() in line
        assert run_curl(line).status_code == httpx.codes.CREATED

        page.get_by_role("link", name="Button broken").click()
        expect(page).to_have_title(re.compile("WS-1 Button broken"))
        expect(page.get_by_text("Nothing happens on Pay.")).to_be_visible()


def test_a_wrong_password_keeps_the_address_and_not_the_password(page: Page) -> None:
    page.goto("/login")
    log_in(page, password="not the password")

    expect(page.get_by_role("alert")).to_have_text("Invalid email or password.")
    expect(page.get_by_label("Email")).to_have_value("ada@example.com")
    expect(page.get_by_label("Password")).to_have_value("")
    expect(page.get_by_label("Password")).to_be_focused()


def test_logging_in_leads_to_the_page_that_was_asked_for(page: Page, site: Site) -> None:
    page.goto(f"/b/{site.orchard.code}-1")
    log_in(page)

    expect(page).to_have_url(f"{site.server.url}/app/p/ada/{site.orchard.code}/1")


def test_closed_registration_offers_no_form(browser: Browser, closed: Server) -> None:
    with Person(closed.url), opened(browser, base_url=closed.url) as page:
        page.goto("/register")

        expect(page.get_by_role("heading", level=1)).to_have_text("Registration is closed")
        assert page.locator("main form").count() == 0


def test_after_logging_out_neither_the_address_nor_going_back_shows_anything(page: Page, site: Site) -> None:
    """K-2"""
    page.goto("/login")
    log_in(page)
    expect(page).to_have_url(f"{site.server.url}/app")
    page.goto("/projects")
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(f"{site.server.url}/login")

    assert [cookie["name"] for cookie in page.context.cookies()] == ["lacewing_device"]
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in")


def test_markup_in_a_report_is_shown_as_text(page: Page, site: Site) -> None:
    site.sign_in(page)
    page.goto(f"/projects/{site.orchard.code}")
    address = page.get_by_role("link", name=HOSTILE).get_attribute("href")
    page.goto(f"{address}?view=plain")

    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    expect(page.locator(".log-text").first).to_contain_text(HOSTILE)
    expect(page).to_have_title(re.compile(re.escape("<script>document.title")))


def test_a_pause_longer_than_the_access_cookie_goes_unnoticed(page: Page, site: Site) -> None:
    page.goto("/login?next=/projects")
    log_in(page)
    page.context.clear_cookies(name="bugspark_access_token")
    page.goto(f"/projects/{site.orchard.code}?page=1")

    expect(page).to_have_url(f"{site.server.url}/projects/{site.orchard.code}?page=1")


def test_coming_from_another_site_after_a_pause_takes_one_click(page: Page, site: Site) -> None:
    page.goto("/login?next=/projects")
    log_in(page)
    page.context.clear_cookies(name="bugspark_access_token")
    page.goto(f"data:text/html,<a href='{site.server.url}/b/{site.orchard.code}-1'>mail</a>")
    page.get_by_role("link", name="mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome back")
    page.get_by_role("button", name="Continue").click()

    expect(page).to_have_url(f"{site.server.url}/app/p/ada/{site.orchard.code}/1")


def test_a_style_that_the_policy_refuses_would_be_noticed(browser: Browser, site: Site) -> None:
    """K-5; so every test here proves that its pages keep the content security policy."""
    visit = opened(browser, base_url=site.server.url)
    page = visit.__enter__()
    page.goto("/login")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'a {}'}))"
    )

    with pytest.raises(AssertionError, match="Content Security Policy"):
        visit.__exit__(None, None, None)


def test_a_device_is_logged_in_by_typing_its_code(page: Page, site: Site) -> None:
    """V-2"""
    code = ask_for_a_code(site)
    page.goto("/device")
    log_in(page)
    page.get_by_label("Code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Approve this device?")
    expect(page.get_by_text(code)).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Device approved")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, site: Site) -> None:
    with opened(browser, base_url=site.server.url) as page:
        findings = [finding for path in ("/login", "/register") for finding in findings_at(page, path)]
        page.goto("/login")
        log_in(page, password="wrong")
        findings += found_on(page)
        log_in(page)  # a session of its own: the last page rotates its secrets
        expect(page).to_have_url(f"{site.server.url}/app")
        orchard, cellar = f"/projects/{site.orchard.code}", f"/projects/{site.cellar.code}"
        for path in ("/projects", orchard, f"{cellar}?refresh=off", f"/b/{site.orchard.code}-1?view=plain"):
            findings += findings_at(page, path)
        findings += findings_at(page, "/nothing/here", status=404)
        # Someone who needs longer has the link that stops it (WCAG 2.2.4 leaves that way open).
        findings += findings_at(page, cellar, without=("meta-refresh", "meta-refresh-no-exceptions"))
        findings += findings_at(page, "/device")
        findings += findings_at(page, "/device?code=nope", status=400)
        findings += findings_at(page, f"/device?code={ask_for_a_code(site)}")
        follow(page, "Deny")
        findings += found_on(page)
        page.context.clear_cookies(name="bugspark_access_token")
        findings += findings_at(page, "/resume?next=/projects")
        page.context.clear_cookies()
        register(page, "grace@example.com")
        expect(page).to_have_url(f"{site.server.url}/app")
        findings += findings_at(page, "/projects")
        expect(page.get_by_role("heading", level=1)).to_have_text("Create your first project")

    assert findings == []


def test_on_a_phone_no_page_scrolls_sideways_in_german(browser: Browser, site: Site) -> None:
    code, device = site.orchard.code, f"/device?code={ask_for_a_code(site)}"
    own = ("/account", "/account/factors", "/account/tokens", "/account/notifications/preferences")
    plain = ("/projects", f"/projects/{code}", f"/b/{code}-1?view=plain", device, "/nothing/here")
    size = {"width": 390, "height": 900}
    with opened(browser, base_url=site.server.url, locale="de-DE", viewport=size) as page:
        site.sign_in(page)
        wide = [path for path in (*own, *plain) if page.goto(path) and page.evaluate(IS_WIDER)]

        assert page.get_by_role("heading", level=1).inner_text() == "Seite nicht gefunden"
    assert wide == []


def register(page: Page, email: str = "ada@example.com") -> None:
    page.goto("/register")
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Create")).click()


def log_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Email").fill("ada@example.com")
    page.get_by_label("Password").fill(password)
    follow(page, "Log in")


def ask_for_a_code(site: Site) -> str:
    answer = httpx.post(
        f"{site.server.url}/api/v1/auth/device/code", json={"host": HOSTILE[:80]}, trust_env=False
    )
    return str(answer.json()["user_code"])


def findings_at(page: Page, path: str, *, status: int = 200, without: tuple[str, ...] = ()) -> list[str]:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    return found_on(page, without=without)


def send(url: str, project: Project, title: str, **fields: object) -> None:
    body = {"title": title, "severity": "critical", "category": "crash", **fields}
    headers = {"X-API-Key": project.key}
    httpx.post(f"{url}/api/v1/reports", json=body, headers=headers, trust_env=False).raise_for_status()


def run_curl(line: str) -> httpx.Response:
    """What curl would send: the method, the headers and the body of the line, to the letter."""
    words = iter(shlex.split(line.replace("\\\n", " "))[1:])
    method, url, body = "GET", "", ""
    headers: dict[str, str] = {}
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            case "-d":
                body = next(words)
            case _:
                url = word
    return httpx.request(method, url, headers=headers, content=body, trust_env=False)
