"""Device login, as the original command line goes through it (contract A15, B1 rows 6 and 7, B3.6)."""

from typing import Any

import httpx
import pytest

from tests.http.conftest import Site
from tests.server import PASSWORD, Person

API = "/api/v1/auth/device"
# What the original sends with every request, body or not.
ORIGINAL = {"Content-Type": "application/json", "Accept-Language": "*", "User-Agent": "node"}


@pytest.fixture
def cli(site: Site) -> httpx.Client:
    return site.http(**ORIGINAL)


def begin(cli: httpx.Client, **body: object) -> dict[str, Any]:
    answer = cli.post(f"{API}/code", json=body)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def poll(cli: httpx.Client, codes: dict[str, Any]) -> httpx.Response:
    return cli.post(f"{API}/token", json={"device_code": codes["device_code"]})


def decide(person: httpx.Client, decision: str, codes: dict[str, Any]) -> httpx.Response:
    return person.post(f"{API}/{decision}", json={"user_code": codes["user_code"]})


def fresh(site: Site) -> httpx.Client:
    """Ada, who has logged in just now."""
    http = site.http()
    body = {"email": site.ada.email, "password": PASSWORD}
    assert http.post("/api/v1/auth/login", json=body).status_code == 200
    return http


def test_the_originals_whole_sequence(site: Site, cli: httpx.Client) -> None:
    """V-1: code, 401 while it waits, approval in the browser, the token once, and then `whoami`."""
    codes = begin(cli)
    assert set(codes) == {"device_code", "user_code", "verification_url", "expires_in", "interval"}
    assert (len(codes["device_code"]), codes["expires_in"], codes["interval"]) == (43, 600, 5)
    assert codes["verification_url"].endswith(f"/device?code={codes['user_code']}")

    waiting = poll(cli, codes)
    assert (waiting.status_code, waiting.json()["detail"]) == (401, "authorization_pending")
    assert waiting.headers["www-authenticate"] == "Bearer"

    approval = decide(fresh(site), "approve", codes)
    assert (approval.status_code, approval.json()) == (200, {"approved": True})

    given = poll(cli, codes)
    assert given.status_code == 200
    assert given.headers["cache-control"] == "no-store"
    token = given.json()
    assert set(token) == {"access_token", "token_type", "user"}
    assert (token["token_type"], token["access_token"][:8]) == ("bearer", "bsk_pat_")
    assert set(token["user"]) == {"id", "email", "name", "role", "plan"}
    me = site.with_token(token["access_token"]).get("/api/v1/auth/me").json()
    assert token["user"] == {name: me[name] for name in token["user"]}

    assert poll(cli, codes).status_code == 400


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"", {"Content-Type": "application/json"}),
        (b"{}", {"Content-Type": "application/json; charset=utf-8"}),
        (b"", {}),
        (b'{"anything": ["else"]}', {}),
    ],
)
def test_the_body_that_asks_for_a_code_is_ignored(
    site: Site, content: bytes, headers: dict[str, str]
) -> None:
    assert site.http(**headers).post(f"{API}/code", content=content).status_code == 200


def test_polling_too_soon_keeps_the_original_polling(cli: httpx.Client) -> None:
    codes = begin(cli)
    poll(cli, codes)
    told = poll(cli, codes)

    assert (told.status_code, told.json()["code"]) == (401, "slow_down")


def test_a_denied_device_gives_up(site: Site, cli: httpx.Client) -> None:
    codes = begin(cli)
    ada = fresh(site)
    denial = decide(ada, "deny", codes)

    assert (denial.status_code, denial.json()) == (200, {"denied": True})
    assert (poll(cli, codes).status_code, poll(cli, codes).json()["code"]) == (400, "access_denied")
    assert decide(ada, "approve", codes).status_code == 400


@pytest.mark.parametrize("decision", ["approve", "deny"])
def test_only_a_session_decides(site: Site, cli: httpx.Client, decision: str) -> None:
    """V-2"""
    codes = begin(cli)
    statuses = {
        name: decide(client, decision, codes).status_code
        for name, client in {
            "nobody": site.http(),
            "pat": site.with_token(),
            "pk": site.with_token(site.personal),
            "proj": site.with_token(site.project_token),
            "key": site.with_key(),
        }.items()
    }

    assert statuses == {"nobody": 401, "pat": 403, "pk": 403, "proj": 401, "key": 401}
    assert poll(cli, codes).json()["code"] == "authorization_pending"


@pytest.mark.parametrize("user_code", ["BCDF-GHJK", "", "\u0000", "x" * 3000])
def test_a_wrong_user_code_is_400(site: Site, user_code: str) -> None:
    answer = decide(fresh(site), "approve", {"user_code": user_code})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_user_code")


@pytest.mark.parametrize("device_code", ["", "x" * 43, "\u0000", "\udcff"])
def test_an_unknown_device_code_is_400(site: Site, device_code: str) -> None:
    content = f'{{"deviceCode": "{device_code}"}}'.encode("utf-8", "surrogatepass")
    answer = site.http().post(f"{API}/token", content=content)

    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["code", "token", "approve", "deny"])
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_no_page_of_another_site_takes_part(site: Site, path: str, headers: dict[str, str]) -> None:
    """D1"""
    answer = fresh(site).post(f"{API}/{path}", json={}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")


def test_the_links_host_is_the_instances_own(site: Site) -> None:
    """P-5's rule: never from `Host`."""
    codes = begin(site.http(Host="evil.example"))

    assert "evil.example" not in codes["verification_url"]


def test_registering_and_logging_in_yield_tokens_and_no_cookies(site: Site, cli: httpx.Client) -> None:
    """B1 rows 3 and 4."""
    body = {"name": "Cli", "email": f"cli-{site.server.port}@example.com", "password": PASSWORD}
    registered = cli.post("/api/v1/auth/cli/register", json=body)
    logged_in = cli.post("/api/v1/auth/cli/login", json={k: body[k] for k in ("email", "password")})

    assert (registered.status_code, logged_in.status_code) == (201, 200)
    for answer in (registered, logged_in):
        assert set(answer.json()) == {"id", "email", "name", "role", "plan", "token"}
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert site.with_token(answer.json()["token"]).get("/api/v1/auth/me").json()["name"] == "Cli"
    [latest, first] = site.with_token(logged_in.json()["token"]).get("/api/v1/tokens").json()
    assert latest["name"] == first["name"] == "BugSpark CLI on 127.0.0.1"


def test_a_wrong_cli_login_is_the_documented_401(site: Site, cli: httpx.Client) -> None:
    body = {"email": site.ada.email, "password": "wrong"}
    answer = cli.post("/api/v1/auth/cli/login", json=body)

    assert (answer.status_code, answer.json()["detail"]) == (401, "Invalid email or password.")


def test_a_taken_address_is_409(site: Site, cli: httpx.Client) -> None:
    body = {"name": "Ada", "email": site.ada.email, "password": PASSWORD}

    assert cli.post("/api/v1/auth/cli/register", json=body).status_code == 409


@pytest.mark.parametrize("path", ["register/beta", "cli/register/beta"])
def test_there_is_no_waiting_list(cli: httpx.Client, path: str) -> None:
    """Contract A17, A19."""
    assert cli.post(f"/api/v1/auth/{path}", json={}).status_code == 404
    assert cli.get("/api/v1/auth/beta-mode").json() == {"betaModeEnabled": False}


def test_another_persons_session_may_approve_and_the_token_is_theirs(site: Site, cli: httpx.Client) -> None:
    codes = begin(cli)
    with Person(site.server.url, f"Approver{codes['user_code']}") as person:
        decide(person.http, "approve", codes)
        assert poll(cli, codes).json()["user"]["email"] == person.email
