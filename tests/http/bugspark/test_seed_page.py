"""The examples of BugSpark's authentication page, to the letter."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count

import httpx
import pytest

from tests.http.conftest import Site

_NUMBERS = count(1)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REPORT = {"title": "Button broken", "description": "...", "severity": "high", "category": "bug"}


@pytest.fixture
def jane(site: Site) -> httpx.Client:
    """Registered with the page's own example."""
    client = site.http()
    email = f"jane{next(_NUMBERS)}@example.com"
    answer = client.post(
        "/api/v1/auth/register",
        json={"name": "Jane Doe", "email": email, "password": "securepassword123"},
    )
    assert answer.status_code == 201
    client.headers["X-Test-Email"] = email
    return client


def _cookies(answer: httpx.Response) -> dict[str, str]:
    return {header.partition("=")[0]: header for header in answer.headers.get_list("set-cookie")}


def test_register_returns_the_user_and_sets_both_cookies(site: Site) -> None:
    email = f"Jane.{next(_NUMBERS)}@example.com"
    body = {"name": "Jane Doe", "email": email, "password": "securepassword123"}
    answer = site.http().post("/api/v1/auth/register", json=body)
    assert answer.status_code == 201
    user = answer.json()
    assert UUID.fullmatch(user["id"])
    assert (user["name"], user["email"], user["isActive"]) == ("Jane Doe", email, True)
    assert "password" not in answer.text.lower().replace("haspassword", "")
    cookies = _cookies(answer)
    assert set(cookies) == {"bugspark_access_token", "bugspark_refresh_token", "lacewing_device"}
    for cookie in cookies.values():
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/;" in cookie
        assert "Domain" not in cookie
        assert "Secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_a_taken_address_is_409_in_any_case(site: Site, jane: httpx.Client) -> None:
    email = jane.headers["X-Test-Email"].upper()
    body = {"name": "Jane Doe", "email": email, "password": "securepassword123"}
    answer = site.http().post("/api/v1/auth/register", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


def test_login_returns_the_user_and_sets_new_cookies(site: Site, jane: httpx.Client) -> None:
    body = {"email": jane.headers["X-Test-Email"].upper(), "password": "securepassword123"}
    answer = site.http().post("/api/v1/auth/login", json=body)
    assert answer.status_code == 200
    assert answer.json()["name"] == "Jane Doe"
    assert set(_cookies(answer)) == {"bugspark_access_token", "bugspark_refresh_token", "lacewing_device"}
    assert answer.cookies["bugspark_access_token"] != jane.cookies["bugspark_access_token"]


@pytest.mark.parametrize("email", ["known", "nobody@example.com", "not an address", ""])
def test_a_wrong_login_is_401_with_the_documented_sentence(
    site: Site, jane: httpx.Client, email: str
) -> None:
    email = jane.headers["X-Test-Email"] if email == "known" else email
    answer = site.http().post("/api/v1/auth/login", json={"email": email, "password": "wrong"})
    assert answer.status_code == 401
    assert answer.json()["detail"] == "Invalid email or password."
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "set-cookie" not in answer.headers


def test_refresh_rotates_both_cookies(jane: httpx.Client) -> None:
    before = dict(jane.cookies)
    answer = jane.post("/api/v1/auth/refresh")
    assert answer.status_code == 200
    assert answer.json()["name"] == "Jane Doe"
    kept = {name for name, value in before.items() if jane.cookies[name] == value}
    assert kept == {"lacewing_device"}
    assert jane.get("/api/v1/auth/me").status_code == 200


def test_refresh_without_a_cookie_is_401(site: Site) -> None:
    assert site.http().post("/api/v1/auth/refresh").status_code == 401


def test_me_is_the_user(jane: httpx.Client) -> None:
    answer = jane.get("/api/v1/auth/me")
    assert answer.status_code == 200
    assert answer.json()["email"] == jane.headers["X-Test-Email"]


def test_logout_ends_the_session_and_clears_its_cookies(site: Site, jane: httpx.Client) -> None:
    stolen = dict(jane.cookies)
    answer = jane.post("/api/v1/auth/logout")
    assert answer.status_code == 200
    assert answer.json() == {"detail": "Logged out"}
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert all("Max-Age=0" in cookie for cookie in _cookies(answer).values())
    cookies = "; ".join(f"{name}={value}" for name, value in stolen.items())
    thief = site.http(Cookie=cookies)
    assert thief.get("/api/v1/auth/me").status_code == 401
    assert thief.post("/api/v1/auth/refresh").status_code == 401
    assert jane.post("/api/v1/auth/logout").status_code == 200


def test_the_pages_curl_line_submits_a_report(site: Site) -> None:
    mine = REPORT | {"title": f"Button {next(_NUMBERS)} broken"}
    answer = site.with_key().post("/api/v1/reports", json=mine)
    assert answer.status_code == 201
    report = answer.json()
    assert mine.items() <= report.items()
    assert re.fullmatch(r"BSK-\d+", report["trackingId"])
    assert report["status"] == "new"
    assert report["projectId"] == site.project.id


def test_a_report_with_a_wrong_key_is_401(site: Site) -> None:
    wrong = site.project.key[:-1] + ("0" if site.project.key[-1] != "0" else "1")
    answer = site.http(**{"X-API-Key": wrong}).post("/api/v1/reports", json=REPORT)
    assert (answer.status_code, answer.json()["detail"]) == (401, "Invalid API key")
    assert site.http().post("/api/v1/reports", json=REPORT).status_code == 401


def test_the_pages_curl_line_lists_projects_with_a_token(site: Site) -> None:
    answer = site.with_token().get("/api/v1/projects")
    assert answer.status_code == 200
    (project,) = [item for item in answer.json() if item["id"] == site.project.id]
    assert project["apiKey"] == site.project.key
    assert {"id", "name", "domain", "apiKey", "createdAt", "settings", "isActive"} <= project.keys()


def test_a_token_is_created_listed_and_revoked_at_once(site: Site, jane: httpx.Client) -> None:
    created = jane.post("/api/v1/tokens", json={"name": "CI Pipeline", "expires_in_days": 90})
    assert created.status_code == 201
    token = created.json()
    assert re.fullmatch(r"bsk_pat_[0-9A-Za-z]{38}", token["token"])
    expires = datetime.fromisoformat(token["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=89, hours=23) < expires <= timedelta(days=90)
    assert created.headers["cache-control"] == "no-store"

    listed = jane.get("/api/v1/tokens")
    assert [item["name"] for item in listed.json()] == ["CI Pipeline"]
    assert token["token"] not in listed.text
    assert listed.json()[0]["prefix"] == token["token"][:16]

    bearer = site.with_token(token["token"])
    assert bearer.get("/api/v1/projects").status_code == 200
    assert jane.delete(f"/api/v1/tokens/{token['id']}").status_code == 204
    refused = bearer.get("/api/v1/projects")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert jane.delete(f"/api/v1/tokens/{token['id']}").status_code == 404


def test_both_paths_of_tokens_answer_in_their_own_spelling(jane: httpx.Client) -> None:
    snake = jane.post("/api/v1/tokens", json={"name": "a", "expiresInDays": 1}).json()
    camel = jane.post("/api/v1/auth/tokens", json={"name": "b", "expires_in_days": 1}).json()
    documented = {"id", "name", "token", "prefix", "scopes", "expires_at", "created_at", "last_used_at"}
    assert snake.keys() == documented | {"last_used_ip", "last_used_client"}
    assert {"tokenPrefix", "lastUsedAt", "expiresAt", "createdAt", "token"} <= camel.keys()
    assert snake["expires_at"]
    assert {item["name"] for item in jane.get("/api/v1/auth/tokens").json()} == {"a", "b"}


def test_a_token_bypasses_the_cross_site_check(site: Site) -> None:
    client = site.with_token()
    answer = client.post("/api/v1/projects", json={"name": "x"}, headers={"Origin": "https://ci.example"})
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "", "expires_in_days": 1}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "x", "expires_in_days": 0}, "expires_in_days"),
        ({"name": "x", "expires_in_days": 3651}, "expires_in_days"),
        ({"name": "x", "expires_in_days": "90"}, "expires_in_days"),
        ({"name": "x", "scopes": ["everything"]}, "scopes"),
        ({"name": "x", "kind": "proj"}, "kind"),
        ({"name": "x", "surprise": 1}, "surprise"),
    ],
)
def test_a_bad_token_request_names_its_field(jane: httpx.Client, body: dict[str, object], field: str) -> None:
    answer = jane.post("/api/v1/tokens", json=body)
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize("path", ["/api/v1/tokens/self", "/api/v1/auth/tokens/self"])
@pytest.mark.parametrize("kind", ["bsk_pat", "pk", "proj"])
def test_a_token_shows_and_ends_itself_whatever_its_scopes(site: Site, path: str, kind: str) -> None:
    """C-2"""
    token = (
        site.ada.mint_project_token(site.project)
        if kind == "proj"
        else site.ada.mint_token(kind=kind, scopes=["stats:read"])
    )
    client = site.with_token(token)
    assert client.get(path).json()["name"] == "tests"
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 401
    assert site.ada.http.get(path).status_code == 401
