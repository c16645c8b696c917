"""Proving again who one is, on the way to what changes an account (S-7)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from tests.http.conftest import QUICK, Site
from tests.http.dashboard.people import Visitor, hidden, newcomer
from tests.http.dashboard.test_forms import field_errors, notice
from tests.server import PASSWORD, Person, Server

NEW = "another password that is long"


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
