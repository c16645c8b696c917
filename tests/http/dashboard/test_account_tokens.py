"""Tokens by forms alone."""

import secrets

import pytest

from tests.http.conftest import Site
from tests.http.dashboard.people import Visitor, hidden, newcomer, secret_in
from tests.http.dashboard.test_forms import field_errors


@pytest.fixture
def grace(site: Site) -> Visitor:
    return newcomer(site)


@pytest.mark.parametrize(
    ("rights", "scope", "label"),
    [("read-only", "reports:read", "read-only"), ("ci", "reports:create", "CI"), ("all", None, "all")],
)
def test_a_token_s_secret_is_shown_once(
    site: Site, grace: Visitor, rights: str, scope: str | None, label: str
) -> None:
    """F-7, S-5, D5"""
    name = secrets.token_hex(4)
    form = {"name": name, "rights": rights, "expires_in_days": "90"}
    answer = grace.http.post("/account/tokens/create", data=form)
    secret = secret_in(answer.text)
    page = grace.http.get("/account/tokens").text
    item = site.with_token(secret).get("/api/v1/tokens/self").json()

    assert answer.headers["cache-control"] == "no-store"
    assert secret not in page
    assert (name in page, f">{label}<" in page.replace("\n", "")) == (True, True)
    assert scope is None or scope in item["scopes"]


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({"name": " "}, ["Name can&#39;t be blank."]),
        ({"name": "x", "rights": "none"}, ["Rights must be one of read-only, ci, all."]),
        ({"name": "x", "expires_in_days": "soon"}, ["Expiry must be a number of days."]),
        ({"name": "x", "expires_in_days": "0"}, ["Expiry must be from 1 to 3650."]),
        ({"name": "x", "expires_in_days": "-1"}, ["Expiry must be a number of days."]),
        ({"name": "x", "expires_in_days": "9999"}, ["Expiry must be from 1 to 3650."]),
        ({"name": "x", "expires_in_days": "²"}, ["Expiry must be a number of days."]),
    ],
)
def test_a_refused_token_says_why_at_its_field(
    grace: Visitor, form: dict[str, str], errors: list[str]
) -> None:
    answer = grace.http.post("/account/tokens/create", data=form)

    assert (answer.status_code, field_errors(answer.text)) == (422, errors)


def test_ninety_days_and_read_only_are_proposed(grace: Visitor) -> None:
    """D5"""
    page = grace.http.get("/account/tokens").text

    assert '<option value="90" selected>' in page
    assert 'value="read-only" checked' in page


def test_a_token_is_rotated_and_revoked(site: Site, grace: Visitor) -> None:
    """C-1, C-3"""
    form = {"name": "Nightly", "rights": "all"}
    first = secret_in(grace.http.post("/account/tokens/create", data=form).text)
    token_id = hidden(grace.http.get("/account/tokens").text, "token_id")
    second = secret_in(grace.http.post("/account/tokens/rotate", data={"token_id": token_id}).text)
    assert site.with_token(first).get("/api/v1/auth/me").status_code == 401
    assert site.with_token(second).get("/api/v1/auth/me").status_code == 200

    token_id = hidden(grace.http.get("/account/tokens").text, "token_id")
    answer = grace.http.post("/account/tokens/revoke", data={"token_id": token_id})
    assert answer.headers["location"] == "/account/tokens?done=revoked"
    assert site.with_token(second).get("/api/v1/auth/me").status_code == 401


@pytest.mark.parametrize("path", ["/account/tokens/rotate", "/account/tokens/revoke"])
def test_nobody_has_a_hand_in_the_token_of_another(site: Site, grace: Visitor, path: str) -> None:
    grace.http.post("/account/tokens/create", data={"name": "x", "rights": "all"})
    token_id = hidden(grace.http.get("/account/tokens").text, "token_id")

    assert newcomer(site).http.post(path, data={"token_id": token_id}).status_code == 404
    assert newcomer(site).http.post(path, data={"token_id": "x"}).status_code == 422
