"""Sessions, passwords and addresses over the wire: names, statuses, cookies (contract A18, B4.1)."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import httpx
import pytest

from lacewing.kit.json import loads
from lacewing.kit.keyring import parse
from tests.http.conftest import QUICK, Site
from tests.server import PASSWORD, Person, Server

API = "/api/v1/auth"
COOKIES = {"bugspark_access_token", "bugspark_refresh_token"}
NEW = "an entirely new password"
_NUMBERS = count(1)


@pytest.fixture
def kim(site: Site) -> httpx.Client:
    """Somebody new, with a session."""
    return entered(site, f"kim{next(_NUMBERS)}@example.com", "register")


def entered(site: Site, email: str, how: str = "login", password: str = PASSWORD) -> httpx.Client:
    client = site.http(**{"User-Agent": "Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0"})
    body = {"email": email, "password": password} | ({"name": "Kim"} if how == "register" else {})
    assert client.post(f"{API}/{how}", json=body).is_success
    client.headers["X-Test-Email"] = email
    return client


def again(site: Site, client: httpx.Client, password: str = PASSWORD) -> httpx.Client:
    """Another session of the same person."""
    return entered(site, client.headers["X-Test-Email"], password=password)


def token_of(client: httpx.Client) -> str:
    return str(client.post("/api/v1/tokens", json={"name": "x"}).json()["token"])


def is_in(client: httpx.Client) -> bool:
    return client.get(f"{API}/me").status_code == 200


def test_sessions_are_listed_in_camel_case_with_the_current_marked(site: Site, kim: httpx.Client) -> None:
    """K-3."""
    again(site, kim)
    listed = kim.get(f"{API}/sessions").json()

    assert [each["isCurrent"] for each in listed] == [False, True]
    assert set(listed[0]) == {
        "id",
        "ip",
        "userAgent",
        "client",
        "createdAt",
        "lastSeenAt",
        "expiresAt",
        "isCurrent",
    }
    assert (listed[0]["client"], listed[0]["ip"]) == ("Firefox on Linux", "127.0.0.1")


def test_one_session_ends_another_and_all_others(site: Site, kim: httpx.Client) -> None:
    """K-3."""
    first, second = again(site, kim), again(site, kim)
    newest = kim.get(f"{API}/sessions").json()[0]["id"]

    assert kim.delete(f"{API}/sessions/{newest}").status_code == 204
    assert [is_in(client) for client in (kim, first, second)] == [True, True, False]
    assert kim.delete(f"{API}/sessions/{newest}").status_code == 404
    assert kim.delete(f"{API}/sessions").status_code == 204
    assert [is_in(client) for client in (kim, first)] == [True, False]


def test_to_end_ones_own_session_is_to_log_out(kim: httpx.Client) -> None:
    """K-2."""
    answer = kim.delete(f"{API}/sessions/{kim.get(f'{API}/sessions').json()[0]['id']}")

    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert all("Max-Age=0" in each for each in answer.headers.get_list("set-cookie"))
    assert not is_in(kim)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/sessions", None),
        ("DELETE", "/sessions", None),
        ("DELETE", "/sessions/00000000-0000-4000-8000-000000000000", None),
        ("POST", "/reauth", {"password": PASSWORD}),
        ("PUT", "/me/password", {"current_password": PASSWORD, "new_password": NEW}),
        ("POST", "/me/password", {"new_password": NEW}),
        ("POST", "/me/email", {"email": "x@example.com"}),
        ("POST", "/me/email/confirm", {"token": "x"}),
    ],
)
def test_what_concerns_an_accounts_security_takes_a_session(
    site: Site, kim: httpx.Client, method: str, path: str, body: dict[str, str] | None
) -> None:
    """S-7."""
    for kind in ("bsk_pat", "pk"):
        minted = kim.post("/api/v1/tokens", json={"name": "x", "kind": kind}).json()["token"]
        answer = site.with_token(minted).request(method, API + path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "credential_not_allowed")


def test_a_proof_sets_new_cookies_and_a_wrong_one_none(site: Site, kim: httpx.Client) -> None:
    """K-1."""
    before = dict(kim.cookies)
    wrong = kim.post(f"{API}/reauth", json={"password": "wrong"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_credentials")
    assert "set-cookie" not in wrong.headers
    answer = kim.post(f"{API}/reauth", json={"password": PASSWORD})

    assert answer.status_code == 200
    assert answer.json()["email"] == kim.headers["X-Test-Email"]
    assert set(answer.cookies) == COOKIES
    assert is_in(kim)
    assert not is_in(site.http(Cookie="; ".join(f"{name}={value}" for name, value in before.items())))


@pytest.mark.parametrize("body", [{}, {"password": None}])
def test_a_proof_without_a_proof_is_422(kim: httpx.Client, body: dict[str, None]) -> None:
    assert kim.post(f"{API}/reauth", json=body).status_code == 422


@pytest.mark.parametrize("names", [("current_password", "new_password"), ("currentPassword", "newPassword")])
def test_a_password_is_changed_and_this_session_goes_on(
    site: Site, kim: httpx.Client, names: tuple[str, str]
) -> None:
    """B4.1, C-9."""
    other = again(site, kim)
    answer = kim.put(f"{API}/me/password", json=dict(zip(names, (PASSWORD, NEW), strict=True)))

    assert (answer.status_code, set(answer.json())) == (200, {"detail"})
    assert set(answer.cookies) == COOKIES
    assert (is_in(kim), is_in(other)) == (True, False)
    assert is_in(again(site, kim, NEW))


def test_a_wrong_current_password_is_400(kim: httpx.Client) -> None:
    """B4.1."""
    body = {"current_password": "wrong", "new_password": NEW}
    answer = kim.put(f"{API}/me/password", json=body)

    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_password")
    assert is_in(kim)


def test_a_weak_new_password_is_422_at_its_field_and_not_repeated(kim: httpx.Client) -> None:
    """D6."""
    body = {"current_password": PASSWORD, "new_password": "password123"}
    answer = kim.put(f"{API}/me/password", json=body)

    assert [error["field"] for error in answer.json()["errors"]] == ["new_password"]
    assert "password123" not in answer.text


def test_a_first_password_where_there_is_one_is_409(kim: httpx.Client) -> None:
    assert kim.post(f"{API}/me/password", json={"new_password": NEW}).status_code == 409


def test_tokens_are_revoked_with_the_password_when_asked(site: Site, kim: httpx.Client) -> None:
    """C-9."""
    bearer = site.with_token(token_of(kim))
    body = {"current_password": PASSWORD, "new_password": NEW, "revoke_tokens": True}
    assert is_in(bearer)
    assert kim.put(f"{API}/me/password", json=body).status_code == 200
    assert not is_in(bearer)


def test_forgot_answers_known_and_unknown_alike_to_the_byte(site: Site, kim: httpx.Client) -> None:
    """P-5."""
    answers = [
        site.http(**{"X-Request-ID": "the-same-request"}).post(
            f"{API}/forgot-password", json={"email": email}
        )
        for email in (kim.headers["X-Test-Email"], "nobody@example.com", "no address", "")
    ]
    faces = {
        (answer.status_code, answer.text, str(sorted(set(answer.headers) - {"date"}))) for answer in answers
    }

    assert len(faces) == 1
    assert answers[0].status_code == 200
    assert not any("set-cookie" in answer.headers for answer in answers)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/reset-password", {"token": "nonsense", "new_password": NEW}),
        ("/verify-email", {"token": "nonsense"}),
        ("/verify-email?token=nonsense", None),
        ("/me/email/undo", {"token": "nonsense"}),
    ],
)
def test_a_bad_link_is_400(site: Site, path: str, body: dict[str, str] | None) -> None:
    """B4.1."""
    answer = site.http().post(API + path, json=body)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_link")
    assert answer.headers["cache-control"] == "no-store"
    assert "nonsense" not in answer.text


def test_a_bad_link_to_confirm_an_address_is_400(kim: httpx.Client) -> None:
    answer = kim.post(f"{API}/me/email/confirm", json={"token": "nonsense"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_link")


def test_verify_without_a_token_is_422(site: Site) -> None:
    assert site.http().post(f"{API}/verify-email").status_code == 422


def test_a_verification_can_be_sent_again_by_session_and_token(site: Site, kim: httpx.Client) -> None:
    assert kim.post(f"{API}/resend-verification").status_code == 200
    assert site.with_token(token_of(kim)).post(f"{API}/resend-verification").status_code == 200
    assert site.http().post(f"{API}/resend-verification").status_code == 401


def test_a_change_of_address_is_answered_alike_for_free_and_taken(site: Site, kim: httpx.Client) -> None:
    """C-11."""
    answers = [
        kim.post(f"{API}/me/email", json={"email": email}) for email in ("free@example.com", site.ada.email)
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, answers[0].text)}


def test_a_used_refresh_cookie_is_401_and_clears_the_cookies(site: Site, kim: httpx.Client) -> None:
    """C-6."""
    stolen = site.http(Cookie=f"bugspark_refresh_token={kim.cookies['bugspark_refresh_token']}")
    for _ in range(2):
        assert kim.post(f"{API}/refresh").status_code == 200
    answer = stolen.post(f"{API}/refresh")

    assert answer.status_code == 401
    cleared = answer.headers.get_list("set-cookie")
    assert {re.split("[=;]", each)[0] for each in cleared} == COOKIES
    assert all("Max-Age=0" in each for each in cleared)
    assert kim.post(f"{API}/refresh").status_code == 401


@pytest.fixture(scope="module")
def confirming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {**QUICK, "LACEWING_REGISTRATION_CONFIRM": "on"}
    with Server(tmp_path_factory.mktemp("confirming"), settings) as server, Person(server.url):
        yield server


def test_where_addresses_are_confirmed_first_registering_answers_alike(confirming: Server) -> None:
    """A4: to the byte, without cookies, whether the address is taken or not; then nobody is let in."""
    faces = set()
    with httpx.Client(base_url=confirming.url, timeout=60.0, trust_env=False, verify=False) as client:
        for email in ("ada@example.com", "new@example.com"):
            body = {"name": "X", "email": email, "password": PASSWORD}
            answer = client.post(f"{API}/register", json=body)
            faces.add((answer.status_code, answer.text, "set-cookie" in answer.headers))
        login = client.post(f"{API}/login", json={"email": "new@example.com", "password": PASSWORD})

    assert len(faces) == 1
    assert (faces.pop()[0], login.status_code) == (202, 401)


def test_a_page_tells_who_has_to_confirm_an_address_to_log_in_later(confirming: Server) -> None:
    form = {"name": "X", "email": "page@example.com", "password": PASSWORD}
    with httpx.Client(base_url=confirming.url, timeout=60.0, trust_env=False, verify=False) as client:
        answer = client.post("/register", data=form)
    assert answer.status_code == 200
    assert "Check your mail" in answer.text


def test_the_documented_query_form_verifies_and_its_answer_is_not_kept(confirming: Server) -> None:
    """B4.1, F-8."""
    email = "query@example.com"
    with httpx.Client(base_url=confirming.url, timeout=60.0, trust_env=False, verify=False) as client:
        client.post(f"{API}/register", json={"name": "X", "email": email, "password": PASSWORD})
        token = mailed(confirming, email)["token"]
        answer = client.post(f"{API}/verify-email", params={"token": token})
        login = client.post(f"{API}/login", json={"email": email, "password": PASSWORD})

    assert (answer.status_code, login.status_code) == (200, 200)
    assert answer.headers.get_list("referrer-policy") == ["no-referrer"]
    assert (answer.headers["x-robots-tag"], answer.headers["cache-control"]) == ("noindex", "no-store")
    assert login.json()["isEmailVerified"]


def mailed(server: Server, email: str) -> dict[str, str]:
    """The values of the last mail to this address, from the server's own folder."""
    ring = parse((server.data / "secret-keys").read_text())
    with closing(sqlite3.connect(server.data / "lacewing.db")) as database:
        rows = database.execute("SELECT sealed FROM outbox_mails WHERE sealed IS NOT NULL ORDER BY id")
        mails = [loads(ring.unseal(sealed)) for (sealed,) in rows]
    values: dict[str, str] = [mail["values"] for mail in mails if mail["to"] == email][-1]
    return values
