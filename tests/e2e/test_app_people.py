"""The dashboard's account and organization pages, in a real browser against a real server."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import inaccessible, started
from tests.e2e.apps import App, served
from tests.server import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with served(tmp_path_factory.mktemp("people")) as found:
        yield found


def test_a_token_is_shown_once_used_rotated_and_revoked_at_once(browser: Browser, app: App) -> None:
    """Point 24."""
    with app.page(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto("/app/account/tokens")
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
        with page.expect_response(lambda answer: answer.request.method == "DELETE"):
            page.get_by_role("button", name="Revoke Nightly export").click()
        expect(page.get_by_role("heading", name="No token yet")).to_be_visible()
        assert status_of(app, second) == httpx.codes.UNAUTHORIZED


def test_who_must_prove_it_goes_on_where_it_was_asked(browser: Browser, app: App) -> None:
    with app.page(browser) as page:
        grow_stale(app)
        page.goto("/app/account")
        page.get_by_label("Name").fill("Ada Lovelace")
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
        expect(page.get_by_role("button", name="Ada Lovelace")).to_be_visible()

        grow_stale(app)
        page.get_by_label("New address").fill("ada@example.org")
        page.get_by_role("button", name="Send the link", exact=True).click()
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_text("Prove again that it is you")).to_be_visible()
        expect(page.get_by_label("New address")).to_have_value("ada@example.org")


def grow_stale(app: App) -> None:
    with closing(sqlite3.connect(app.server.data / "lacewing.db", timeout=10)) as database, database:
        database.execute("UPDATE sessions SET proved_at = proved_at - 3600 * 1000000")


def until_use_is_known(app: App) -> None:
    """Uses are written together, every few seconds."""
    end = time.monotonic() + 30
    while not any(token["lastUsedAt"] for token in app.ada.http.get("/api/v1/auth/tokens").json()):
        assert time.monotonic() < end
        time.sleep(0.1)


def status_of(app: App, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return httpx.get(f"{app.server.url}/api/v1/projects", headers=headers, trust_env=False).status_code
