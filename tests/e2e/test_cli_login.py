"""`lacewing login` with a browser: the program waits, Chromium approves, and the token is there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import opened
from tests.cli.shell import Shell
from tests.cli.terminal import Terminal
from tests.server import PASSWORD, Person, Server

pytestmark = pytest.mark.browser
ADDRESS = re.compile(r"Open (\S+)")
CODE = re.compile(r"[B-Z]{4}-[B-Z]{4}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("login")) as running:
        yield running


@pytest.fixture(scope="module")
def ada(server: Server) -> Iterator[Person]:
    with Person(server.url) as person:
        yield person


def decide(page: Page, shown: str, decision: str) -> None:
    """As somebody who is logged in nowhere yet: through the login to the device's page."""
    address, code = ADDRESS.search(shown), CODE.search(shown)
    assert address is not None
    assert code is not None
    page.goto(address[1])
    page.get_by_label("Email").fill("ada@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text(code[0])).to_be_visible()
    page.get_by_role("button", name=decision).click()


@pytest.mark.usefixtures("ada")
def test_a_browser_approves_and_the_terminal_is_logged_in(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    home = Shell(tmp_path)
    with (
        Terminal(["login", server.url, "--no-open"], home.surroundings()) as terminal,
        opened(browser) as page,
    ):
        decide(page, terminal.wait_for("compare the code"), "Approve")
        expect(page.get_by_role("heading", level=1)).to_have_text("Device approved")
        terminal.wait_for(f"Logged in to {server.url} as ada@example.com.")
        assert terminal.end() == 0
    assert home("whoami", "--json", "--fields", "email").json == {"email": "ada@example.com"}
    kept = json.loads((tmp_path / ".config/lacewing/tokens.json").read_text())
    assert [token[:8] for token in kept.values()] == ["bsk_pat_"]


@pytest.mark.usefixtures("ada")
def test_what_is_denied_is_refused(browser: Browser, server: Server, tmp_path: Path) -> None:
    with (
        Terminal(["login", server.url, "--no-open"], Shell(tmp_path).surroundings()) as terminal,
        opened(browser) as page,
    ):
        decide(page, terminal.wait_for("compare the code"), "Deny")
        terminal.wait_for("The login was denied.")
        assert terminal.end() == 5
    assert not (tmp_path / ".config/lacewing/tokens.json").exists()
