"""Two steps, apps, recovery codes and passkeys on the wire (contract A18)."""

import base64
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pyotp
import pytest

from tests.authenticator import Authenticator
from tests.http.conftest import Site
from tests.server import PASSWORD, Person

COOKIES = {"bugspark_access_token", "bugspark_refresh_token"}
AUTH = "/api/v1/auth"
STEP_SECONDS = 30


@pytest.fixture
def eve(site: Site) -> Iterator[Person]:
    with Person(site.server.url, f"eve-{uuid4().hex}") as person:
        yield person


def ok(answer: httpx.Response, status: int = 200) -> httpx.Response:
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer


def first_step(client: httpx.Client, email: str) -> httpx.Response:
    return ok(client.post(f"{AUTH}/login", json={"email": email, "password": PASSWORD}))


def add_app(person: Person) -> tuple[pyotp.TOTP, list[str]]:
    """Confirmed by the code of the step before."""
    begun = ok(person.http.post(f"{AUTH}/mfa/totp")).json()
    assert parse_qs(urlsplit(begun["uri"]).query)["secret"] == [begun["secret"]]
    app = pyotp.TOTP(begun["secret"])
    code = app.at(time.time() - STEP_SECONDS)
    confirmed = ok(person.http.post(f"{AUTH}/mfa/totp/confirm", json={"code": code}))
    assert set(confirmed.cookies) == COOKIES
    return app, confirmed.json()["recoveryCodes"]


def key_for(site: Site) -> Authenticator:
    return Authenticator(f"http://localhost:{site.server.port}")


def add_key(person: Person, key: Authenticator, **body: object) -> httpx.Response:
    options = ok(person.http.post(f"{AUTH}/passkeys/options")).json()
    handle = base64.urlsafe_b64decode(options["user"]["id"] + "==")
    credential = key.create(options["challenge"], handle)
    return ok(person.http.post(f"{AUTH}/passkeys", json={"credential": credential, **body}), 201)


def test_a_login_in_two_steps(site: Site, eve: Person) -> None:
    email = eve.email
    app, _ = add_app(eve)
    client = site.http()
    half = first_step(client, email)

    assert half.json().keys() == {"mfaRequired", "mfaToken", "methods"}
    assert half.json()["mfaRequired"] is True
    assert half.json()["methods"] == ["totp", "recovery_code"]
    assert "set-cookie" not in half.headers
    assert client.get(f"{AUTH}/me").status_code == 401
    for spelling in ("mfa_token", "mfaToken"):
        wrong = client.post(f"{AUTH}/login/mfa", json={spelling: half.json()["mfaToken"], "code": "000000"})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_code")
        assert "set-cookie" not in wrong.headers
    body = {"mfa_token": half.json()["mfaToken"], "code": app.now()}
    done = ok(client.post(f"{AUTH}/login/mfa", json=body))

    assert set(done.cookies) == COOKIES | {"lacewing_device"}
    assert done.json()["email"] == email
    assert client.get(f"{AUTH}/me").json()["mfaEnabled"] is True
    again = client.post(f"{AUTH}/login/mfa", json=body)
    assert (again.status_code, again.json()["code"]) == (401, "login_expired")


def test_a_recovery_code_finishes_it_too(site: Site, eve: Person) -> None:
    email, (_, codes) = eve.email, add_app(eve)
    half = first_step(site.http(), email).json()
    body = {"mfa_token": half["mfaToken"], "recovery_code": codes[0].upper()}

    assert ok(site.http().post(f"{AUTH}/login/mfa", json=body))
    assert eve.http.get(f"{AUTH}/mfa").json() == {"totp": True, "passkeys": 0, "recoveryCodesLeft": 9}


@pytest.mark.parametrize(
    "shown", [{}, {"code": "1", "recovery_code": "2"}, {"code": 123456}, {"assertion": {}}]
)
def test_exactly_one_thing_is_shown(site: Site, shown: dict[str, object]) -> None:
    answer = site.http().post(f"{AUTH}/login/mfa", json={"mfa_token": "x", **shown})

    assert answer.status_code == 422


def test_the_half_way_token_opens_nothing_as_a_cookie_or_bearer(site: Site, eve: Person) -> None:
    """P-8."""
    email = eve.email
    add_app(eve)
    token = first_step(site.http(), email).json()["mfaToken"]

    assert site.http(Cookie=f"bugspark_access_token={token}").get(f"{AUTH}/me").status_code == 401
    assert site.http(Authorization=f"Bearer {token}").get(f"{AUTH}/me").status_code == 401
    assert site.http(Cookie=f"bugspark_refresh_token={token}").post(f"{AUTH}/refresh").status_code == 401


def test_a_change_renews_the_cookies_and_ends_other_sessions(site: Site, eve: Person) -> None:
    """C-9."""
    other = site.http()
    first_step(other, eve.email)
    assert other.get(f"{AUTH}/me").status_code == 200
    add_app(eve)

    assert other.get(f"{AUTH}/me").status_code == 401
    assert eve.http.get(f"{AUTH}/me").status_code == 200
    made = ok(eve.http.post(f"{AUTH}/mfa/recovery-codes"))
    assert (set(made.cookies), len(made.json()["recoveryCodes"])) == (COOKIES, 10)
    removed = ok(eve.http.delete(f"{AUTH}/mfa/totp"), 204)
    assert set(removed.cookies) == COOKIES
    assert eve.http.get(f"{AUTH}/me").json()["mfaEnabled"] is False


def test_a_wrong_confirmation_is_422(eve: Person) -> None:
    eve.http.post(f"{AUTH}/mfa/totp")
    answer = eve.http.post(f"{AUTH}/mfa/totp/confirm", json={"code": "000000"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "code"


def test_a_passkey_is_added_shown_and_removed(site: Site, eve: Person) -> None:
    added = add_key(eve, key_for(site), name="Laptop")
    assert set(added.cookies) == COOKIES
    fields = {"id", "name", "createdAt", "lastUsedAt", "isBackedUp", "recoveryCodes"}
    assert added.json().keys() == fields
    assert len(added.json()["recoveryCodes"]) == 10

    (shown,) = eve.http.get(f"{AUTH}/passkeys").json()
    assert shown == {name: value for name, value in added.json().items() if name != "recoveryCodes"}
    assert ok(eve.http.delete(f"{AUTH}/passkeys/{shown['id']}"), 204)
    assert eve.http.get(f"{AUTH}/passkeys").json() == []


def test_the_options_are_webauthns_own_json(site: Site, eve: Person) -> None:
    add_key(eve, key_for(site))
    options = ok(eve.http.post(f"{AUTH}/passkeys/options")).json()

    assert options["rp"] == {"id": "localhost", "name": "Lacewing"}
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"
    assert [item["type"] for item in options["excludeCredentials"]] == ["public-key"]
    assert {"type": "public-key", "alg": -7} in options["pubKeyCredParams"]
    login = ok(site.http().post(f"{AUTH}/login/passkey/options")).json()
    assert (login["rpId"], login["allowCredentials"]) == ("localhost", [])
    assert login["userVerification"] == "required"


def test_a_passkey_logs_in_alone(site: Site, eve: Person) -> None:
    key = key_for(site)
    add_key(eve, key)
    client = site.http()
    challenge = ok(client.post(f"{AUTH}/login/passkey/options")).json()["challenge"]
    body = {"assertion": key.get(challenge)}
    done = ok(client.post(f"{AUTH}/login/passkey", json=body))

    assert set(done.cookies) == COOKIES | {"lacewing_device"}
    assert client.get(f"{AUTH}/me").status_code == 200
    replayed = site.http().post(f"{AUTH}/login/passkey", json=body)
    assert (replayed.status_code, replayed.json()["code"]) == (401, "invalid_passkey")


def test_another_host_is_not_our_origin(site: Site, eve: Person) -> None:
    """P-7: what the request calls the host has no say."""
    key = key_for(site)
    add_key(eve, key)
    client = site.http(Host="evil.example")
    options = ok(client.post(f"{AUTH}/login/passkey/options")).json()
    lie = {"assertion": key.get(options["challenge"], origin="http://evil.example", rp_id="evil.example")}

    assert options["rpId"] == "localhost"
    assert client.post(f"{AUTH}/login/passkey", json=lie).status_code == 401


def test_a_passkey_is_a_second_step(site: Site, eve: Person) -> None:
    key = key_for(site)
    email = eve.email
    add_key(eve, key)
    client = site.http()
    half = first_step(client, email).json()
    assert half["methods"] == ["recovery_code", "passkey"]
    options = ok(client.post(f"{AUTH}/login/mfa/options", json={"mfa_token": half["mfaToken"]})).json()
    body = {"mfaToken": half["mfaToken"], "assertion": key.get(options["challenge"])}

    assert len(options["allowCredentials"]) == 1
    assert ok(client.post(f"{AUTH}/login/mfa", json=body))


def test_a_proof_is_asked_for_with_the_own_passkeys(site: Site, eve: Person) -> None:
    assert eve.http.post(f"{AUTH}/reauth/options").status_code == 409
    add_key(eve, key_for(site))

    assert len(ok(eve.http.post(f"{AUTH}/reauth/options")).json()["allowCredentials"]) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/mfa"),
        ("POST", "/mfa/totp"),
        ("DELETE", "/mfa/totp"),
        ("POST", "/mfa/recovery-codes"),
        ("GET", "/passkeys"),
        ("POST", "/passkeys/options"),
        ("POST", "/reauth/options"),
    ],
)
def test_no_token_reaches_them(site: Site, method: str, path: str) -> None:
    """S-7."""
    for token in (site.pat, site.personal, site.project_token):
        assert site.with_token(token).request(method, AUTH + path).status_code == 401
