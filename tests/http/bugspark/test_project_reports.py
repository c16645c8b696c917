"""Reports that people write themselves (contract A5)."""

import httpx
import pytest

from tests.http.conftest import Site

BODY = {"title": "Seen by myself", "severity": "high", "category": "ui"}


def test_a_session_and_a_token_may_and_a_pages_key_may_not(site: Site) -> None:
    path = f"/api/v1/projects/{site.project.id}/reports"
    for http in (site.ada.http, site.with_token(), site.with_token(site.project_token)):
        made = http.post(path, json=BODY)
        assert made.status_code == 201
        assert made.json()["projectId"] == site.project.id
    assert site.with_key().post(path, json=BODY).status_code == 401


def test_it_knows_no_honeypot_and_no_duplicates(site: Site) -> None:
    body = {**BODY, "hpField": "filled", "project_id": "00000000-0000-4000-8000-000000000000"}
    first, second = (site.ada.http.post("/api/v1/projects/bsk/reports", json=body) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]
    assert site.ada.http.get(f"/api/v1/reports/{first.json()['id']}").status_code == 200


@pytest.mark.parametrize("missing", ["title", "severity", "category"])
def test_what_is_missing_is_named(site: Site, missing: str) -> None:
    body = {name: value for name, value in BODY.items() if name != missing}
    refused: httpx.Response = site.ada.http.post(f"/api/v1/projects/{site.project.id}/reports", json=body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == missing
