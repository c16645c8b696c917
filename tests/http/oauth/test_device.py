"""The standard form of device login: RFC 8628 over RFC 6749's token endpoint, found by RFC 8414."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.http.conftest import Site
from tests.server import PASSWORD

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"
CLIENT = "Lacewing CLI"


@pytest.fixture
def device(site: Site) -> httpx.Client:
    return site.http()


def begin(device: httpx.Client, **form: str) -> dict[str, str]:
    answer = device.post("/oauth/device_authorization", data={"client_id": CLIENT, **form})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, str] = answer.json()
    return found


def poll(device: httpx.Client, device_code: str, **changed: str) -> httpx.Response:
    form = {"grant_type": GRANT_TYPE, "device_code": device_code, "client_id": CLIENT, **changed}
    return device.post("/oauth/token", data=form)


def decide(site: Site, decision: str, user_code: str) -> None:
    browser = site.http()
    browser.post("/api/v1/auth/login", json={"email": site.ada.email, "password": PASSWORD})
    answer = browser.post(f"/api/v1/auth/device/{decision}", json={"user_code": user_code})
    assert answer.status_code == 200


def test_the_metadata_lead_to_the_token(site: Site, device: httpx.Client) -> None:
    metadata = device.get("/.well-known/oauth-authorization-server").json()
    assert metadata["grant_types_supported"] == [GRANT_TYPE]
    assert metadata["token_endpoint_auth_methods_supported"] == ["none"]
    paths = [urlsplit(metadata[name]).path for name in ("device_authorization_endpoint", "token_endpoint")]
    assert metadata["token_endpoint"].startswith(metadata["issuer"])

    codes = device.post(paths[0], data={"client_id": CLIENT, "host": "laptop"}).json()
    assert set(codes) == {
        "device_code",
        "user_code",
        "verification_uri",
        "verification_uri_complete",
        "expires_in",
        "interval",
    }
    page = urlsplit(codes["verification_uri_complete"])
    assert codes["verification_uri"] == f"{metadata['issuer']}/device"
    assert parse_qs(page.query) == {"code": [codes["user_code"]]}

    decide(site, "approve", codes["user_code"])
    form = {"grant_type": GRANT_TYPE, "device_code": codes["device_code"], "client_id": CLIENT}
    given = device.post(paths[1], data=form)
    assert given.status_code == 200
    assert given.headers["cache-control"] == "no-store"
    assert set(given.json()) == {"access_token", "token_type", "expires_in"}
    assert (given.json()["token_type"], given.json()["expires_in"]) == ("Bearer", 90 * 86400)
    own = site.with_token(given.json()["access_token"]).get("/api/v1/tokens/self").json()
    assert own["name"] == "Lacewing CLI on laptop"


def test_a_scoped_token_tells_its_scopes(site: Site, device: httpx.Client) -> None:
    codes = begin(device, scope="stats:read reports:read")
    decide(site, "approve", codes["user_code"])
    given = poll(device, codes["device_code"]).json()

    assert given["scope"] == "reports:read stats:read"
    assert site.with_token(given["access_token"]).get("/api/v1/tokens").status_code == 403


def test_errors_are_in_the_words_of_the_rfcs(site: Site, device: httpx.Client) -> None:
    """RFC 6749, section 5.2; RFC 8628, section 3.5."""
    waiting, denied, used = (begin(device) for _ in range(3))
    decide(site, "deny", denied["user_code"])
    decide(site, "approve", used["user_code"])
    assert poll(device, used["device_code"]).status_code == 200
    answers = {
        "authorization_pending": poll(device, waiting["device_code"]),
        "slow_down": poll(device, waiting["device_code"]),
        "access_denied": poll(device, denied["device_code"]),
        "invalid_grant": poll(device, used["device_code"]),
        "unsupported_grant_type": poll(device, "x", grant_type="password"),
        "invalid_request": poll(device, ""),
        "invalid_scope": device.post(
            "/oauth/device_authorization", data={"client_id": CLIENT, "scope": "everything"}
        ),
    }

    for word, answer in answers.items():
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["cache-control"] == "no-store"
        assert set(answer.json()) == {"error", "error_description"}
        assert answer.json()["error"] == word


@pytest.mark.parametrize("client_id", ["", " ", "x" * 101, "a\0b", "tool\u202egpj"])
def test_a_client_without_a_name_to_show_is_refused(device: httpx.Client, client_id: str) -> None:
    answer = device.post("/oauth/device_authorization", data={"client_id": client_id})

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_another_client_can_not_redeem_a_code(site: Site, device: httpx.Client) -> None:
    codes = begin(device)
    decide(site, "approve", codes["user_code"])

    assert poll(device, codes["device_code"], client_id="Other").json()["error"] == "invalid_grant"
    assert poll(device, codes["device_code"]).status_code == 200


def test_unknown_parameters_are_ignored(device: httpx.Client) -> None:
    """RFC 6749, section 3.1."""
    assert begin(device, resource="https://example.com", code_challenge="x")


@pytest.mark.parametrize("path", ["/oauth/device_authorization", "/oauth/token"])
@pytest.mark.parametrize(
    ("request_as", "status"),
    [
        ({"json": {"client_id": CLIENT}}, 415),
        ({"data": {"client_id": "x" * 5000}}, 413),
        ({"data": {"client_id": CLIENT}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ({"data": {"client_id": CLIENT}, "headers": {"Origin": "https://evil.example"}}, 403),
        ({"content": b"a=1&" * 101, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
    ],
)
def test_every_refusal_has_the_one_form(
    device: httpx.Client, path: str, request_as: dict[str, object], status: int
) -> None:
    """D1, E-1, E-3"""
    answer = device.post(path, **request_as)

    assert answer.status_code == status
    assert set(answer.json()) == {"error", "error_description"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/oauth/token", 405), ("GET", "/oauth/authorize", 404), ("POST", "/oauth/revoke", 404)],
)
def test_what_is_not_there_is_told_in_oauths_form_too(
    device: httpx.Client, method: str, path: str, status: int
) -> None:
    """Rule 5: by the dialect that owns the prefix."""
    answer = device.request(method, path)

    assert (answer.status_code, answer.json()["error"]) == (status, "invalid_request")
