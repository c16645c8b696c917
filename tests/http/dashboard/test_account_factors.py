"""Second factors by forms alone: the app, recovery codes, and what a passkey's form refuses."""

import re

import pytest

from tests.http.conftest import Site
from tests.http.dashboard.people import Visitor, hidden, newcomer
from tests.http.dashboard.test_forms import field_errors, notice
from tests.http.dashboard.test_two_steps import add_passkey, as_json, authenticator

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def grace(site: Site) -> Visitor:
    return newcomer(site)


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


def test_a_passkey_is_listed_proves_and_is_removed(site: Site, grace: Visitor) -> None:
    """P-7, S-7"""
    key = authenticator(site)
    add_passkey(grace, key)
    challenge = grace.http.post("/reauth/options").json()["challenge"]
    proof = {"assertion": as_json(key.get(challenge)), "next": "/account/factors"}
    proved = grace.http.post("/reauth", data=proof)
    page = grace.http.get("/account/factors").text
    removed = grace.http.post(
        "/account/factors/remove-passkey", data={"passkey_id": hidden(page, "passkey_id")}
    )

    assert (proved.status_code, proved.headers["location"]) == (303, "/account/factors")
    assert "<bdi>Laptop</bdi>" in page
    assert removed.headers["location"] == "/account/factors?done=passkey-removed"
    assert grace.log_in(site.http()).status_code == 303
    assert grace.http.post("/reauth", data=proof).status_code == 401


def test_nobody_removes_the_passkey_of_another(site: Site, grace: Visitor) -> None:
    add_passkey(grace, authenticator(site))
    form = {"passkey_id": hidden(grace.http.get("/account/factors").text, "passkey_id")}

    assert newcomer(site).http.post("/account/factors/remove-passkey", data=form).status_code == 404
    assert "<bdi>Laptop</bdi>" in grace.http.get("/account/factors").text
