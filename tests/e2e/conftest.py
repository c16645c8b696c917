"""One Chromium for every file that drives one as it comes."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from playwright.sync_api import Browser, Error

from tests.browser import started


class KeptBrowser:
    """With Playwright's event loop, which is told to run between its calls, too."""

    def __init__(self) -> None:
        self._block = ExitStack()
        self._start()

    def take(self) -> Browser:
        """Another one, if what a file before did to it, or to Playwright, was its end."""
        if not self._answers():
            self.close()
            self._start()
        return self._browser

    def lay_down(self) -> None:
        asyncio._set_running_loop(None)

    def close(self) -> None:
        asyncio._set_running_loop(self._loop if self._loop.is_running() else None)
        with suppress(Error):
            self._block.close()
        self.lay_down()

    def _start(self) -> None:
        self._browser = self._block.enter_context(started())
        self._loop = asyncio.get_running_loop()

    def _answers(self) -> bool:
        asyncio._set_running_loop(self._loop)
        try:
            self._browser.new_context().close()
        except Error:
            return False
        return True


@pytest.fixture(scope="session")
def kept_browser() -> Iterator[KeptBrowser]:
    kept = KeptBrowser()
    kept.lay_down()
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def browser(kept_browser: KeptBrowser) -> Iterator[Browser]:
    """Outside these files a test may run an event loop of its own."""
    yield kept_browser.take()
    kept_browser.lay_down()
