"""The widget as somebody uses it: the same steps on whatever page it stands."""

from typing import Final

from playwright.sync_api import Locator, Page, expect

HOST: Final = "#bugspark-host"


def opened_form(page: Page) -> Locator:
    """By its button, once that is there."""
    page.locator(f"{HOST} .launcher").click()
    form = page.get_by_role("dialog")
    expect(form).to_be_visible()
    return form


def report_through(page: Page, title: str) -> Locator:
    """Opens the form, sends, and waits until the server has it; the form, which thanks."""
    form = opened_form(page)
    form.get_by_label("Title").fill(title)
    form.get_by_role("button", name="Send report").click()
    expect(form.get_by_role("heading", name="Thank you")).to_be_visible()
    return form
