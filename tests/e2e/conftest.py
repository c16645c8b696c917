"""One Chromium for every file that drives one as it comes."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import started


@pytest.fixture(scope="session")
def kept_browser() -> Iterator[tuple[Browser, AbstractEventLoop]]:
    """With Playwright's event loop, which is told to run between its calls, too."""
    with started() as browser:
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield browser, loop
        asyncio._set_running_loop(loop)


@pytest.fixture(scope="module")
def browser(kept_browser: tuple[Browser, AbstractEventLoop]) -> Iterator[Browser]:
    """Outside these files a test may run an event loop of its own."""
    found, loop = kept_browser
    asyncio._set_running_loop(loop)
    yield found
    asyncio._set_running_loop(None)
