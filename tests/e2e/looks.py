"""A plain page in each of its looks: narrow in light, wide in dark."""

from typing import Final

from playwright.sync_api import Page

from tests.browser import inaccessible

IS_WIDER: Final = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LOOKS: Final = (("light", 390), ("dark", 1440))


def found_on(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds in either look, `without` some rules, and whether it scrolls sideways."""
    return [finding for theme, width in LOOKS for finding in _found_in(page, theme, width, without)]


def _found_in(page: Page, theme: str, width: int, without: tuple[str, ...]) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    wider = [f"{page.url} scrolls sideways at {width} px"] if page.evaluate(IS_WIDER) else []
    return inaccessible(page, without=without) + wider
