"""Projects and what the widget reads, as the original's CLI and widget ask for them (B1: 8-11, 18, 19)."""

from itertools import count
from typing import Any

import httpx
import pytest

from tests.http.conftest import Site

_NUMBERS = count(1)
ITEM = {
    "id",
    "name",
    "code",
    "slug",
    "domain",
    "apiKey",
    "isActive",
    "isPrivate",
    "organizationId",
    "organizationSlug",
    "createdAt",
    "settings",
    "permissions",
}


@pytest.fixture
def cli(site: Site) -> httpx.Client:
    """Every request of the original CLI says that it is JSON, even without a body."""
    return site.http(Authorization=f"Bearer {site.pat}", **{"Content-Type": "application/json"})


@pytest.fixture
def project(cli: httpx.Client) -> dict[str, Any]:
    made = cli.post("/api/v1/projects", json={"name": f"Kiosk {next(_NUMBERS)}"})
    assert made.status_code == 201
    item: dict[str, Any] = made.json()
    return item


def test_the_cli_lists_creates_configures_and_deletes_projects(
    cli: httpx.Client, project: dict[str, Any]
) -> None:
    path = f"/api/v1/projects/{project['id']}"
    assert set(project) == ITEM
    assert project["apiKey"].startswith("bsk_pub_")
    assert project in cli.get("/api/v1/projects").json()
    settings = {**project["settings"], "widgetColor": "#00ff00", "showWatermark": False}
    patched = cli.patch(path, json={"settings": settings})
    assert patched.status_code == 200
    assert patched.json() == cli.get(path).json() == project | {"settings": settings}
    gone = cli.delete(path)
    assert (gone.status_code, gone.content) == (204, b"")
    assert project["id"] not in {item["id"] for item in cli.get("/api/v1/projects").json()}
    assert cli.get(path).json()["isActive"] is False


def test_a_project_says_what_its_reader_may_do_there(site: Site, project: dict[str, Any]) -> None:
    narrow = site.ada.mint_token("narrow", scopes=["projects:read", "reports:read"])
    told = site.http(Authorization=f"Bearer {narrow}").get(f"/api/v1/projects/{project['id']}").json()
    assert told == project | {"permissions": ["projects:read", "reports:read", "widget:read"]}


def test_a_deleted_project_is_found_restored_and_purged(cli: httpx.Client, project: dict[str, Any]) -> None:
    path = f"/api/v1/projects/{project['code'].lower()}"
    cli.patch(path, json={"isActive": False})
    listed = cli.get("/api/v1/projects", params={"is_active": "false"}).json()
    assert [item["isActive"] for item in listed if item["id"] == project["id"]] == [False]
    refused = cli.patch(path, json={"name": "Other"})
    assert (refused.status_code, refused.json()["code"]) == (409, "project_deleted")
    assert cli.post(f"{path}/restore").json() == project
    assert cli.delete(f"{path}?permanent=true").status_code == 204
    assert cli.get(f"/api/v1/projects/{project['id']}").status_code == 404


def test_if_match_keeps_two_editors_apart(cli: httpx.Client, project: dict[str, Any]) -> None:
    path = f"/api/v1/projects/{project['id']}"
    seen = {"If-Match": cli.get(path).headers["etag"]}
    first = cli.patch(path, json={"name": "First"}, headers=seen)
    assert (first.status_code, first.headers["etag"]) == (200, cli.get(path).headers["etag"])
    late = cli.patch(path, json={"name": "Second"}, headers=seen)
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    assert cli.patch(path, json={"name": "Second"}, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": None}, "name"),
        ({"settings": []}, "settings"),
        ({"settings": {"x": "y" * 11_000}}, "settings"),
        ({"is_active": "yes"}, "is_active"),
        ({"name": "x" * 50_000}, "name"),
        ({"code": "other"}, "code"),
    ],
)
def test_a_wrong_change_is_told_by_field(
    cli: httpx.Client, project: dict[str, Any], body: dict[str, Any], field: str
) -> None:
    answer = cli.patch(f"/api/v1/projects/{project['id']}", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_the_widget_reads_its_configuration_from_any_page(
    site: Site, cli: httpx.Client, project: dict[str, Any]
) -> None:
    """B4.2, B6: these paths win over `/projects/{project_id}`."""
    page = site.http(**{"X-API-Key": project["apiKey"], "Origin": "https://any.example"})
    cli.patch(f"/api/v1/projects/{project['id']}", json={"settings": {"modalTitle": "Hello"}})
    answer = page.get("/api/v1/projects/widget-config")
    assert answer.json() == {
        "primaryColor": "#e94560",
        "showWatermark": True,
        "enableScreenshot": True,
        "enableSessionRecording": True,
        "modalTitle": "Hello",
        "buttonText": None,
        "logoUrl": None,
        "theme": None,
        "accent": None,
        "locale": None,
        "keepOriginal": False,
        "ownerPlan": "self-hosted",
    }
    quota = page.get("/api/v1/projects/console-log-quota")
    assert quota.json() == {"allowed": True, "remaining": None, "limit": None}
    assert (
        answer.headers["access-control-allow-origin"] == quota.headers["access-control-allow-origin"] == "*"
    )
    assert "ratelimit-limit" in answer.headers


@pytest.mark.parametrize("name", ["widget-config", "console-log-quota"])
def test_what_the_widget_reads_is_preflighted_and_refuses_readably(
    site: Site, cli: httpx.Client, project: dict[str, Any], name: str
) -> None:
    asked = {
        "Origin": "https://any.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "x-api-key",
    }
    preflight = site.http().options(f"/api/v1/projects/{name}", headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, "*")
    assert "X-API-Key" in preflight.headers["access-control-allow-headers"]
    cli.delete(f"/api/v1/projects/{project['id']}")
    for headers in ({}, {"X-API-Key": "bsk_pub_nothing"}, {"X-API-Key": project["apiKey"]}):
        answer = site.http(**headers).get(f"/api/v1/projects/{name}")
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (401, "*")


def test_what_the_widget_reads_spends_nothing_of_a_keys_reports(
    site: Site, cli: httpx.Client, project: dict[str, Any]
) -> None:
    made = cli.post(f"/api/v1/projects/{project['id']}/keys", json={"label": "Site", "daily_quota": 1})
    page = site.http(**{"X-API-Key": made.json()["key"]})
    for _ in range(3):
        assert page.get("/api/v1/projects/widget-config").status_code == 200
    report = {"title": "It broke", "severity": "low", "category": "bug"}
    assert page.post("/api/v1/reports", json=report).status_code == 201
    assert page.post("/api/v1/reports", json=report).status_code == 429
