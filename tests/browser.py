"""A real Chromium for tests: found, started afresh, and listened to."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

ROOT: Final = Path(__file__).parents[1]
AXE: Final = ROOT / "frontend/node_modules/axe-core/axe.min.js"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
# Its own services off: a test's browser talks to the server under test and to nobody else.
ARGUMENTS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TIMEOUT_MILLISECONDS: Final = 60_000
# Patience, not a limit: how soon something is there, bench.dashboard measures.
PATIENCE_SECONDS: Final = 20.0
expect.set_options(timeout=PATIENCE_SECONDS * 1000)
_REFUSED_FORM: Final = "Failed to load resource: the server responded with a status of 4"
# How fast WebGL is read where there is no graphics card.
_SLOW_DRIVER: Final = "GL Driver Message"


def find_chromium() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def started(*more: str) -> Iterator[Browser]:
    """Without one: skipped here, a failure in CI. Playwright's event loop runs until the end of the block.

    `more` are arguments of its command line.
    """
    path = find_chromium()
    if path is None:
        _give_up("no Chromium: install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *more])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, *, meant: str = "$^", **options: Any) -> Iterator[Page]:
    """A page of a new profile, where nothing moves. What its browser complains of is an error.

    So is a refused script or style. Unless it is `meant`: a pattern of what a page does wrong on purpose.
    """
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend(_complaint(message)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    unmeant = [complaint for complaint in complaints if not re.search(meant, complaint)]
    assert unmeant == [], unmeant


def inaccessible(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds on the page, a line for each element; `without` names rules that are not asked."""
    if not AXE.exists():
        _give_up("no axe-core: run make install")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    options = {"rules": {rule: {"enabled": False} for rule in without}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{page.url}: {violation['id']}: {node['html']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def follow(page: Page, name: str, role: Literal["button", "link"] = "button") -> None:
    """Presses it and waits for the page that answers."""
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).click()


@contextmanager
def held(page: Page) -> Iterator[None]:
    """No request that would change something reaches the server before the end of the block.

    So what the page shows in it, it shows without an answer.
    """
    waiting: list[Route] = []
    is_held = True

    def hold(route: Route) -> None:
        if is_held and route.request.method != "GET":
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/api/**", hold)
    yield
    is_held = False
    for route in waiting:
        route.continue_()
    page.unroute("**/api/**", hold)


def eventually(page: Page, is_so: Callable[[], bool]) -> None:
    """What the server says once it was told."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "the server was not told"
        page.wait_for_timeout(20)


def _complaint(message: ConsoleMessage) -> list[str]:
    """A form that is refused is answered with its status, which the browser remarks on."""
    if message.type not in {"error", "warning"}:
        return []
    if message.text.startswith(_REFUSED_FORM) or _SLOW_DRIVER in message.text:
        return []
    return [message.text]


def _give_up(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
