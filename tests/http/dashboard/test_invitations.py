"""Accepting an invitation: by whom it was sent to, with or without an account."""

import secrets

import httpx
import pytest

from tests.http.conftest import QUICK, Site
from tests.http.dashboard.people import Visitor, newcomer
from tests.http.dashboard.test_forms import field_errors
from tests.mailed import token_of
from tests.server import PASSWORD, Person, Server

PAGE = "/invitations/accept"


def invite(host: httpx.Client, email: str) -> str:
    """The organization's name."""
    created = host.post("/api/v1/projects", json={"name": "Orchard"}).json()
    path = f"/api/v1/organizations/{created['organizationId']}/invitations"
    answer = host.post(path, json={"email": email, "role": "member"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["organizationName"])


@pytest.fixture
def ada(site: Site) -> Visitor:
    return newcomer(site)


def test_whom_it_was_sent_to_accepts_with_a_click(site: Site, ada: Visitor) -> None:
    grace = newcomer(site)
    name = invite(ada.http, grace.email)
    token = grace.link(PAGE)
    page = grace.http.get(f"{PAGE}?token={token}")
    assert "Orchard" not in grace.http.get("/projects").text

    answer = grace.http.post(PAGE, data={"token": token})

    assert all(word in page.text for word in (name, "member", "Accept the invitation"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Orchard" in grace.http.get("/projects").text
    assert "not verified" not in grace.http.get("/account").text
    assert grace.http.post(PAGE, data={"token": token}).status_code == 400


def test_somebody_else_is_told_so_and_gets_nothing(site: Site, ada: Visitor) -> None:
    grace, eve = newcomer(site), newcomer(site)
    invite(ada.http, grace.email)
    token = grace.link(PAGE)
    page = eve.http.get(f"{PAGE}?token={token}")

    assert "sent to another address" in page.text
    assert "Accept the invitation" not in page.text
    assert eve.http.post(PAGE, data={"token": token}).status_code == 403
    assert "Orchard" not in eve.http.get("/projects").text


def test_who_is_not_logged_in_logs_in_on_the_way(site: Site, ada: Visitor) -> None:
    grace = newcomer(site)
    invite(ada.http, grace.email)
    token = grace.link(PAGE)
    page = site.http().get(f"{PAGE}?token={token}").text
    after_pause = site.http(Cookie="bugspark_refresh_token=x").get(f"{PAGE}?token={token}").text

    assert f"/login?next={PAGE}%3Ftoken%3D{token}" in page
    assert f"/resume?next={PAGE}%3Ftoken%3D{token}" in after_pause


def test_a_newcomer_registers_with_the_invited_address_and_is_in(site: Site, ada: Visitor) -> None:
    email = f"{secrets.token_hex(6)}@example.com"
    invite(ada.http, email)
    grace = Visitor(site, email, site.http())
    form = {"token": grace.link(PAGE), "name": "Grace", "password": PASSWORD, "email": "else@example.com"}
    answer = grace.http.post("/invitations/register", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Orchard" in grace.http.get("/projects").text
    account = grace.http.get("/account").text
    assert email in account
    assert "not verified" not in account
    assert site.http().post("/invitations/register", data=form).status_code == 400


def test_what_is_wrong_stands_at_its_field_and_uses_nothing_up(site: Site, ada: Visitor) -> None:
    email = f"{secrets.token_hex(6)}@example.com"
    invite(ada.http, email)
    form = {"token": token_of(site.server, PAGE, email), "name": "", "password": "password"}
    answer = site.http().post("/invitations/register", data=form)

    assert (answer.status_code, len(field_errors(answer.text))) == (422, 2)
    assert site.http().get(f"{PAGE}?token={form['token']}").status_code == 200


def test_who_has_an_account_already_is_told_so(site: Site, ada: Visitor) -> None:
    grace = newcomer(site)
    invite(ada.http, grace.email)
    form = {"token": grace.link(PAGE), "name": "Grace", "password": PASSWORD}
    answer = site.http().post("/invitations/register", data=form)

    assert answer.status_code == 409
    assert "already registered" in answer.text


@pytest.mark.parametrize(("registration", "status"), [("invite", 303), ("closed", 403)])
def test_registration_by_invitation_follows_the_setting(
    tmp_path_factory: pytest.TempPathFactory, registration: str, status: int
) -> None:
    """D8; confirming the address is not asked for, since the mail has reached it."""
    settings = {**QUICK, "LACEWING_REGISTRATION": registration, "LACEWING_REGISTRATION_CONFIRM": "on"}
    with Server(tmp_path_factory.mktemp(registration), settings) as server, Person(server.url) as ada:
        invite(ada.http, "grace@example.com")
        token = token_of(server, PAGE, "grace@example.com")
        with httpx.Client(base_url=server.url, timeout=60.0, trust_env=False, verify=False) as http:
            page = http.get(f"{PAGE}?token={token}").text
            form = {"token": token, "name": "Grace", "password": PASSWORD}
            answer = http.post("/invitations/register", data=form)
            body = {
                "name": "Eve",
                "email": "eve@example.com",
                "password": PASSWORD,
                "invitation_token": token,
            }
            other = http.post("/api/v1/auth/register", json=body)

    assert ("Create account and join" in page) is (status == 303)
    assert answer.status_code == status
    assert other.status_code in {400, 403}
