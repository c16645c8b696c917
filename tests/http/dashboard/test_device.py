"""The page where a person decides about a device (V-2)."""

import httpx
import pytest

from tests.http.conftest import Site
from tests.http.dashboard.test_forms import field_errors
from tests.server import PASSWORD

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def ada(site: Site) -> httpx.Client:
    http = site.http()
    http.post("/login", data={"email": site.ada.email, "password": PASSWORD})
    return http


def begin(site: Site, **body: object) -> dict[str, str]:
    found: dict[str, str] = site.http().post("/api/v1/auth/device/code", json=body).json()
    return found


def poll(site: Site, codes: dict[str, str]) -> httpx.Response:
    body = {"device_code": codes["device_code"]}
    return site.http().post("/api/v1/auth/device/token", json=body)


def test_the_page_shows_what_asks_and_decides_nothing_itself(site: Site, ada: httpx.Client) -> None:
    """V-2, K-4"""
    wish = {"client_name": HOSTILE, "host": "ada-laptop", "scopes": ["stats:read", "reports:read"]}
    codes = begin(site, **wish)
    answer = ada.get("/device", params={"code": codes["user_code"].lower()})

    assert answer.status_code == 200
    for shown in (codes["user_code"], "ada-laptop", "127.0.0.1", "just now", "reports:read, stats:read"):
        assert shown in answer.text
    assert HOSTILE not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert poll(site, codes).json()["code"] == "authorization_pending"


@pytest.mark.parametrize(
    ("decision", "heading", "status"),
    [("approve", "Device approved", 200), ("deny", "Device denied", 400)],
)
def test_a_decision_is_told_to_both(
    site: Site, ada: httpx.Client, decision: str, heading: str, status: int
) -> None:
    codes = begin(site)
    answer = ada.post("/device", data={"code": codes["user_code"], "decision": decision})

    assert answer.status_code == 200
    assert f"<h1>{heading}</h1>" in answer.text
    assert poll(site, codes).status_code == status


def test_without_a_decision_the_request_is_shown_again(site: Site, ada: httpx.Client) -> None:
    codes = begin(site)
    answer = ada.post("/device", data={"code": codes["user_code"], "decision": "perhaps"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/device?code={codes['user_code']}")
    assert poll(site, codes).json()["code"] == "authorization_pending"


@pytest.mark.parametrize("code", ["nope", "BBBB-BBBB", HOSTILE, "a\0b"])
def test_a_wrong_code_is_told_beside_its_field_and_kept(ada: httpx.Client, code: str) -> None:
    shown = ada.get("/device", params={"code": code})
    posted = ada.post("/device", data={"code": code, "decision": "approve"})

    for answer in (shown, posted):
        assert answer.status_code == 400
        assert field_errors(answer.text) == ["No device waits under this code. Codes end after 10 minutes."]
        assert HOSTILE not in answer.text
        assert 'name="code"' in answer.text


def test_without_a_code_there_is_a_field_for_it(ada: httpx.Client) -> None:
    answer = ada.get("/device")

    assert answer.status_code == 200
    assert 'name="code"' in answer.text
    assert "approve" not in answer.text.lower().replace("approved", "")


def test_who_is_not_logged_in_logs_in_on_the_way(site: Site) -> None:
    visitor = site.http()
    asked = visitor.get("/device?code=BCDF-GHJK")
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=/device%3Fcode%3DBCDF-GHJK")

    form = {"email": site.ada.email, "password": PASSWORD, "next": "/device?code=BCDF-GHJK"}
    assert visitor.post("/login", data=form).headers["location"] == "/device?code=BCDF-GHJK"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_no_other_site_approves(site: Site, ada: httpx.Client, headers: dict[str, str]) -> None:
    """D1"""
    codes = begin(site)
    form = {"code": codes["user_code"], "decision": "approve"}

    assert ada.post("/device", data=form, headers=headers).status_code == 403
    assert poll(site, codes).json()["code"] == "authorization_pending"


def test_a_token_opens_no_page(site: Site) -> None:
    assert site.with_token().get("/device").status_code == 303
