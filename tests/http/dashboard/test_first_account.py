"""A server on which nobody is registered yet, seen from its own machine and from another."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.http.conftest import QUICK
from tests.mailed import token_of
from tests.server import Person, Server

ELSEWHERE = {"X-Forwarded-For": "203.0.113.9"}
FORM = {"name": "Ada", "email": "ada@example.com", "password": "a rather long password"}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Behind a proxy whose word on addresses is taken."""
    settings = {**QUICK, "LACEWING_TRUSTED_PROXY_COUNT": "1"}
    with Server(tmp_path_factory.mktemp("fresh"), settings) as server, _client(server) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/login"])
def test_everything_begins_with_the_first_account(fresh: httpx.Client, path: str) -> None:
    answer = fresh.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/register")


def test_this_machine_needs_no_set_up_code(fresh: httpx.Client) -> None:
    page = fresh.get("/register").text

    assert "This is the first account here." in page
    assert 'name="setup_code"' not in page


def test_another_machine_is_asked_for_the_set_up_code(fresh: httpx.Client) -> None:
    """D8"""
    assert 'name="setup_code"' in fresh.get("/register", headers=ELSEWHERE).text


@pytest.mark.parametrize("code", ["", "0000000000000000"])
def test_a_wrong_set_up_code_is_403_at_its_field(fresh: httpx.Client, code: str) -> None:
    """D8"""
    answer = fresh.post("/register", data={**FORM, "setup_code": code}, headers=ELSEWHERE)

    assert answer.status_code == 403
    assert 'id="setup_code-error"' in answer.text
    assert f'value="{FORM["email"]}"' in answer.text


def test_after_the_first_a_closed_instance_registers_nobody(tmp_path: Path) -> None:
    """D8"""
    settings = {**QUICK, "LACEWING_REGISTRATION": "closed"}
    with Server(tmp_path, settings) as server, Person(server.url), _client(server) as client:
        form, answer = client.get("/register"), client.post("/register", data=FORM)
        login = client.get("/login")

    assert "Registration is closed" in form.text
    assert (answer.status_code, "Registration is closed" in answer.text) == (403, True)
    assert "/register" not in login.text


def test_where_addresses_are_confirmed_a_new_one_and_a_taken_one_are_told_alike(tmp_path: Path) -> None:
    """A4: and then the mail's link leads to a page, whose button makes the account."""
    settings = {**QUICK, "LACEWING_REGISTRATION_CONFIRM": "on"}
    new = {**FORM, "email": "grace@example.com"}
    with Server(tmp_path, settings) as server, Person(server.url), _client(server) as client:
        answers = [client.post("/register", data=form) for form in (new, FORM)]
        login = {"email": new["email"], "password": new["password"]}
        before = client.post("/login", data=login).status_code
        client.post("/verify-email", data={"token": token_of(server, "/verify-email", new["email"])})
        after = client.post("/login", data=login).status_code

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "<h1>Check your mail</h1>" in answers[0].text
    assert answers[0].text.replace(new["email"], "") == answers[1].text.replace(FORM["email"], "")
    assert all("set-cookie" not in answer.headers for answer in answers)
    assert (before, after) == (401, 303)


def test_too_many_wrong_passwords_are_429_on_the_form(tmp_path: Path) -> None:
    """P-1, E-3"""
    settings = {**QUICK, "LACEWING_LIMITS": "login_ip=1"}
    wrong = {"email": "ada@example.com", "password": "a wrong password"}
    with Server(tmp_path, settings) as server, Person(server.url), _client(server) as client:
        answers = [client.post("/login", data=wrong) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [401, 429]
    assert int(answers[1].headers["retry-after"]) > 0
    assert "Too many requests." in answers[1].text
    assert 'value="ada@example.com"' in answers[1].text


def _client(server: Server) -> httpx.Client:
    return httpx.Client(base_url=server.url, timeout=60.0, trust_env=False, verify=False)
