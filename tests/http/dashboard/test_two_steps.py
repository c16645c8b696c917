"""Logging in with a second factor, without a script."""

import base64
import json
from typing import Any

import pytest

from lacewing.http.arrival import HALF_LOGIN_COOKIE
from tests.authenticator import Authenticator
from tests.http.conftest import Site
from tests.http.dashboard.people import Visitor, hidden, newcomer
from tests.http.dashboard.test_forms import field_errors, notice
from tests.server import PASSWORD


@pytest.fixture
def bob(site: Site) -> Visitor:
    """With an authenticator app."""
    bob = newcomer(site)
    assert len(bob.add_app()) == 10
    return bob


def test_a_password_alone_opens_the_second_step_and_no_session(site: Site, bob: Visitor) -> None:
    """P-8"""
    http = site.http()
    answer = bob.log_in(http, next="/account")

    assert answer.status_code == 200
    assert "<h1>One more step</h1>" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "location" not in answer.headers
    assert not http.cookies
    assert hidden(answer.text, "next") == "/account"


def test_the_right_code_leads_to_the_page_that_was_asked_for(site: Site, bob: Visitor) -> None:
    http = site.http()
    token = hidden(bob.log_in(http).text, "mfa_token")
    form = {"mfa_token": token, "code": bob.code(), "next": "/account"}
    answer = http.post("/login/mfa", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert bob.email in http.get("/account").text
    assert http.post("/login/mfa", data=form).status_code == 401


def test_a_wrong_code_is_401_at_its_field_and_the_way_onward_is_kept(site: Site, bob: Visitor) -> None:
    http = site.http()
    token = hidden(bob.log_in(http).text, "mfa_token")
    answer = http.post("/login/mfa", data={"mfa_token": token, "code": "000000", "next": "/account"})

    assert answer.status_code == 401
    assert field_errors(answer.text) == ["This is not the right code, or it was used before."]
    assert (hidden(answer.text, "mfa_token"), hidden(answer.text, "next")) == (token, "/account")
    assert not http.cookies


def test_a_recovery_code_stands_in_once(site: Site) -> None:
    """P-6"""
    bob = newcomer(site)
    code = bob.add_app()[0]
    answers = []
    for _ in range(2):
        http = site.http()
        token = hidden(bob.log_in(http).text, "mfa_token")
        answers.append(http.post("/login/mfa", data={"mfa_token": token, "recovery_code": code}))

    assert [answer.status_code for answer in answers] == [303, 401]


@pytest.mark.parametrize("token", ["", "x", "é", "a\0b"])
def test_a_second_step_without_a_first_begins_again(site: Site, token: str) -> None:
    form = {"mfa_token": token, "code": "123456", "next": "/account"}
    answer = site.http().post("/login/mfa", data=form)

    assert answer.status_code == 401
    assert "<h1>Log in</h1>" in answer.text
    assert notice(answer.text) == ["This login has expired. Begin again with your password."]
    assert hidden(answer.text, "next") == "/account"


@pytest.mark.parametrize("wrong", [{}, {"assertion": "no JSON"}, {"code": "1", "recovery_code": "2"}])
def test_a_step_that_shows_nothing_or_too_much_is_422(
    site: Site, bob: Visitor, wrong: dict[str, str]
) -> None:
    http = site.http()
    token = hidden(bob.log_in(http).text, "mfa_token")

    assert http.post("/login/mfa", data={"mfa_token": token, **wrong}).status_code == 422


def test_after_five_wrong_codes_the_login_has_expired(site: Site, bob: Visitor) -> None:
    http = site.http()
    token = hidden(bob.log_in(http).text, "mfa_token")
    for _ in range(5):
        http.post("/login/mfa", data={"mfa_token": token, "code": "000000"})

    assert http.post("/login/mfa", data={"mfa_token": token, "code": bob.code()}).status_code == 401


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_neither_step_leads_to_another_site(site: Site, bob: Visitor, after: str) -> None:
    http = site.http()
    page = bob.log_in(http, next=after).text
    assert hidden(page, "next") == "/"

    form = {"mfa_token": hidden(page, "mfa_token"), "code": bob.code(), "next": after}
    assert http.post("/login/mfa", data=form).headers["location"] == "/"


def test_a_login_that_began_elsewhere_goes_on_here(site: Site, bob: Visitor) -> None:
    """F-8: its token came in a cookie, and the cookie goes with the session's coming."""
    body = {"email": bob.email, "password": PASSWORD}
    token = site.http().post("/api/v1/auth/login", json=body).json()["mfaToken"]
    http = site.http(Cookie=f"{HALF_LOGIN_COOKIE}={token}")
    page = http.get("/login/mfa?next=/account").text
    form = {"mfa_token": hidden(page, "mfa_token"), "code": bob.code(), "next": hidden(page, "next")}
    answer = http.post("/login/mfa", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert any(
        line.startswith(f"{HALF_LOGIN_COOKIE}=;") and "Max-Age=0" in line
        for line in answer.headers.get_list("set-cookie")
    )


def test_opening_the_second_step_leads_to_the_first(site: Site) -> None:
    answer = site.http().get("/login/mfa?next=/account")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/account")


def test_a_passkey_is_the_way_in_by_forms(site: Site) -> None:
    """P-7: what the script does, without it."""
    pia, key = newcomer(site), authenticator(site)
    add_passkey(pia, key)
    http = site.http()
    options = http.post("/login/passkey/options").json()
    form = {"assertion": as_json(key.get(options["challenge"])), "next": "/account"}
    answer = http.post("/login/passkey", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert http.post("/login/passkey", data=form).status_code == 401


def test_a_passkey_is_the_second_step_by_forms(site: Site) -> None:
    pia, key = newcomer(site), authenticator(site)
    add_passkey(pia, key)
    http = site.http()
    token = hidden(pia.log_in(http).text, "mfa_token")
    options = http.post("/login/mfa/options", data={"mfa_token": token}).json()
    form = {"mfa_token": token, "assertion": as_json(key.get(options["challenge"]))}

    assert len(options["allowCredentials"]) == 1
    assert http.post("/login/mfa", data=form).status_code == 303


@pytest.mark.parametrize("assertion", ["", "{}", "no JSON", "[" * 5000, '{"id": "x"}'])
def test_what_is_no_assertion_is_422_on_the_login_page(site: Site, assertion: str) -> None:
    answer = site.http().post("/login/passkey", data={"assertion": assertion, "next": "/account"})

    assert answer.status_code == 422
    assert notice(answer.text)
    assert hidden(answer.text, "next") == "/account"


def authenticator(site: Site) -> Authenticator:
    return Authenticator(origin=f"http://localhost:{site.server.port}")


def add_passkey(pia: Visitor, key: Authenticator) -> None:
    options = pia.http.post("/account/factors/passkey-options").json()
    credential = key.create(options["challenge"], unpadded(options["user"]["id"]))
    form = {"name": "Laptop", "credential": as_json(credential)}
    assert "recovery codes" in pia.http.post("/account/factors/add-passkey", data=form).text


def as_json(credential: dict[str, Any]) -> str:
    return json.dumps(credential)


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")
