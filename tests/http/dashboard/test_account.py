"""A person's own account, by forms alone: address, password, factors, sessions, tokens, proofs."""

import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from tests.http.conftest import QUICK, Site
from tests.http.dashboard.people import Visitor, hidden, newcomer
from tests.http.dashboard.test_forms import field_errors, notice
from tests.mailed import token_of
from tests.server import PASSWORD, Person, Server

NEW = "another password that is long"
NOWHERE = "00000000-0000-4000-8000-000000000000"
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


@pytest.fixture(scope="module")
def stale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Ada's session, whose proof is older than any that counts; it is the database's word, no clock's."""
    with Server(tmp_path_factory.mktemp("stale"), QUICK) as server, Person(server.url) as ada:
        with closing(sqlite3.connect(server.data / "lacewing.db")) as database, database:
            database.execute("UPDATE sessions SET proved_at = proved_at - 3600 * 1000000")
        yield ada.http


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
    for path in ("/", "/nothing/here", "/static/nothing.css"):
        assert 'href="/account"' in site.ada.http.get(path).text
    assert 'href="/login"' in site.http(Cookie="bugspark_access_token=x").get("/nothing/here").text


# What takes a fresh proof (S-7)


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/account/email", "/account"),
        ("/account/password", "/account"),
        ("/account/factors/begin-app", "/account/factors"),
        ("/account/factors/passkey-options", "/account/factors"),
        ("/account/factors/recovery-codes", "/account/factors"),
        ("/account/sessions/end-others", "/account/sessions"),
    ],
)
def test_without_a_fresh_proof_a_form_leads_through_one_to_its_page(
    stale: httpx.Client, path: str, back: str
) -> None:
    form = {"email": "new@example.com", "current": PASSWORD, "new_password": NEW}
    answer = stale.post(path, data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/reauth?next={back}")


def test_a_page_says_so_before_anything_is_typed(stale: httpx.Client) -> None:
    assert 'href="/reauth?next=/account"' in stale.get("/account").text


def test_a_page_that_takes_a_proof_leads_through_it(stale: httpx.Client) -> None:
    answer = stale.get("/device?code=BCDF-GHJK")

    assert answer.headers["location"] == "/reauth?next=/device%3Fcode%3DBCDF-GHJK"


def test_the_password_proves_it_and_leads_on_with_new_cookies(grace: Visitor) -> None:
    """K-1"""
    before = grace.http.cookies["bugspark_access_token"]
    answer = grace.http.post("/reauth", data={"password": PASSWORD, "next": "/account/factors"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/account/factors")
    assert grace.http.cookies["bugspark_access_token"] != before
    assert grace.http.get("/account/factors").status_code == 200


def test_the_app_proves_it_too(grace: Visitor) -> None:
    grace.add_app()
    wrong = grace.http.post("/reauth", data={"code": "000000", "next": "/account"})
    right = grace.http.post("/reauth", data={"code": grace.code(), "next": "//evil.example"})

    assert (wrong.status_code, len(field_errors(wrong.text))) == (401, 1)
    assert (right.status_code, right.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"password": "wrong"}, 401),
        ({"password": PASSWORD, "code": "123456"}, 422),
        ({"assertion": "nonsense"}, 422),
        ({"code": "123456"}, 401),
    ],
)
def test_what_does_not_prove_it_leads_nowhere(grace: Visitor, form: dict[str, str], status: int) -> None:
    answer = grace.http.post("/reauth", data={**form, "next": "/account"})

    assert answer.status_code == status
    assert hidden(answer.text, "next") == "/account"
    assert "set-cookie" not in answer.headers
    assert field_errors(answer.text) or notice(answer.text)


# Address and password


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


# Second factors


def test_an_app_is_added_asked_for_and_removed(site: Site, grace: Visitor) -> None:
    """P-6"""
    codes = grace.add_app()
    page = grace.http.get("/account/factors").text

    assert len(set(codes)) == 10
    assert not any(code in page for code in codes)
    assert ("10 left" in page, "Remove the app" in page) == (True, True)
    assert "One more step" in grace.log_in(site.http()).text
    answer = grace.http.post("/account/factors/remove-app")
    assert answer.headers["location"] == "/account/factors?done=app-removed"
    assert grace.log_in(site.http()).status_code == 303


def test_a_wrong_code_shows_the_same_secret_again(grace: Visitor) -> None:
    secret = hidden(grace.http.post("/account/factors/begin-app").text, "secret")
    answer = grace.http.post("/account/factors/confirm-app", data={"secret": secret, "code": "000000"})

    assert answer.status_code == 422
    assert field_errors(answer.text) == ["Code is not the one that the app shows now."]
    assert hidden(answer.text, "secret") == secret
    assert f"secret={secret}" in answer.text
    assert 'class="qr"' in answer.text


@pytest.mark.parametrize("secret", ["", "<script>", "é\0", "A" * 5000])
def test_a_made_up_secret_is_only_shown(grace: Visitor, secret: str) -> None:
    grace.http.post("/account/factors/begin-app")
    answer = grace.http.post("/account/factors/confirm-app", data={"secret": secret, "code": "1"})

    assert answer.status_code == 422
    assert "<script>" not in answer.text


def test_what_can_not_be_done_now_is_told_on_the_page(grace: Visitor) -> None:
    codes = grace.http.post("/account/factors/recovery-codes")
    grace.add_app()
    app = grace.http.post("/account/factors/begin-app")

    for answer in (codes, app):
        assert (answer.status_code, len(notice(answer.text))) == (409, 1)


def test_new_recovery_codes_take_the_place_of_the_old(site: Site, grace: Visitor) -> None:
    old = grace.add_app()
    new = re.findall(r"<li><code>(\S+)</code>", grace.http.post("/account/factors/recovery-codes").text)

    assert len(new) == 10
    assert set(old).isdisjoint(new)


@pytest.mark.parametrize("form", [{}, {"credential": "nonsense"}, {"credential": "{}"}])
def test_what_is_no_passkey_is_told_on_the_page(grace: Visitor, form: dict[str, str]) -> None:
    answer = grace.http.post("/account/factors/add-passkey", data=form)

    assert (answer.status_code, len(notice(answer.text))) == (422, 1)


@pytest.mark.parametrize(("passkey_id", "status"), [(NOWHERE, 404), ("", 422), ("nonsense", 422)])
def test_a_passkey_that_is_not_there_is_not_removed(grace: Visitor, passkey_id: str, status: int) -> None:
    form = {"passkey_id": passkey_id}
    assert grace.http.post("/account/factors/remove-passkey", data=form).status_code == status


# Sessions


def test_sessions_are_listed_and_ended_one_by_one_and_together(site: Site, grace: Visitor) -> None:
    """K-3"""
    others = [site.http(**{"User-Agent": agent}) for agent in ("curl/8", "Wget/1", "x")]
    for other in others:
        grace.log_in(other)
    page = grace.http.get("/account/sessions").text
    ids = re.findall(r'name="session_id" value="([^"]+)"', page)
    assert (len(ids), page.count("this one")) == (4, 1)
    assert all(client in page for client in ("curl", "Wget"))

    curl = re.search(r'<bdi>curl</bdi>.*?name="session_id" value="([^"]+)"', page, re.DOTALL)
    assert curl is not None
    ended = grace.http.post("/account/sessions/end", data={"session_id": curl[1]})
    assert ended.headers["location"] == "/account/sessions?done=session"
    assert [other.get("/account").status_code for other in others] == [303, 200, 200]
    grace.http.post("/account/sessions/end-others")
    assert [other.get("/account").status_code for other in others] == [303, 303, 303]
    assert grace.http.get("/account").status_code == 200


def test_to_end_the_very_session_is_to_log_out(grace: Visitor) -> None:
    own = hidden(grace.http.get("/account/sessions").text, "session_id")
    answer = grace.http.post("/account/sessions/end", data={"session_id": own})

    assert answer.headers["location"] == "/login"
    assert "bugspark_access_token" not in grace.http.cookies


def test_nobody_ends_the_session_of_another(site: Site, grace: Visitor) -> None:
    own = hidden(grace.http.get("/account/sessions").text, "session_id")

    assert newcomer(site).http.post("/account/sessions/end", data={"session_id": own}).status_code == 404
    assert grace.http.get("/account").status_code == 200


# Tokens


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


# Activity


def test_what_happened_to_an_account_is_its_person_s_to_read(site: Site, grace: Visitor) -> None:
    """U-2"""
    grace.log_in(site.http(**{"User-Agent": "curl/8"}))
    page = grace.http.get("/account/events").text

    assert all(word in page for word in ("account.login.success", "<bdi>curl</bdi>"))
    assert "curl" not in newcomer(site).http.get("/account/events").text


def test_fifty_events_make_a_page(grace: Visitor) -> None:
    for number in range(51):
        grace.http.post("/account/tokens/create", data={"name": str(number), "rights": "all"})
    page = grace.http.get("/account/events").text
    older = re.search(r'href="(/account/events\?cursor=[^"]+)"', page)
    assert older is not None

    assert page.count('scope="row"') == 50
    assert 0 < grace.http.get(older[1]).text.count('scope="row"') < 50


@pytest.mark.parametrize(("provider", "status"), [("nobody", 404), ("", 422), ("<x>", 422)])
def test_a_login_elsewhere_that_is_not_linked_is_not_unlinked(
    grace: Visitor, provider: str, status: int
) -> None:
    form = {"provider": provider}
    assert grace.http.post("/account/unlink-identity", data=form).status_code == status


def secret_in(page: str) -> str:
    found = re.search(r'<code class="whole">(bsk_pat_\w+)</code>', page)
    assert found is not None, page
    return found[1]
