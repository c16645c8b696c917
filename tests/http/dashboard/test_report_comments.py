"""Comments on a report's page."""

import secrets

from tests.http.conftest import Site
from tests.http.dashboard.people import Visitor, newcomer
from tests.http.dashboard.test_forms import field_errors

HOSTILE = "<script>alert(1)</script>\r\nand {{ 7 * 7 }}"


def reported(ada: Visitor) -> str:
    """The path of a report's page, with the organization in it."""
    created = ada.http.post("/api/v1/projects", json={"name": f"Orchard {secrets.token_hex(3)}"}).json()
    report = {"title": "It broke", "severity": "low", "category": "bug"}
    ada.http.post("/api/v1/reports", json=report, headers={"X-API-Key": created["apiKey"], "Cookie": ""})
    return f"/b/{created['organizationSlug']}/{created['code']}-1"


def test_a_comment_stands_on_the_page_and_is_only_text(site: Site) -> None:
    ada = newcomer(site)
    path = reported(ada)
    answer = ada.http.post(f"{path}/comments", data={"body": HOSTILE})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?view=plain#comments-heading")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nand {{ 7 * 7 }}" in ada.http.get(f"{path}?view=plain").text


def test_without_a_reporter_to_tell_nobody_is_asked_whether_to(site: Site) -> None:
    ada = newcomer(site)
    page = ada.http.get(f"{reported(ada)}?view=plain").text
    assert "Add a comment" in page
    assert "visible_to_reporter" not in page


def test_what_is_wrong_with_a_comment_stands_beside_it_and_it_is_not_lost(site: Site) -> None:
    ada = newcomer(site)
    answer = ada.http.post(f"{reported(ada)}/comments", data={"body": "x" * 5001})
    assert (answer.status_code, len(field_errors(answer.text))) == (422, 1)
    assert "x" * 5001 in answer.text


def test_who_does_not_see_the_report_can_not_comment_on_it(site: Site) -> None:
    path = reported(newcomer(site))
    assert newcomer(site).http.post(f"{path}/comments", data={"body": "Hello"}).status_code == 404
    assert site.http().post(f"{path}/comments", data={"body": "Hello"}).status_code == 303
