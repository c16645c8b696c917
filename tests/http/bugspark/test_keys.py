"""Publishable keys, origins, quotas, duplicates and events over the wire."""

import json
from itertools import count
from typing import Any

import httpx
import pytest

from tests.http.conftest import Site

_NUMBERS = count(1)
KEY_FIELDS = {
    "id",
    "key",
    "label",
    "isPrimary",
    "isEnabled",
    "allowedOrigins",
    "requireOrigin",
    "dailyQuota",
    "createdAt",
    "expiresAt",
}


@pytest.fixture
def project(site: Site) -> dict[str, Any]:
    body = {"name": f"Shop {next(_NUMBERS)}", "domain": "myapp.com"}
    made: dict[str, Any] = site.ada.http.post("/api/v1/projects", json=body).json()
    return made


def report(**changed: object) -> dict[str, object]:
    return {"title": f"Report {next(_NUMBERS)}", "severity": "low", "category": "bug"} | changed


def submit(
    site: Site, key: str, body: dict[str, object] | None = None, origin: str | None = None
) -> httpx.Response:
    headers = {"X-API-Key": key} | ({"Origin": origin} if origin is not None else {})
    return site.http(**headers).post("/api/v1/reports", json=body or report())


def test_a_key_is_made_listed_changed_rotated_and_deleted(site: Site, project: dict[str, Any]) -> None:
    """Contract A18, in both spellings."""
    path = f"/api/v1/projects/{project['code']}/keys"
    made = site.ada.http.post(
        path, json={"label": "Shop", "allowedOrigins": ["https://*.Shop.com"], "daily_quota": 5}
    )
    assert made.status_code == 201
    key = made.json()
    assert set(key) == KEY_FIELDS
    assert (key["allowedOrigins"], key["dailyQuota"], key["isPrimary"]) == (["https://*.shop.com"], 5, False)
    assert [item["key"] for item in site.ada.http.get(path).json()] == [key["key"], project["apiKey"]]
    changed = site.ada.http.patch(f"{path}/{key['id']}", json={"daily_quota": None, "isEnabled": False})
    assert (changed.json()["dailyQuota"], changed.json()["isEnabled"]) == (None, False)
    assert submit(site, key["key"]).status_code == 401
    site.ada.http.patch(f"{path}/{key['id']}", json={"is_enabled": True})
    rotated = site.ada.http.post(f"{path}/{key['id']}/rotate", json={"graceSeconds": 60})
    assert rotated.status_code == 201
    assert submit(site, key["key"]).status_code == submit(site, rotated.json()["key"]).status_code == 201
    again = site.ada.http.post(f"{path}/{key['id']}/rotate")
    assert (again.status_code, again.json()["code"]) == (409, "key_rotated")
    assert site.ada.http.delete(f"{path}/{key['id']}").status_code == 204
    assert submit(site, key["key"]).status_code == 401
    refused = site.ada.http.delete(f"{path}/{site.ada.http.get(path).json()[-1]['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "primary_key")


@pytest.mark.parametrize("body", [None, {}, {"grace_seconds": 0}])
def test_the_projects_key_is_replaced_at_once(
    site: Site, project: dict[str, Any], body: dict[str, int] | None
) -> None:
    """B4.2: the body is optional, for a cookie too."""
    path = f"/api/v1/projects/{project['id']}/rotate-key"
    answer = site.ada.http.post(path) if body is None else site.ada.http.post(path, json=body)
    assert answer.status_code == 200
    assert answer.json() == project | {"apiKey": answer.json()["apiKey"]}
    assert submit(site, project["apiKey"]).status_code == 401
    assert submit(site, answer.json()["apiKey"]).status_code == 201


def test_the_projects_key_lives_on_for_the_grace_that_is_asked(site: Site, project: dict[str, Any]) -> None:
    path = f"/api/v1/projects/{project['id']}/rotate-key"
    answer = site.with_token().post(path, json={"grace_seconds": 3600})
    assert submit(site, project["apiKey"]).status_code == 201
    assert submit(site, answer.json()["apiKey"]).status_code == 201
    assert site.with_token().post(path, json={"grace_seconds": 86401}).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"label": "x", "allowed_origins": ["evil"]}, "allowed_origins"),
        ({"label": "x", "daily_quota": 0}, "daily_quota"),
        ({"label": "x", "surprise": 1}, "surprise"),
        ({"label": " "}, "label"),
    ],
)
def test_a_bad_key_is_422_and_names_its_field(
    site: Site, project: dict[str, Any], body: dict[str, object], field: str
) -> None:
    answer = site.ada.http.post(f"/api/v1/projects/{project['id']}/keys", json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_wrong_origin_is_403_that_its_page_can_read(site: Site, project: dict[str, Any]) -> None:
    """W-1, K-6"""
    for origin in ("https://evilmyapp.com", "https://myapp.com.evil.org", "http://myapp.com", "null"):
        refused = submit(site, project["apiKey"], origin=origin)
        assert (refused.status_code, refused.json()["code"]) == (403, "origin_not_allowed")
        assert refused.headers["access-control-allow-origin"] == "*"
    for allowed in ("https://myapp.com", "https://www.myapp.com", None):
        assert submit(site, project["apiKey"], origin=allowed).status_code == 201


def test_a_referer_is_no_origin(site: Site, project: dict[str, Any]) -> None:
    """W-1"""
    headers = {"X-API-Key": project["apiKey"], "Referer": "https://evil.org/"}
    assert site.http(**headers).post("/api/v1/reports", json=report()).status_code == 201


def test_a_bearer_knows_no_origin(site: Site, project: dict[str, Any]) -> None:
    """Contract A5"""
    headers = {"Authorization": f"Bearer {site.pat}", "Origin": "https://evil.org"}
    body = report(project_id=project["id"])
    assert site.http(**headers).post("/api/v1/reports", json=body).status_code == 201


def test_a_key_that_has_spent_its_day_is_429_and_the_others_are_not(
    site: Site, project: dict[str, Any]
) -> None:
    """W-2"""
    path = f"/api/v1/projects/{project['id']}/keys"
    key = site.ada.http.post(path, json={"label": "Small", "daily_quota": 2}).json()["key"]
    answers = [submit(site, key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].headers["ratelimit-limit"] == "2"
    assert answers[2].headers["ratelimit-remaining"] == "0"
    assert 0 < int(answers[2].headers["retry-after"]) <= 86400
    assert submit(site, project["apiKey"]).status_code == 201


def test_a_duplicate_is_200_with_three_fields(site: Site, project: dict[str, Any]) -> None:
    """W-3, contract A19"""
    body = report(description="secret", reporter_identifier="eve")
    first = submit(site, project["apiKey"], body)
    again = submit(site, project["apiKey"], body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {name: first.json()[name] for name in ("id", "trackingId", "status")}
    listed = site.ada.http.get("/api/v1/reports", params={"project_id": project["id"]}).json()
    assert listed["total"] == 1


def test_ones_own_events_are_filtered_paged_and_exported(site: Site) -> None:
    """U-2, contract A18"""
    for _ in range(3):
        site.ada.mint_token()
    path = "/api/v1/auth/events"
    page = site.ada.http.get(path, params={"kind": "token.", "limit": 2})
    assert page.status_code == 200
    first, second = page.json()["items"]
    assert {first["kind"], second["kind"]} <= {"token.created", "token.revoked"}
    assert set(first) == {
        "id",
        "kind",
        "at",
        "personId",
        "organizationId",
        "projectId",
        "credentialKind",
        "credentialId",
        "subjectId",
        "ip",
        "userAgent",
        "requestId",
        "data",
    }
    cursor = page.json()["nextCursor"]
    assert cursor == second["id"]
    rest = site.ada.http.get(path, params={"kind": "token.", "cursor": cursor, "after": first["at"]})
    assert all(item["at"] >= first["at"] for item in rest.json()["items"])
    older = site.ada.http.get(path, params={"kind": "token.", "cursor": cursor}).json()["items"]
    assert older[0]["id"] < second["id"]
    lines = site.ada.http.get(path, params={"limit": 1}, headers={"Accept": "application/x-ndjson"})
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert "x-next-cursor" not in lines.headers
    exported = [json.loads(line) for line in lines.text.splitlines()]
    assert first in exported
    assert len(exported) > 4


def test_an_organizations_events_are_its_owners(site: Site, project: dict[str, Any]) -> None:
    path = f"/api/v1/organizations/{project['organizationId']}/events"
    site.ada.http.post(f"/api/v1/projects/{project['id']}/keys", json={"label": "x"})
    found = site.with_token().get(path, params={"kind": "key.created"}).json()["items"]
    assert {"organizationId": project["organizationId"], "projectId": project["id"]}.items() <= found[
        0
    ].items()
    assert site.with_token(site.project_token).get(path).status_code == 403
    assert site.with_key().get(path).status_code == 401


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=nonsense", "kind"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("cursor=x", "cursor"),
        ("before=yesterday", "before"),
        ("after=2026-01-01T00:00:00", "after"),
    ],
)
def test_a_bad_query_is_422_and_names_its_field(site: Site, query: str, field: str) -> None:
    answer = site.ada.http.get(f"/api/v1/auth/events?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_any_time_is_a_time(site: Site, moment: str) -> None:
    for name in ("before", "after"):
        assert site.ada.http.get("/api/v1/auth/events", params={name: moment}).status_code == 200
