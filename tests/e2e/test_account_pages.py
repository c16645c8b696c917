"""Passkeys, second steps and mailed links in a real browser, which takes localhost for a secure place."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from lacewing.kit.keyring import KeyRing, parse
from lacewing.notifications.unsubscribe import unsubscribe_path
from tests.browser import follow, opened
from tests.e2e.looks import found_on
from tests.e2e.test_pages import SETTINGS
from tests.mailed import token_of
from tests.server import PASSWORD, Person, Server

pytestmark = pytest.mark.browser

# Each theme and each width; colours do not depend on the width.


@dataclass(frozen=True, slots=True)
class Site:
    """Ada owns it; Bob has an authenticator app."""

    server: Server
    ada: Person
    organization: str
    secret: str

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.port}"

    def mail(self, path: str, to: str) -> str:
        return f"{path}?token={token_of(self.server, path, to)}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with Server(folder, SETTINGS) as server, Person(server.url) as ada, Person(server.url, "Bob") as bob:
        project = ada.post("/api/v1/projects", name="Orchard")
        tell_of_a_report(server, str(project["apiKey"]))
        yield Site(server, ada, str(project["organizationId"]), add_app(bob.http))


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with opened(browser, base_url=site.url) as found:
        yield found


@contextmanager
def authenticator(page: Page) -> Iterator[None]:
    """Chromium's own, in software, which vouches for whoever asks."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield


def test_a_passkey_is_added_logs_in_and_proves(page: Page, site: Site) -> None:
    """P-7, S-7, P-8"""
    with Person(site.server.url, "Pia"), authenticator(page):
        page.goto("/login")
        log_in(page, "pia@example.com")
        page.goto("/account/factors")
        page.get_by_label("Name").fill("My laptop")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        assert page.locator(".codes li").count() == 10
        page.get_by_role("link", name="I have kept them").click()
        expect(page.get_by_role("rowheader", name="My laptop")).to_be_visible()

        page.get_by_role("button", name="Log out").click()
        page.goto("/login?next=/account/factors")
        page.get_by_role("button", name="Log in with a passkey").click()
        expect(page).to_have_url(f"{site.url}/account/factors")
        expect(page.get_by_text("just now").first).to_be_visible()

        page.get_by_role("button", name="Log out").click()
        log_in(page, "pia@example.com", "/account/sessions")
        expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
        page.get_by_role("button", name="Use your passkey").click()
        expect(page).to_have_url(f"{site.url}/account/sessions")

        page.goto("/reauth?next=/account/tokens")
        page.get_by_role("button", name="Use your passkey").click()
        expect(page).to_have_url(f"{site.url}/account/tokens")


def test_a_passkey_that_is_not_shown_is_told_in_a_line(page: Page) -> None:
    page.goto("/login")
    refuses = "() => Promise.reject(new DOMException('', 'NotAllowedError'))"
    page.evaluate(f"() => {{ navigator.credentials.get = {refuses} }}")
    page.get_by_role("button", name="Log in with a passkey").click()

    expect(page.get_by_role("status")).to_have_text("Nothing was shown, or the time ran out. Try again.")
    expect(page.get_by_role("button", name="Log in with a passkey")).to_be_enabled()


def test_the_keyboard_alone_logs_in_in_two_steps(page: Page, site: Site) -> None:
    page.goto("/login?next=/account")
    expect(page.get_by_label("Email")).to_be_focused()
    page.keyboard.type("bob@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code from your app")).to_be_focused()
    page.keyboard.type("not it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is not the right code")).to_be_visible()
    expect(page.get_by_label("Code from your app")).to_be_focused()
    page.keyboard.type(next_code(site))
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{site.url}/account")


def test_all_but_passkeys_works_without_javascript(browser: Browser, site: Site) -> None:
    with opened(browser, base_url=site.url, java_script_enabled=False) as page:
        invite(site, "nora@example.com")
        page.goto(site.mail("/invitations/accept", "nora@example.com"))
        page.get_by_label("Name").fill("Nora")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Create account and join").click()
        page.goto("/account")
        expect(page.get_by_text("verified")).to_be_visible()

        page.goto("/account/factors")
        assert page.get_by_role("button", name="Add a passkey").count() == 0
        page.get_by_role("button", name="Add an app").click()
        secret = page.locator(".copy-box code").inner_text()
        page.get_by_label("Code that the app shows now").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="Turn it on").click()
        code = page.locator(".codes li").first.inner_text()
        page.goto("/account/tokens")
        page.get_by_label("Name").fill("Nightly")
        page.get_by_role("button", name="Create token").click()
        assert page.locator(".copy-box code").inner_text().startswith("bsk_pat_")

        page.get_by_role("button", name="Log out").click()
        assert page.get_by_role("button", name="passkey").count() == 0
        page.get_by_role("link", name="Forgot your password?").click()
        page.get_by_label("Email").fill("nora@example.com")
        page.get_by_role("button", name="Send the link").click()
        page.goto(site.mail("/reset-password", "nora@example.com"))
        page.get_by_label("New password").fill("another password that is long")
        page.get_by_role("button", name="Set password").click()
        page.get_by_role("link", name="Log in now").click()
        log_in(page, "nora@example.com", "/account", password="another password that is long")
        page.get_by_text("Use a recovery code").click()
        page.get_by_label("Recovery code").fill(code)
        page.get_by_role("button", name="Log in with this code").click()
        expect(page).to_have_url(f"{site.url}/account")


def test_the_form_of_a_mailed_link_says_where_it_comes_from_and_not_its_token(page: Page, site: Site) -> None:
    """F-8, D1: plain HTTP on a LAN has no Fetch Metadata, and Origin must not be null there."""
    page.goto(site.mail("/verify-email", "ada@example.com"))
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.get_by_role("button", name="Verify this address").click()
    headers = posted.value.all_headers()

    assert headers["origin"] == site.url
    assert "token" not in headers.get("referer", "")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, site: Site) -> None:
    with opened(browser, base_url=site.url) as page:
        findings = []
        ended = unsubscribe_path(*signer_of(site))
        for path in (
            "/forgot-password",
            "/reset-password?token=x",
            "/verify-email?token=x",
            "/undo-email",
            "/unsubscribe",
            ended,
        ):
            page.goto(path)
            findings += found_on(page)
        invite(site, "invited@example.com")
        page.goto(site.mail("/invitations/accept", "invited@example.com"))
        findings += found_on(page)
        log_in(page, "bob@example.com")
        findings += found_on(page)
        page.get_by_text("Use a recovery code").click()
        page.get_by_label("Code from your app").fill("no")
        follow(page, "Log in")
        findings += found_on(page)
        log_in(page, "ada@example.com")
        for path in ("", "/factors", "/sessions", "/tokens", "/notifications", "/notifications/preferences"):
            page.goto(f"/account{path}?done=none")
            findings += found_on(page)
        page.goto("/reauth")
        findings += found_on(page)
        page.goto("/account/factors")
        follow(page, "Add an app")
        findings += found_on(page)
        page.goto("/account/tokens")
        page.get_by_label("Name").fill("A" * 200)
        follow(page, "Create token")
        findings += found_on(page)
        page.goto("/account/tokens")
        findings += found_on(page)
        page.goto(site.mail("/invitations/accept", "invited@example.com"))
        findings += found_on(page)

    assert findings == []


def tell_of_a_report(server: Server, key: str) -> None:
    report = {"title": "It broke " * 20, "severity": "critical", "category": "bug", "description": "x"}
    httpx.post(f"{server.url}/api/v1/reports", headers={"X-API-Key": key}, json=report).raise_for_status()


def signer_of(site: Site) -> tuple[KeyRing, UUID]:
    """Whose key signs links in mails, and for whom."""
    keys = (site.server.data / "secret-keys").read_text()
    return parse(keys), UUID(site.ada.http.get("/api/v1/auth/me").json()["id"])


def log_in(page: Page, email: str, after: str = "/", password: str = PASSWORD) -> None:
    page.goto(f"/login?next={after}")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    follow(page, "Log in")


def next_code(site: Site) -> str:
    """The one that was used to confirm the app is used up; a step later is right, too."""
    return pyotp.TOTP(site.secret).at(datetime.now(UTC) + timedelta(seconds=30))


def add_app(http: httpx.Client) -> str:
    found = re.search(r'name="secret" value="(\w+)"', http.post("/account/factors/begin-app").text)
    assert found is not None
    form = {"secret": found[1], "code": pyotp.TOTP(found[1]).now()}
    assert http.post("/account/factors/confirm-app", data=form).status_code == httpx.codes.OK
    return found[1]


def invite(site: Site, email: str) -> None:
    path = f"/api/v1/organizations/{site.organization}/invitations"
    site.ada.http.post(path, json={"email": email, "role": "viewer"}).raise_for_status()
