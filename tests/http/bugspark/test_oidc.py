"""Logging in with a provider as a browser does it: redirects, cookies, pages (contract A18; P-9, D4, K-1)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from sqlalchemy import create_engine, text

from lacewing.http.sign_in_cookies import oidc_cookie
from lacewing.settings import Settings
from tests.http.conftest import QUICK
from tests.oidc.flows import ADA, ZOE
from tests.oidc.providing import BASE_URL, SECRET, Provided
from tests.postgres import Cluster
from tests.server import PASSWORD, Person, Server

LOGIN: Final = "/api/v1/auth/oidc/corp/login"
CONFIRM: Final = "/account/identities/confirm"


@dataclass(frozen=True, slots=True)
class Instance:
    server: Server
    database: str

    def browser(self, **headers: str) -> httpx.Client:
        return httpx.Client(
            base_url=self.server.url, headers=headers, trust_env=False, verify=False, timeout=30.0
        )

    def verify_email(self, email: str) -> None:
        """Another part's verb does it."""
        engine = create_engine(self.database.replace("postgresql:", "postgresql+psycopg:"))
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE people SET email_verified_at = created_at WHERE email = :email"),
                {"email": email},
            )
        engine.dispose()


def write_providers(file: Path, provided: Provided) -> None:
    tables = [("corp", "A <b>Corp</b>", provided.issuer), ("nowhere", "Nowhere", "http://127.0.0.1:1")]
    lines = [
        line
        for name, label, issuer in tables
        for line in (
            f"[{name}]",
            f"label = {json.dumps(label)}",
            f"issuer = {json.dumps(issuer)}",
            'client_id = "lacewing"',
            f"client_secret = {json.dumps(SECRET)}",
        )
    ]
    file.write_text("\n".join(lines), "utf-8")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def instance(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared_provider: Provided
) -> Iterator[Instance]:
    folder = tmp_path_factory.mktemp("oidc")
    write_providers(folder / "oidc.toml", shared_provider)
    settings = {**QUICK, "LACEWING_OIDC_FILE": str(folder / "oidc.toml"), "LACEWING_PUBLIC_URL": BASE_URL}
    database = f"sqlite:///{folder / 'data' / 'lacewing.db'}"
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        database = settings["LACEWING_DATABASE_URL"] = cluster.create("oidc_tests")
    with Server(folder, settings) as server:
        Person(server.url, "Ada").close()
        yield Instance(server, database)


@pytest.fixture
def browser(instance: Instance) -> Iterator[httpx.Client]:
    with instance.browser() as made:
        yield made


def to_callback(
    browser: httpx.Client, provider: Provided, account: Mapping[str, object] | None, query: str = ""
) -> str:
    """The path at which the browser comes back."""
    left = browser.get(f"{LOGIN}?{query}")
    assert left.status_code == 303, left.text
    told = provider.log_in(left.headers["location"], account)
    return f"/api/v1/auth/oidc/corp/callback?{urlencode(told)}"


def come_back(
    browser: httpx.Client, provider: Provided, account: Mapping[str, object] | None, query: str = ""
) -> httpx.Response:
    return browser.get(to_callback(browser, provider, account, query))


def where(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    parts = urlsplit(answer.headers["location"])
    assert not parts.netloc
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


def test_the_providers_are_listed_without_their_secrets(browser: httpx.Client) -> None:
    answer = browser.get("/api/v1/auth/oidc")

    assert answer.json()["providers"][0] == {"name": "corp", "label": "A <b>Corp</b>", "loginUrl": LOGIN}
    assert SECRET not in answer.text


def test_the_login_is_bound_to_the_browser_by_a_short_lived_cookie(browser: httpx.Client) -> None:
    """D4. Its value is not what the address says."""
    left = browser.get(LOGIN)
    cookie = left.headers["set-cookie"]

    assert cookie.startswith("lacewing_oidc=")
    assert "HttpOnly; SameSite=Lax; Path=/; Max-Age=600" in cookie
    assert browser.cookies["lacewing_oidc"] not in left.headers["location"]
    assert left.headers["cache-control"] == "no-store"


def test_over_https_the_cookie_is_this_hosts_alone() -> None:
    """D4."""
    settings = Settings(public_url="https://bugs.example.org")
    ((_, cookie),) = oidc_cookie(settings, "secret", timedelta(minutes=10))

    assert cookie.startswith("__Host-lacewing_oidc=secret; ")
    assert cookie.endswith("; Secure")


def test_who_logs_in_there_is_logged_in_here(browser: httpx.Client, provider: Provided) -> None:
    answer = come_back(browser, provider, ZOE, "next=/projects/zoe/WEB")

    assert where(answer) == ("/projects/zoe/WEB", {})
    assert "lacewing_oidc" not in browser.cookies
    me = browser.get("/api/v1/auth/me").json()
    assert (me["name"], me["isEmailVerified"], me["hasPassword"], me["hasGoogleLinked"]) == (
        "Zoe",
        True,
        False,
        False,
    )
    (identity,) = browser.get("/api/v1/auth/identities").json()
    assert (identity["provider"], identity["email"]) == ("corp", "zoe@example.com")
    assert browser.delete("/api/v1/auth/identities/corp").json()["code"] == "last_way_in"
    assert browser.delete("/api/v1/auth/identities/other").status_code == 404


def test_the_account_s_page_shows_what_is_linked_and_keeps_the_last_way_in(
    browser: httpx.Client, provider: Provided
) -> None:
    come_back(browser, provider, {**ZOE, "sub": "zed-1", "email": "zed@example.com"})
    page = browser.get("/account").text
    refused = browser.post("/account/unlink-identity", data={"provider": "corp"})

    assert "A &lt;b&gt;Corp&lt;/b&gt; <bdi" in page
    assert (refused.status_code, "only way into your account" in refused.text) == (409, True)
    assert f"{LOGIN}?next=/account" in browser.get("/reauth?next=/account").text
    assert browser.post("/account/password", data={"new_password": PASSWORD}).status_code == 303
    unlinked = browser.post("/account/unlink-identity", data={"provider": "corp"})
    assert where(unlinked) == ("/account", {"done": "unlinked"})
    assert f"{LOGIN}?link=1&amp;next=/account" in browser.get("/account").text


def test_a_session_cookie_that_was_there_is_never_adopted(browser: httpx.Client, provider: Provided) -> None:
    """K-1."""
    browser.cookies.set("bugspark_access_token", "x" * 43, domain="127.0.0.1", path="/")
    come_back(browser, provider, ZOE)

    assert "x" * 43 not in browser.cookies.get("bugspark_access_token", domain="127.0.0.1", path="/")


@pytest.mark.parametrize(
    "onward", ["https://example.org/", "//example.org", "/\\example.org", "javascript:x"]
)
def test_nobody_is_led_off_this_site(browser: httpx.Client, provider: Provided, onward: str) -> None:
    answer = come_back(browser, provider, ZOE, urlencode({"next": onward}))

    assert where(answer) == ("/", {})


def test_a_return_in_another_browser_logs_nobody_in(
    instance: Instance, browser: httpx.Client, provider: Provided
) -> None:
    """Login CSRF, and the state replayed."""
    back = to_callback(browser, provider, ZOE)
    with instance.browser() as victim:
        answer = victim.get(back)
        assert where(answer) == ("/login", {"error": "login_expired"})
        assert "bugspark_access_token" not in victim.cookies
    assert where(browser.get(back))[0] == "/"
    assert where(browser.get(back))[1] == {"error": "login_expired"}


def test_what_fails_is_told_on_the_login_page_in_our_words(browser: httpx.Client, provider: Provided) -> None:
    answer = come_back(browser, provider, None)
    path, query = where(answer)

    assert (path, query) == ("/login", {"error": "login_denied"})
    page = browser.get(answer.headers["location"])
    assert "The provider did not log you in." in page.text
    assert "nobody" not in page.text


@pytest.mark.parametrize("error", ["<script>", "constructor", "no_such_code"])
def test_the_login_page_tells_nothing_that_is_not_in_its_table(browser: httpx.Client, error: str) -> None:
    page = browser.get("/login", params={"error": error})

    assert page.status_code == 200
    assert error not in page.text


def test_a_provider_that_is_down_is_told_on_the_login_page(browser: httpx.Client) -> None:
    answer = browser.get("/api/v1/auth/oidc/nowhere/login")

    assert (answer.status_code, where(answer)) == (303, ("/login", {"error": "provider_unreachable"}))


@pytest.mark.parametrize(("name", "status"), [("other", 404), ("~", 422)])
@pytest.mark.parametrize("step", ["login", "callback"])
def test_a_provider_that_is_not_there(browser: httpx.Client, name: str, status: int, step: str) -> None:
    assert browser.get(f"/api/v1/auth/oidc/{name}/{step}").status_code == status


@pytest.mark.parametrize("query", ["", "state=", "state=%00&code=%ff", "state=a&state=b&code=c", "error=x"])
def test_whatever_comes_to_the_callback_is_answered(browser: httpx.Client, query: str) -> None:
    """E-3: no input gives a 500."""
    browser.get(LOGIN)
    answer = browser.get(f"/api/v1/auth/oidc/corp/callback?{query}")

    assert where(answer) == ("/login", {"error": "login_expired"})


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_the_entrance_offers_the_providers(browser: httpx.Client, path: str) -> None:
    page = browser.get(path).text

    assert "Continue with A &lt;b&gt;Corp&lt;/b&gt;" in page
    assert f'href="{LOGIN}"' in page


def test_the_button_leads_on_to_where_one_wanted_to_go(browser: httpx.Client) -> None:
    page = browser.get("/login", params={"next": "/b/x/WEB-1?a=1&b=2"}).text

    assert f'href="{LOGIN}?next=/b/x/WEB-1%3Fa%3D1%26b%3D2"' in page


def test_a_known_address_leads_to_a_question_and_links_only_by_a_post_of_ours(
    instance: Instance, browser: httpx.Client, provider: Provided
) -> None:
    """P-9, D1: first no session at all, then the page that asks, then the confirmation."""
    answer = come_back(browser, provider, ADA)
    assert where(answer) == ("/login", {"error": "account_exists"})
    instance.verify_email("ada@example.com")

    answer = come_back(browser, provider, ADA, "next=/somewhere")
    path, query = where(answer)
    assert path == "/login"
    assert "Log in to it once to link the two." in browser.get(answer.headers["location"]).text
    assert "bugspark_access_token" not in browser.cookies
    logged_in = browser.post(
        "/login", data={"email": ADA["email"], "password": PASSWORD, "next": query["next"]}
    )
    ask, asked = where(logged_in)
    assert ask == CONFIRM
    page = browser.get(logged_in.headers["location"])
    assert "Link A &lt;b&gt;Corp&lt;/b&gt;?" in page.text
    assert browser.get("/api/v1/auth/identities").json() == []

    form = {"offer": asked["offer"], "next": asked["next"]}
    assert browser.post(CONFIRM, data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    accept = f"/api/v1/auth/oidc/offers/{asked['offer']}/accept"
    with instance.browser() as other:
        other.post("/login", data={"email": ADA["email"], "password": PASSWORD})
        assert other.post(accept).status_code == 404
    assert where(browser.post(CONFIRM, data=form)) == ("/somewhere", {})
    assert browser.post(CONFIRM, data=form).status_code == 404
    assert browser.post(accept).status_code == 404
    assert len(browser.get("/api/v1/auth/identities").json()) == 1

    with instance.browser() as later:
        assert where(come_back(later, provider, ADA))[0] == "/"
        assert later.get("/api/v1/auth/me").json()["email"] == "ada@example.com"
    assert browser.delete("/api/v1/auth/identities/corp").status_code == 204


def test_linking_on_purpose_comes_back_to_the_question(instance: Instance, provider: Provided) -> None:
    with Person(instance.server.url, "Bea") as bea:
        left = bea.http.get(f"{LOGIN}?link=1")
        assert where(left) == (CONFIRM, {"error": "email_unverified"})
        assert "Verify the e-mail address" in bea.http.get(left.headers["location"]).text
        instance.verify_email(bea.email)
        there = {"sub": "bea-1", "email": "private@example.com"}
        path, query = where(come_back(bea.http, provider, there, "link=1"))
        assert path == CONFIRM
        answer = bea.http.post(f"/api/v1/auth/oidc/offers/{query['offer']}/accept")
        assert (answer.status_code, answer.json()["email"]) == (200, "private@example.com")


def test_linking_needs_a_session(browser: httpx.Client) -> None:
    assert where(browser.get(f"{LOGIN}?link=1")) == ("/login", {"error": "reauth_required"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/auth/identities"),
        ("DELETE", "/api/v1/auth/identities/corp"),
        ("POST", "/api/v1/auth/oidc/offers/00000000-0000-4000-8000-000000000000/accept"),
    ],
)
def test_no_token_reaches_what_opens_an_account(instance: Instance, method: str, path: str) -> None:
    """S-7, P-9."""
    name = f"Cy{method.title()}"
    with (
        Person(instance.server.url, name) as person,
        instance.browser(Authorization=f"Bearer {person.mint_token()}") as program,
    ):
        assert program.request(method, path).status_code == 401


def test_a_mistake_in_the_file_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "oidc.toml"
    file.write_text('[corp]\nissuer = "http://example.org"\nclient_id = "x"\nclient_secret = "hunter2"\n')
    server = Server(tmp_path, {**QUICK, "LACEWING_OIDC_FILE": str(file)})

    with pytest.raises(RuntimeError, match=r"LACEWING_OIDC_FILE, \[corp\]: issuer must begin") as failed:
        server.start()
    assert "hunter2" not in str(failed.value)
