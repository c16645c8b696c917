"""What the forms answer over the wire."""

import re
import secrets
from collections.abc import Iterator

import httpx
import pytest

from tests.http.conftest import Site
from tests.server import PASSWORD


@pytest.fixture
def visitor(site: Site) -> Iterator[httpx.Client]:
    with site.http() as client:
        yield client


def registration(**changed: str) -> dict[str, str]:
    email = f"{secrets.token_hex(6)}@example.com"
    return {"name": "Grace <Hopper>", "email": email, "password": "a rather long password", **changed}


def field_errors(page: str) -> list[str]:
    return re.findall(r'<span class="sr">Error: </span>([^<]+)</span>', page)


def notice(page: str) -> list[str]:
    return re.findall(r'role="alert">.*?<span>([^<]+)</span>', page, re.DOTALL)


def test_registering_signs_in_and_leads_home(visitor: httpx.Client) -> None:
    answer = visitor.post("/register", data=registration())

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert set(visitor.cookies) == {"bugspark_access_token", "bugspark_refresh_token", "lacewing_device"}
    assert all("HttpOnly; SameSite=Lax; Path=/" in line for line in answer.headers.get_list("set-cookie"))
    assert visitor.get("/").headers["location"] == "/app"
    assert "Create your first project" in visitor.get("/projects").text


def test_what_is_wrong_with_a_registration_stands_at_its_fields(visitor: httpx.Client) -> None:
    answer = visitor.post("/register", data=registration(name="", email="nobody", password="password123"))

    assert answer.status_code == 422
    assert field_errors(answer.text) == [
        "Name can&#39;t be blank.",
        "Email is not a valid e-mail address.",
        "Password is too easy to guess; a few random words make a good one.",
    ]
    assert not visitor.cookies


def test_a_refused_form_keeps_what_was_typed_and_never_the_password(visitor: httpx.Client) -> None:
    answer = visitor.post("/register", data=registration(email="nobody", password="a very private phrase"))

    assert 'value="Grace &lt;Hopper&gt;"' in answer.text
    assert 'value="nobody"' in answer.text
    assert "private" not in answer.text


def test_a_taken_address_is_409_at_its_field(site: Site, visitor: httpx.Client) -> None:
    answer = visitor.post("/register", data=registration(email=site.ada.email.upper()))

    assert answer.status_code == 409
    assert field_errors(answer.text) == ["This e-mail address is already registered."]


def test_logging_in_leads_to_the_page_that_was_asked_for(site: Site, visitor: httpx.Client) -> None:
    form = {"email": site.ada.email, "password": PASSWORD, "next": "/b/ORC-1?page=2"}
    answer = visitor.post("/login", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/b/ORC-1?page=2")


def test_logging_in_never_leads_to_another_site(site: Site, visitor: httpx.Client) -> None:
    form = {"email": site.ada.email, "password": PASSWORD, "next": "//evil.example"}

    assert visitor.post("/login", data=form).headers["location"] == "/"


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
def test_a_wrong_password_and_an_unknown_address_are_401_alike(visitor: httpx.Client, email: str) -> None:
    """L-5, E-2"""
    answer = visitor.post("/login", data={"email": email, "password": "a wrong password", "next": "/b/O-1"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert notice(answer.text) == ["Invalid email or password."]
    assert f'value="{email}"' in answer.text
    assert 'name="next" value="/b/O-1"' in answer.text
    assert "wrong password" not in answer.text


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({}, ["Email can&#39;t be blank.", "Password can&#39;t be blank."]),
        ({"email": "a\0b", "password": "x"}, ["Email must not contain NUL characters."]),
    ],
)
def test_an_unfinished_login_is_422(visitor: httpx.Client, form: dict[str, str], errors: list[str]) -> None:
    answer = visitor.post("/login", data=form)

    assert (answer.status_code, field_errors(answer.text)) == (422, errors)


def test_a_form_that_is_not_urlencoded_is_415(visitor: httpx.Client) -> None:
    assert visitor.post("/login", json={"email": "ada@example.com"}).status_code == 415


def test_a_project_without_a_name_is_422_and_keeps_its_domain(site: Site) -> None:
    answer = site.ada.http.post("/projects", data={"name": " ", "domain": "shop.example.com"})

    assert answer.status_code == 422
    assert field_errors(answer.text) == ["Name can&#39;t be blank."]
    assert 'value="shop.example.com"' in answer.text
    assert site.project.code in answer.text


def test_a_new_project_leads_to_its_key(site: Site, visitor: httpx.Client) -> None:
    visitor.post("/register", data=registration(name="Mary Ward"))
    answer = visitor.post("/projects", data={"name": "Web shop"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/projects/mary-ward/WS")
    assert "bsk_pub_" in visitor.get(answer.headers["location"]).text


@pytest.mark.parametrize("path", ["/login", "/register", "/logout", "/projects", "/resume", "/device"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_no_form_is_taken_from_another_site(site: Site, path: str, headers: dict[str, str]) -> None:
    """D1"""
    answer = site.ada.http.post(path, data={"name": "x"}, headers=headers)

    assert answer.status_code == 403
    assert "This request came from another site." in answer.text
    assert "set-cookie" not in answer.headers


def test_logging_out_ends_the_session_and_clears_the_browser(site: Site, visitor: httpx.Client) -> None:
    """K-2"""
    visitor.post("/login", data={"email": site.ada.email, "password": PASSWORD})
    kept = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    answer = visitor.post("/logout")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert set(visitor.cookies) == {"lacewing_device"}
    assert visitor.get("/", headers={"Cookie": kept}).headers["location"] == "/resume"
    assert visitor.post("/resume", headers={"Cookie": kept}).headers["location"] == "/login"


def test_logging_out_twice_is_no_error(visitor: httpx.Client) -> None:
    assert visitor.post("/logout").headers["location"] == "/login"
