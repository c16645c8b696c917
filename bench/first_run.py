"""`python -m bench.first_run`: from `make run` on an installed clone to the first report on screen.

A person types 5 characters a second, as a practised one does, and looks 1.5 s before each move. It reads no
documentation: what it does next is what the page shows.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.browser import started
from tests.ports import free_port
from tests.server import PASSWORD

MOST_SECONDS: Final = 60.0
KEY_MILLISECONDS: Final = 200
LOOK_SECONDS: Final = 1.5
ROOT: Final = Path(__file__).parents[1]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="lacewing-bench-") as folder, started() as browser:
        page = browser.new_context().new_page()
        begun = time.monotonic()
        server = _run(Path(folder))
        try:
            moments = _first_run(page, _address(server))
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
    told = {name: moment - begun for name, moment in moments.items()}
    print(*(f"{name:32} {seconds:6.1f} s" for name, seconds in told.items()), sep="\n")
    return int(max(told.values()) > MOST_SECONDS)


def _run(folder: Path) -> subprocess.Popen[str]:
    words = ["make", "--silent", "run", f"DATA={folder / 'data'}", f"ARGS=--port {free_port()}"]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)


def _address(server: subprocess.Popen[str]) -> str:
    """That it prints once it is ready."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://\S+/register", line):
            return found[0]
    raise RuntimeError("make run printed no address")


def _first_run(page: Page, address: str) -> dict[str, float]:
    moments = {"the address is printed": time.monotonic()}
    _look()
    page.goto(address)
    _write(page.get_by_label("Name"), "Ada Bell")
    _write(page.get_by_label("Email"), "ada@example.com")
    _write(page.get_by_label("Password", exact=True), PASSWORD)
    page.keyboard.press("Enter")
    _write(page.get_by_label("Name", exact=True), "Web shop")
    moments["an account"] = time.monotonic()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Waiting for the first report")).to_be_visible()
    moments["a project"] = time.monotonic()
    _press(page.get_by_role("button", name="Copy").first)
    with page.expect_popup() as opened:
        _press(page.get_by_role("link", name="Open a page that has it"))
    _report(opened.value)
    _look()
    page.bring_to_front()
    expect(page.get_by_text("The first report is here")).to_be_visible()
    moments["the light is green"] = time.monotonic()
    _press(page.get_by_role("link", name="Open it"))
    expect(page.get_by_role("heading", name="Nothing happens").first).to_be_visible()
    moments["the first report on screen"] = time.monotonic()
    return moments


def _report(page: Page) -> None:
    """By the widget of the page that was opened."""
    _press(page.get_by_role("button", name="Report a bug"))
    form = page.get_by_role("dialog")
    _write(form.get_by_label("Title"), "Nothing happens")
    _press(form.get_by_role("button", name="Send report"))
    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()


def _look() -> None:
    time.sleep(LOOK_SECONDS)


def _press(target: Locator) -> None:
    target.wait_for()
    _look()
    target.click()


def _write(field: Locator, text: str) -> None:
    field.wait_for()
    _look()
    field.press_sequentially(text, delay=KEY_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
