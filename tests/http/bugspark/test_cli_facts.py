"""What the original CLI takes for granted of every answer (B1, "CLI client facts")."""

import pytest

from lacewing.http.bugspark import BUGSPARK
from lacewing.http.endpoint import Endpoint
from tests.http.conftest import Site

CLI = {"Content-Type": "application/json", "User-Agent": "node"}
REFUSED = [
    ("GET", "/projects/NOPE1", None),
    ("GET", "/projects/~", None),
    ("GET", "/reports?status=broken&page=0", None),
    ("POST", "/auth/cli/login", {"email": "ada@example.com", "password": "not the password"}),
    ("POST", "/auth/cli/register", {"name": "", "email": "no address", "password": "x"}),
    ("POST", "/reports", {"title": None}),
    ("PATCH", "/auth/me", {"name": "Somebody"}),
    ("DELETE", "/auth/tokens/00000000-0000-4000-8000-000000000000", None),
    ("GET", "/nowhere", None),
]


@pytest.mark.parametrize("language", ["*", "zh-HK,zh;q=0.9", "fr"])
def test_an_error_is_one_english_sentence_in_any_language(site: Site, language: str) -> None:
    http = site.with_token()
    for method, path, body in REFUSED:
        headers = {**CLI, "Accept-Language": language}
        refused = http.request(method, f"/api/v1{path}", headers=headers, json=body)
        detail = refused.json()["detail"]

        assert refused.status_code >= 400
        assert isinstance(detail, str)
        assert detail.isascii()
        assert detail.endswith(".")
        assert isinstance(refused.json()["code"], str)


@pytest.mark.parametrize("endpoint", BUGSPARK.endpoints, ids=lambda each: f"{each.method} {each.path}")
def test_a_success_has_a_body_unless_it_is_204(endpoint: Endpoint) -> None:
    is_redirect = 300 <= endpoint.status < 400
    has_body = endpoint.answer is not None or bool(endpoint.media_types)

    assert is_redirect or has_body == (endpoint.status != 204)


def test_a_request_without_a_body_may_say_that_it_is_json(site: Site) -> None:
    http = site.with_token()
    token_id = site.ada.http.post("/api/v1/auth/tokens", json={"name": "soon gone"}).json()["id"]

    assert http.get("/api/v1/auth/me", headers=CLI).status_code == 200
    assert http.delete(f"/api/v1/auth/tokens/{token_id}", headers=CLI).status_code == 204
