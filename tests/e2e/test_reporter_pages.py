"""A report's own reporter, in a real browser, and the team that it talks to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import follow, opened
from tests.e2e.looks import found_on
from tests.e2e.test_account_pages import log_in
from tests.e2e.test_pages import HOSTILE, SETTINGS
from tests.mailed import found_in_mail
from tests.server import Person, Server

pytestmark = pytest.mark.browser

RITA: Final = "rita@example.org"


@dataclass(frozen=True, slots=True)
class Site:
    url: str
    rita: str
    team: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Ada's project, and Rita's report in it, with the page that each has of it."""
    with Server(tmp_path_factory.mktemp("site"), SETTINGS) as server, Person(server.url) as ada:
        project = ada.create_project("Orchard")
        body = {"title": HOSTILE, "severity": "high", "category": "bug", "reporterIdentifier": RITA}
        headers = {"X-API-Key": project.key}
        sent = httpx.post(f"{server.url}/api/v1/reports", json=body, headers=headers, trust_env=False)
        ada.post(f"/api/v1/reports/{sent.json()['id']}/comments", body=HOSTILE, visible_to_reporter=True)
        page = found_in_mail(server, r"http://\S+(/r/\S+)", RITA)
        yield Site(f"http://localhost:{server.port}", page, f"/b/{sent.json()['trackingId']}")


def test_team_and_reporter_talk_without_javascript(browser: Browser, site: Site) -> None:
    """F-8, D1: forms say where they come from, and not the secret in the address."""
    with opened(browser, base_url=site.url, java_script_enabled=False) as page:
        page.goto(site.rita)
        page.get_by_label("Write to the team").fill("It happens on Mondays")
        with page.expect_request(lambda request: request.method == "POST") as posted:
            page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("It happens on Mondays")).to_be_visible()
        headers = posted.value.all_headers()

        log_in(page, "ada@example.com", site.team)
        expect(page.get_by_text("It happens on Mondays")).to_be_visible()
        page.get_by_label("Add a comment").fill("Mended on Tuesday")
        page.get_by_label("Show it to the reporter too").check()
        page.get_by_role("button", name="Comment").click()
        page.get_by_role("button", name="Log out").click()
        page.goto(site.rita)
        expect(page.get_by_text("Mended on Tuesday")).to_be_visible()

    assert headers["origin"] == site.url
    assert site.rita not in headers.get("referer", "")


def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, site: Site) -> None:
    with opened(browser, base_url=site.url) as page:
        findings = []
        for path in (site.rita, f"{site.rita}/stop", "/r/nowhere"):
            page.goto(path)
            findings += found_on(page)
        page.goto(f"{site.rita}/stop")
        follow(page, "Never write to me again")
        findings += found_on(page)
        follow(page, "See the report", "link")
        findings += found_on(page)
        follow(page, "Get them again")
        expect(page.get_by_text("You get mails again")).to_be_visible()
        page.get_by_label("Write to the team").fill(" ")
        follow(page, "Send")
        findings += found_on(page)
        log_in(page, "ada@example.com", f"{site.team}?view=plain")
        findings += found_on(page)

    assert findings == []
