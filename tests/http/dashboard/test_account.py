"""The frame of the account's pages, and what its first one does: the address and the password."""

import pytest

from tests.http.conftest import Site
from tests.http.dashboard.people import Visitor, newcomer, secret_in
from tests.http.dashboard.test_forms import field_errors
from tests.mailed import token_of
from tests.server import PASSWORD

NEW = "another password that is long"
PAGES = [
    "/account",
    "/account/events",
    "/account/factors",
    "/account/sessions",
    "/account/tokens",
    "/reauth",
]
FORMS = [
    "/account/email",
    "/account/password",
    "/account/resend-verification",
    "/account/factors/add-passkey",
    "/account/factors/begin-app",
    "/account/factors/confirm-app",
    "/account/factors/passkey-options",
    "/account/factors/recovery-codes",
    "/account/factors/remove-app",
    "/account/factors/remove-passkey",
    "/account/sessions/end",
    "/account/sessions/end-others",
    "/account/tokens/create",
    "/account/tokens/revoke",
    "/account/tokens/rotate",
    "/account/unlink-identity",
    "/reauth",
    "/reauth/options",
]
OPEN_FORMS = [
    "/forgot-password",
    "/invitations/register",
    "/login/mfa",
    "/login/mfa/options",
    "/login/passkey",
    "/login/passkey/options",
    "/reset-password",
    "/undo-email",
    "/verify-email",
]


@pytest.fixture
def grace(site: Site) -> Visitor:
    return newcomer(site)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_wants_a_session_and_leads_back(site: Site, path: str) -> None:
    answer = site.http().get(f"{path}?done=x")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}%3Fdone%3Dx")
    assert site.with_token().get(path).status_code == 303


@pytest.mark.parametrize("path", FORMS)
def test_a_form_wants_a_session(site: Site, path: str) -> None:
    for http in (site.http(), site.with_token(), site.with_key()):
        assert http.post(path, data={}).headers["location"] == "/login"


@pytest.mark.parametrize("path", [*FORMS, *OPEN_FORMS, "/confirm-email", "/invitations/accept"])
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_no_form_is_taken_from_another_site(site: Site, path: str, headers: dict[str, str]) -> None:
    """D1"""
    answer = site.ada.http.post(path, data={"x": "y"}, headers=headers)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", [*FORMS, *OPEN_FORMS])
def test_what_a_form_does_opening_its_address_does_not(site: Site, path: str) -> None:
    """K-4"""
    before = site.ada.http.get("/account").text

    assert site.ada.http.get(path).status_code in {200, 303, 400, 405}
    assert site.ada.http.get("/account").text == before


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_loads_a_script_allows_no_other(site: Site, path: str) -> None:
    """K-5"""
    answer = site.ada.http.get(path)
    policy = answer.headers["content-security-policy"]

    assert "unsafe" not in policy
    assert ("script-src 'self'" in policy) is ("<script" in answer.text)
    assert answer.headers["cache-control"] == "no-store"


def test_the_frame_leads_to_the_account_on_lost_paths_too(site: Site) -> None:
    for path in ("/projects", "/nothing/here", "/static/nothing.css"):
        assert 'href="/account"' in site.ada.http.get(path).text
    assert 'href="/login"' in site.http(Cookie="bugspark_access_token=x").get("/nothing/here").text


def test_a_new_password_ends_the_other_sessions_and_tokens_if_asked(site: Site, grace: Visitor) -> None:
    """C-9"""
    other = site.http()
    grace.log_in(other)
    minted = grace.http.post("/account/tokens/create", data={"name": "x", "rights": "all"}).text
    bearer = site.with_token(secret_in(minted))
    form = {"current": PASSWORD, "new_password": NEW, "revoke_tokens": "yes"}
    answer = grace.http.post("/account/password", data=form)

    assert answer.headers["location"] == "/account?done=password"
    assert "Your password is set." in grace.http.get("/account?done=password").text
    assert other.get("/account").status_code == 303
    assert bearer.get("/api/v1/auth/me").status_code == 401


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"current": "wrong", "new_password": NEW}, 400, "The current password is wrong."),
        ({"current": PASSWORD, "new_password": "password"}, 422, "New password is too"),
        ({}, 422, "New password"),
    ],
)
def test_a_refused_password_says_why_at_its_field(
    grace: Visitor, form: dict[str, str], status: int, sentence: str
) -> None:
    answer = grace.http.post("/account/password", data=form)

    assert answer.status_code == status
    assert any(sentence in error for error in field_errors(answer.text))
    assert NEW not in answer.text


@pytest.mark.parametrize("email", ["", "nobody", "a\0b@example.com", "x" * 300 + "@example.com"])
def test_a_bad_address_is_422_at_its_field(grace: Visitor, email: str) -> None:
    answer = grace.http.post("/account/email", data={"email": email})

    assert (answer.status_code, len(field_errors(answer.text))) == (422, 1)


def test_the_mail_that_verifies_is_sent_again(site: Site, grace: Visitor) -> None:
    first = grace.link("/verify-email")
    answer = grace.http.post("/account/resend-verification")

    assert answer.headers["location"] == "/account?done=verification-sent"
    assert token_of(site.server, "/verify-email", grace.email, but=first)


def test_an_unknown_word_about_what_was_done_says_nothing(grace: Visitor) -> None:
    answer = grace.http.get("/account?done=%3Cscript%3E")

    assert answer.status_code == 200
    assert "script" not in answer.text
