"""The dashboard's account and organization pages, in a real browser against a real server."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Final

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser import eventually, inaccessible, opened
from tests.e2e.apps import App, served
from tests.e2e.test_account_pages import authenticator
from tests.mailed import token_of
from tests.server import PASSWORD, Person

pytestmark = pytest.mark.browser

IS_WIDER: Final = "(box => box.scrollWidth > box.clientWidth)(document.getElementById('content'))"
PATHS: Final = (
    *(f"/app/account{part}" for part in ("", "/tokens/new", "/notifications", "/events")),
    *(f"/app/o/ada{part}" for part in ("/policies", "/settings")),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with served(tmp_path_factory.mktemp("people")) as found:
        yield found


def test_a_token_is_shown_once_used_rotated_and_revoked_at_once(browser: Browser, app: App) -> None:
    """Point 24."""
    with app.page(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto("/app/account/tokens")
        page.get_by_role("heading", name="No token yet").wait_for()
        made = app.ada.post("/api/v1/tokens", name="Made elsewhere", expires_in_days=1)
        expect(page.get_by_role("listitem").filter(has_text="Made elsewhere")).to_be_visible()
        app.ada.http.delete(f"/api/v1/tokens/{made['id']}").raise_for_status()
        page.get_by_role("heading", name="No token yet").wait_for()
        page.get_by_role("link", name="New token").last.click()
        expect(page.get_by_label("Ends after")).to_have_value("90")
        page.get_by_label("Name").fill("Nightly export")
        page.get_by_label("Ends after").select_option("7 days")
        page.get_by_role("button", name="Create token").click()

        page.get_by_role("button", name="Copy token").click()
        secret = str(page.evaluate("navigator.clipboard.readText()"))
        expect(page.get_by_text("curl -H")).to_contain_text(
            f'"Authorization: Bearer {secret}" {app.server.url}'
        )
        page.get_by_text("Coding agent (MCP)").click()
        expect(page.get_by_text("mcpServers")).to_be_visible()
        assert inaccessible(page) == []
        assert status_of(app, secret) == httpx.codes.OK
        until_use_is_known(app)

        page.get_by_role("button", name="I have copied it").click()
        row = page.get_by_role("listitem").filter(has_text="Nightly export")
        expect(row).to_contain_text("used now from 127.0.0.1")
        expect(row).to_contain_text("ends soon")
        assert secret not in page.content()
        row.get_by_text("Rights: Read only").click()
        expect(row.get_by_text("Read bugs with their evidence and comments")).to_be_visible()

        row.get_by_role("button", name="Rotate").click()
        page.get_by_role("dialog").get_by_role("button", name="Rotate").click()
        second = page.locator(".is-secret code").inner_text()
        assert second not in {"", secret}
        assert [status_of(app, each) for each in (secret, second)] == [
            httpx.codes.UNAUTHORIZED,
            httpx.codes.OK,
        ]

        page.get_by_role("button", name="I have copied it").click()
        page.route("**/auth/tokens/*", refuse, times=1)
        page.get_by_role("button", name="Revoke Nightly export").click()
        expect(page.get_by_text("Not today.")).to_be_visible()
        expect(row).to_be_visible()
        with page.expect_response(lambda answer: answer.request.method == "DELETE"):
            page.get_by_role("button", name="Revoke Nightly export").click()
        expect(page.get_by_role("heading", name="No token yet")).to_be_visible()
        assert status_of(app, second) == httpx.codes.UNAUTHORIZED


def test_who_must_prove_it_goes_on_where_it_was_asked(browser: Browser, app: App) -> None:
    # A proof renews the session, which is then nobody else's to use.
    with Person(app.server.url, "Pia") as pia, app.page(browser, pia) as page:
        grow_stale(app, pia)
        page.goto("/app/account")
        page.get_by_label("Name").fill("Pia Bell")
        page.get_by_role("button", name="Save").click()
        dialog = page.get_by_role("dialog", name="Is it you?")
        expect(dialog.get_by_label("Password")).to_be_focused()
        assert inaccessible(page) == []
        page.keyboard.type("not it at all")
        page.keyboard.press("Enter")
        expect(dialog.get_by_text("This password is wrong.")).to_be_visible()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")

        expect(page.get_by_text("Saved")).to_be_visible()
        expect(page.get_by_role("button", name="Pia Bell")).to_be_visible()

        grow_stale(app, pia)
        page.get_by_label("New address").fill("pia@example.org")
        page.get_by_role("button", name="Send the link", exact=True).click()
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_text("Prove again that it is you")).to_be_visible()
        expect(page.get_by_label("New address")).to_have_value("pia@example.org")

        page.get_by_role("link", name="Sessions").click()
        rows = page.get_by_role("main").locator(".items li")
        expect(rows).to_have_count(1)
        log_in_elsewhere(app, pia)
        expect(rows).to_have_count(2)
        page.get_by_role("button", name="End python-httpx").click()
        expect(rows).to_have_count(1)


def test_an_organization_is_made_shared_and_deleted(browser: Browser, app: App) -> None:
    """Point 25."""
    with Person(app.server.url, "Bob") as bob, app.page(browser) as page:
        page.goto("/app")
        page.get_by_role("link", name="New organization").click()
        page.get_by_label("Name").fill("Acme")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Acme")
        page.get_by_label("Email").fill(bob.email)
        page.get_by_label("Role", exact=True).select_option("Member")
        page.get_by_role("button", name="Send invitation").click()
        expect(page.get_by_role("listitem").filter(has_text="invited by Ada")).to_contain_text(bob.email)
        accept(app, bob)

        expect(page.get_by_label("Role of Bob")).to_be_visible()
        expect(page.get_by_text("No invitation waits for an answer.")).to_be_visible()
        page.get_by_label("Role of Bob").select_option("Viewer")
        expect(page.get_by_text("Bob is Viewer now")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("heading", level=1).click()
        page.keyboard.press("z")
        expect(page.get_by_label("Role of Bob")).to_have_value("member")
        page.get_by_label("Role of Ada").select_option("Viewer")
        expect(page.get_by_text("An organization keeps an owner")).to_be_visible()
        expect(page.get_by_label("Role of Ada")).to_have_value("owner")
        assert inaccessible(page) == []

        page.get_by_role("link", name="Policies").click()
        page.get_by_label("End at the latest after").select_option("30 days")
        expect(page.get_by_text("Saved")).to_be_visible()
        page.get_by_role("link", name="Activity").click()
        changes = page.get_by_role("listitem").filter(has_text="Policies changed")
        expect(changes).to_contain_text("Ada")
        app.ada.http.patch(
            f"{organization(app, 'acme')}/policies", json={"max_token_days": 7}
        ).raise_for_status()
        expect(changes).to_have_count(2)
        page.get_by_label("What is shown").select_option("Invitations")
        expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(2)
        expect(page).to_have_url(re.compile(r"\?kind=invitation\.$"))
        page.get_by_label("What is shown").select_option("Webhooks")
        page.get_by_role("button", name="Show everything").click()
        expect(page.get_by_role("listitem").filter(has_text="Role changed").first).to_be_visible()
        page.get_by_role("link", name="Settings").click()
        page.get_by_role("button", name="Delete organization").click()
        page.get_by_label("Type acme to confirm").fill("acme")
        dialog = page.get_by_role("dialog", name="Delete organization")
        dialog.get_by_role("button", name="Delete organization").click()
        expect(dialog.get_by_text("Export the organization first")).to_be_visible()
        dialog.get_by_label("I need no export").check()
        dialog.get_by_role("button", name="Delete organization").click()

        expect(page).to_have_url(f"{app.server.url}/app")
        expect(page.get_by_role("link", name="Acme")).to_have_count(0)


def test_who_only_reads_is_offered_nothing_to_change_until_the_role_is_another(
    browser: Browser, app: App
) -> None:
    project = app.ada.create_project("Tea House")
    members = f"/api/v1/projects/{project.id}/members"
    app.send(project, "Kettle is cold")
    with Person(app.server.url, "Vic") as vic, app.page(browser, vic) as page:
        theirs = app.ada.post(members, email=vic.email, role="viewer")
        accept(app, vic)
        page.goto(f"{app.path(project)}/triage")
        page.get_by_role("heading", name="Nothing here is yours to decide").wait_for()
        page.get_by_role("link", name="Back to the list").click()
        page.get_by_role("row", name="Kettle is cold").wait_for()
        page.keyboard.press("j")
        page.keyboard.press("s")
        expect(page.get_by_text("Your role in this project does not allow that")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("x")
        expect(page.get_by_role("toolbar").get_by_role("button")).to_have_text(["Copy link", ""])
        page.keyboard.press("ControlOrMeta+k")
        expect(page.get_by_role("option", name="Copy link")).to_be_visible()
        expect(page.get_by_role("option", name="Resolved")).to_have_count(0)
        page.keyboard.press("Escape")
        page.keyboard.press("b")
        card = page.get_by_role("article", name="Kettle is cold")
        card.hover()
        page.mouse.down()
        page.mouse.move(600, 300, steps=3)
        expect(page.locator(".card-ghost, .card-move")).to_have_count(0)
        page.mouse.up()

        card.get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kettle is cold")
        changing = page.locator(".fact-button, .bug-edit, .compose, .related button")
        expect(changing).to_have_count(0)
        assert inaccessible(page) == []
        app.ada.http.patch(f"{members}/{theirs['id']}", json={"role": "editor"}).raise_for_status()
        expect(page.get_by_role("button", name="Status: New")).to_be_visible()
        expect(page.get_by_label("Comment", exact=True)).to_be_visible()
        app.ada.http.patch(f"{members}/{theirs['id']}", json={"role": "viewer"}).raise_for_status()
        expect(changing).to_have_count(0)

        page.goto(f"{app.path(project)}/settings/members")
        expect(page.get_by_role("main").get_by_role("listitem")).to_contain_text("Viewer")
        expect(page.get_by_role("main").locator("button, select, input")).to_have_count(0)


def test_second_factors_are_added_and_the_codes_shown_once(browser: Browser, app: App) -> None:
    site = f"http://localhost:{app.server.port}"  # which a browser takes for a secure place
    with Person(app.server.url, "Max") as max_, opened(browser, base_url=site) as page, authenticator(page):
        page.context.add_cookies(
            [{"name": each.name, "value": each.value or "", "url": site} for each in max_.http.cookies.jar]
        )
        page.goto("/app/account/security")
        page.get_by_role("button", name="Add an app").click()
        expect(page.get_by_role("img", name="QR code of the secret")).to_be_visible()
        assert inaccessible(page) == []
        page.get_by_label("Code that the app shows now").fill("000000")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Code that the app shows now")).to_have_attribute("aria-invalid", "true")
        page.get_by_label("Code that the app shows now").fill(
            pyotp.TOTP(page.locator(".enrolment code").inner_text()).now()
        )
        page.keyboard.press("Enter")
        expect(page.locator(".codes li")).to_have_count(10)
        assert inaccessible(page) == []
        page.get_by_role("button", name="I have kept them").click()
        expect(page.get_by_text("10 codes are left.")).to_be_visible()

        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_label("Name").fill("My laptop")
        page.keyboard.press("Enter")
        expect(page.get_by_role("listitem").filter(has_text="My laptop")).to_contain_text("never used")

        grow_stale(app, max_)
        page.get_by_role("button", name="Remove My laptop").click()
        page.get_by_role("dialog").get_by_role("button", name="Use your passkey").click()
        expect(page.get_by_text("My laptop is removed")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text="My laptop")).to_have_count(0)


def test_what_is_on_its_way_may_bring_another_session(browser: Browser, app: App) -> None:
    """The end of the one before it is heard first: that is no reason to leave for the login."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route) if route.request.method == "PATCH" else route.continue_()

    with Person(app.server.url, "Zoe") as zoe, app.page(browser, zoe) as page:
        with page.expect_response(re.compile("/events/stream")):
            page.goto("/app/account")
        page.route("**/api/v1/auth/me", hold)
        page.get_by_label("Name", exact=True).fill("Zoe Lind")
        page.get_by_role("button", name="Save", exact=True).click()
        eventually(page, lambda: waiting != [])
        with page.expect_response(lambda told: told.url.endswith("/auth/me") and told.status == 401):
            change = {"current_password": PASSWORD, "new_password": f"{PASSWORD}4"}
            zoe.http.put("/api/v1/auth/me/password", json=change).raise_for_status()
        with page.expect_response(re.compile("/events/stream")):
            app.sign_in(page, zoe)
            waiting.pop().continue_()
        expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
        expect(page).to_have_url(re.compile("/app/account$"))


def test_all_pages_are_accessible_and_none_scrolls_sideways(browser: Browser, app: App) -> None:
    """Points 27, 28 and 29, in the narrow, dark and long-worded."""
    size = {"width": 390, "height": 844}
    found = []
    with app.page(browser, viewport=size, color_scheme="dark", locale="de-DE") as page:
        page.goto("/app/new-organization")
        page.get_by_role("button", name="Organisation anlegen").click()
        expect(
            page.get_by_text("darf nicht leer sein"), "a refusal is in the page's language"
        ).to_be_visible()
        for path in PATHS:
            page.goto(path)
            page.get_by_role("heading", level=1).wait_for()
            page.locator(".skeleton").first.wait_for(state="detached")
            found += inaccessible(page) + ([f"{path} scrolls sideways"] if page.evaluate(IS_WIDER) else [])
    assert found == []


def refuse(route: Route) -> None:
    route.fulfill(status=403, json={"status": 403, "code": "forbidden", "detail": "Not today."})


def grow_stale(app: App, person: Person) -> None:
    with closing(sqlite3.connect(app.server.data / "lacewing.db", timeout=10)) as database, database:
        whose = "person_id = (SELECT id FROM people WHERE email = ?)"
        statement = f"UPDATE sessions SET proved_at = proved_at - 3600 * 1000000 WHERE {whose}"
        assert database.execute(statement, (person.email,)).rowcount > 0


def log_in_elsewhere(app: App, person: Person) -> None:
    told = {"email": person.email, "password": PASSWORD}
    httpx.post(f"{app.server.url}/api/v1/auth/login", json=told, trust_env=False).raise_for_status()


def organization(app: App, slug: str) -> str:
    """Its address in the API."""
    (found,) = [each for each in app.ada.http.get("/api/v1/organizations").json() if each["slug"] == slug]
    return f"/api/v1/organizations/{found['id']}"


def until_use_is_known(app: App) -> None:
    """Uses are written together, every few seconds."""
    end = time.monotonic() + 30
    while not any(token["lastUsedAt"] for token in app.ada.http.get("/api/v1/auth/tokens").json()):
        assert time.monotonic() < end
        time.sleep(0.1)


def accept(app: App, person: Person) -> None:
    token = token_of(app.server, "/invitations/accept", person.email)
    person.http.post("/api/v1/auth/accept-invite", json={"token": token}).raise_for_status()


def status_of(app: App, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return httpx.get(f"{app.server.url}/api/v1/projects", headers=headers, trust_env=False).status_code
