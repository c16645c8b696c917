"""What a login tells, and what it does not (L-2, L-5, P-1, K-2)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from lacewing.accounts import Profile
from lacewing.credentials import SessionSecrets, SignedIn
from lacewing.http.arrival import Headers
from lacewing.http.sign_in_cookies import device_in, expired_cookies, sign_in_cookies
from lacewing.settings import Settings
from tests.http.conftest import Site
from tests.server import PASSWORD

HTTPS = Settings(public_url="https://bugs.example.org")
YEAR_SECONDS = 365 * 24 * 3600


def log_in(http: httpx.Client, email: str, password: str = PASSWORD) -> httpx.Response:
    return http.post("/api/v1/auth/login", json={"email": email, "password": password})


def face(answer: httpx.Response) -> tuple[object, ...]:
    """All that a caller gets, in order, but for the request's id, the time, and what its address has left."""
    changing = {"x-request-id", "date", "ratelimit-remaining", "ratelimit-reset"}
    headers = [(name, value) for name, value in answer.headers.multi_items() if name not in changing]
    body = answer.text.replace(answer.headers["x-request-id"], "")
    return answer.status_code, body, headers


@pytest.mark.parametrize("with_device", [False, True])
def test_a_wrong_password_is_answered_as_an_unknown_account_is(site: Site, with_device: bool) -> None:
    """L-2, L-5: status, body and headers."""
    http = site.http()
    if with_device:
        assert log_in(http, site.ada.email).status_code == 200
    known, unknown = (log_in(http, email, "wrong") for email in (site.ada.email, "nobody@example.com"))

    assert known.status_code == 401
    assert face(known) == face(unknown)


def test_a_wrong_password_on_the_page_is_answered_as_an_unknown_account_is(site: Site) -> None:
    known, unknown = (
        site.http().post("/login", data={"email": email, "password": "wrong"})
        for email in (site.ada.email, "nobody@example.com")
    )

    assert known.status_code == 401
    assert face(known)[0] == face(unknown)[0]
    assert known.text.replace(site.ada.email, "") == unknown.text.replace("nobody@example.com", "")


def set_cookies(answer: httpx.Response) -> dict[str, str]:
    return {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}


def test_a_browser_is_given_its_device_once_and_keeps_it_after_logging_out(site: Site) -> None:
    """P-1, K-2."""
    http = site.http()
    first = set_cookies(log_in(http, site.ada.email))["lacewing_device"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={YEAR_SECONDS}"} <= set(first.split("; "))

    logged_out = http.post("/api/v1/auth/logout")
    assert "lacewing_device" not in set_cookies(logged_out)
    assert "cookies" not in logged_out.headers["clear-site-data"]
    again = log_in(http, site.ada.email)

    assert again.status_code == 200
    assert "lacewing_device" not in set_cookies(again)
    assert http.cookies["lacewing_device"] in first


def test_the_page_gives_the_same_device(site: Site) -> None:
    http = site.http()
    answer = http.post("/login", data={"email": site.ada.email, "password": PASSWORD})
    assert "lacewing_device" in set_cookies(answer)

    assert "lacewing_device" not in set_cookies(log_in(http, site.ada.email))


def test_a_failure_sets_no_cookie(site: Site) -> None:
    assert set_cookies(log_in(site.http(), site.ada.email, "wrong")) == {}


def test_a_device_opens_nothing(site: Site) -> None:
    http = site.http()
    device = log_in(http, site.ada.email).cookies["lacewing_device"]
    for headers in (
        {"Cookie": f"lacewing_device={device}"},
        {"Cookie": f"bugspark_access_token={device}; bugspark_refresh_token={device}"},
        {"Authorization": f"Bearer {device}"},
    ):
        assert site.http(**headers).get("/api/v1/auth/me").status_code == 401
        assert site.http(**headers).post("/api/v1/auth/refresh").status_code == 401


def test_over_https_the_cookie_is_secure_and_only_the_prefixed_name_is_read() -> None:
    """D4."""
    now = datetime.now(UTC) + timedelta(days=1)
    profile = Profile(
        uuid4(),
        "Ada",
        "ada@example.com",
        is_active=True,
        is_email_verified=False,
        is_instance_admin=False,
        has_password=True,
        has_mfa=False,
        needs_mfa=False,
        has_google_linked=False,
        created_at=now,
    )
    signed_in = SignedIn(profile, SessionSecrets("a", "r", now, now), "d")
    cookies = [value for _, value in sign_in_cookies(HTTPS, signed_in)]

    assert cookies[-1].startswith("__Host-lacewing_device=d; HttpOnly; SameSite=Lax; Path=/;")
    assert cookies[-1].endswith("; Secure")
    assert not any("device" in value for _, value in expired_cookies(HTTPS))
    assert device_in(Headers([(b"cookie", b"lacewing_device=bare")]), HTTPS) is None
    assert device_in(Headers([(b"cookie", b"__Host-lacewing_device=d")]), HTTPS) == "d"
