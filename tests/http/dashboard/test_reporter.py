"""A reporter's private page, by the link in its mail."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx
import pytest

from tests.http.conftest import Site
from tests.http.dashboard.people import newcomer
from tests.http.dashboard.test_forms import field_errors
from tests.mailed import found_in_mail

HOSTILE: Final = "<script>alert(1)</script>"
ONE_CLICK: Final = b"List-Unsubscribe=One-Click"


@dataclass(frozen=True, slots=True)
class Reported:
    """Rita's report to ada's project; `page` is where its mail leads."""

    ada: httpx.Client
    rita: httpx.Client
    id: str
    page: str
    team_page: str

    def say(self, body: str, *, visible: bool) -> None:
        said = {"body": body, "visible_to_reporter": visible}
        assert self.ada.post(f"/api/v1/reports/{self.id}/comments", json=said).status_code == 201


@pytest.fixture(scope="module")
def reported(peopled: Site) -> Iterator[Reported]:
    ada, address = newcomer(peopled).http, f"{secrets.token_hex(6)}@example.org"
    project = ada.post("/api/v1/projects", json={"name": "Orchard"}).json()
    report = {"title": HOSTILE, "severity": "low", "category": "bug", "reporter_identifier": address}
    key = {"X-API-Key": project["apiKey"]}
    made = peopled.http().post("/api/v1/reports", json=report, headers=key).json()
    page = found_in_mail(peopled.server, r"http://\S+(/r/\S+)", address)
    team_page = f"/b/{project['organizationSlug']}/{made['trackingId']}"
    yield Reported(ada, peopled.http(), made["id"], page, team_page)
    peopled.close_clients()


def test_the_page_is_the_holders_alone(reported: Reported) -> None:
    """F-8"""
    answer = reported.rita.get(reported.page)
    told = {name: answer.headers[name] for name in ("referrer-policy", "x-robots-tag", "cache-control")}

    assert answer.status_code == 200
    assert told == {"referrer-policy": "no-referrer", "x-robots-tag": "noindex", "cache-control": "no-store"}
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script" not in answer.text


def test_team_and_reporter_talk_and_the_rest_stays_in_the_team(reported: Reported) -> None:
    reported.say("Not for her eyes", visible=False)
    reported.say("Does it still happen?", visible=True)
    answer = reported.rita.post(reported.page, data={"body": f"Yes.\r\n{HOSTILE}"})
    page = reported.rita.get(answer.headers["location"]).text
    team_page = reported.ada.get(f"{reported.team_page}?view=plain").text

    assert answer.status_code == 303
    assert "Your answer has reached the team" in page
    assert "Does it still happen?" in page
    assert "Not for her eyes" not in page
    assert "Yes.\n&lt;script&gt;" in team_page
    assert "from its private page" in team_page


def test_a_comment_on_the_teams_page_is_shown_if_it_says_so(reported: Reported) -> None:
    form = {"body": "From the page", "visible_to_reporter": "yes"}
    reported.ada.post(f"{reported.team_page}/comments", data=form)
    assert "From the page" in reported.rita.get(reported.page).text


@pytest.mark.parametrize("body", ["", "x" * 5001, "\0"])
def test_what_is_wrong_with_an_answer_stands_beside_it(reported: Reported, body: str) -> None:
    answer = reported.rita.post(reported.page, data={"body": body})
    assert (answer.status_code, len(field_errors(answer.text))) == (422, 1)
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_opening_the_way_out_changes_nothing_and_one_click_does(reported: Reported) -> None:
    """K-4, RFC 8058"""
    asked = reported.rita.get(f"{reported.page}/stop").text
    before = reported.rita.get(reported.page).text
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    stopped = reported.rita.post(f"{reported.page}/stop", content=ONE_CLICK, headers=form)
    after = reported.rita.get(reported.page).text
    team_page = reported.ada.get(f"{reported.team_page}?view=plain").text
    back = reported.rita.post(f"{reported.page}/allow")

    assert "Never write to me again" in asked
    assert "Stop these mails" in before
    assert (stopped.status_code, "You get no more mails" in stopped.text) == (200, True)
    assert "You get no mails from here" in after
    assert "wants no mails" in team_page
    assert (back.status_code, back.headers["location"]) == (303, f"{reported.page}?done=allowed")


def test_one_click_comes_as_multipart_too(reported: Reported) -> None:
    several = {"List-Unsubscribe": (None, b"One-Click")}
    assert reported.rita.post(f"{reported.page}/stop", files=several).status_code == 200
    assert reported.rita.post(f"{reported.page}/allow").status_code == 303


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("GET", "/stop"), ("POST", "/stop"), ("POST", "/allow")]
)
def test_dead_links_are_answered_alike(reported: Reported, method: str, path: str) -> None:
    form = {"body": "Hello"} if method == "POST" else None
    for token in ("x" * 43, "abc", "%00", "%ff", "y" * 4000):
        answer = reported.rita.request(method, f"/r/{token}{path}", data=form)
        assert (answer.status_code, answer.headers["referrer-policy"]) == (400, "no-referrer")
        assert "This link has ended" in answer.text


def test_another_site_can_not_answer_or_end_the_mails(reported: Reported) -> None:
    """D1"""
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for path in ("", "/stop", "/allow"):
        answer = reported.rita.post(f"{reported.page}{path}", data={"body": "Hello"}, headers=foreign)
        assert answer.status_code == 403
