"""Forgetting a password, and links in mails: opened, used, used again, made up (P-5, F-8, C-11, K-4)."""

import pytest

from tests.http.conftest import Site
from tests.http.dashboard.people import newcomer
from tests.http.dashboard.test_forms import field_errors
from tests.server import PASSWORD

NEW = "another password that is long"
UNSEEN = {"referrer-policy": "no-referrer", "x-robots-tag": "noindex", "cache-control": "no-store"}
PATHS = ["/reset-password", "/verify-email", "/undo-email", "/invitations/accept"]


def test_the_answer_never_says_whether_an_account_is_known(site: Site) -> None:
    """P-5"""
    known = newcomer(site).email
    answers = [site.http().post("/forgot-password", data={"email": email}) for email in (known, "x" + known)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].text.replace(known, "") == answers[1].text.replace("x" + known, "")


@pytest.mark.parametrize("email", ["", " ", "a\0b", "x" * 300])
def test_no_address_is_422_at_its_field(site: Site, email: str) -> None:
    answer = site.http().post("/forgot-password", data={"email": email})

    assert answer.status_code == 422
    assert field_errors(answer.text)


def test_a_link_sets_a_password_once_and_logs_nobody_in(site: Site) -> None:
    """P-5"""
    grace = newcomer(site)
    http = site.http()
    http.post("/forgot-password", data={"email": grace.email})
    token = grace.link("/reset-password")
    page = http.get(f"/reset-password?token={token}")
    form = {"token": token, "new_password": NEW}
    answer = http.post("/reset-password", data=form)

    assert (page.status_code, f'value="{token}"' in page.text) == (200, True)
    assert (answer.status_code, "Log in now" in answer.text) == (200, True)
    assert token not in answer.text
    assert not http.cookies
    assert http.post("/reset-password", data=form).status_code == 400
    assert grace.log_in(http).status_code == 401
    assert http.post("/login", data={"email": grace.email, "password": NEW}).status_code == 303


def test_a_weak_password_does_not_use_the_link_up(site: Site) -> None:
    grace = newcomer(site)
    http = site.http()
    http.post("/forgot-password", data={"email": grace.email})
    token = grace.link("/reset-password")
    weak = http.post("/reset-password", data={"token": token, "new_password": "password"})

    assert (weak.status_code, len(field_errors(weak.text))) == (422, 1)
    assert http.post("/reset-password", data={"token": token, "new_password": NEW}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["", "nonsense", "é", "%00", "%22%3E%3Cscript%3E"])
def test_any_link_opens_a_page_for_its_holder_alone(site: Site, path: str, token: str) -> None:
    """F-8"""
    answer = site.http().get(f"{path}?token={token}")

    assert answer.status_code in {200, 400}
    assert UNSEEN.items() <= answer.headers.items()
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_a_bad_link_has_a_friendly_end(site: Site, path: str) -> None:
    http = site.http() if path != "/invitations/accept" else newcomer(site).http
    answer = http.post(path, data={"token": "nonsense", "new_password": NEW})

    assert answer.status_code == 400
    assert "<h1>This link has ended</h1>" in answer.text


def test_opening_a_link_changes_nothing_and_its_button_does(site: Site) -> None:
    """K-4"""
    grace = newcomer(site)
    token = grace.link("/verify-email")
    site.http().get(f"/verify-email?token={token}")
    before = grace.http.get("/account").text
    answer = site.http().post("/verify-email", data={"token": token})

    assert "not verified" in before
    assert "Your address is verified" in answer.text
    assert "not verified" not in grace.http.get("/account").text
    assert site.http().post("/verify-email", data={"token": token}).status_code == 400


def test_an_address_is_changed_by_its_person_and_taken_back_by_the_old_one(site: Site) -> None:
    """C-11"""
    grace, eve = newcomer(site), newcomer(site)
    new = f"new-{grace.email}"
    asked = grace.http.post("/account/email", data={"email": new})
    token = grace.link("/confirm-email", new)
    assert asked.headers["location"] == "/account?done=email-asked"

    visitor = site.http()
    assert visitor.get(f"/confirm-email?token={token}").headers["location"].startswith("/login?next=")
    assert eve.http.post("/confirm-email", data={"token": token}).status_code == 400
    assert grace.http.get(f"/confirm-email?token={token}").status_code == 200
    confirmed = grace.http.post("/confirm-email", data={"token": token})
    assert confirmed.headers["location"] == "/account?done=email-changed"
    assert new in grace.http.get("/account").text

    undo = grace.link("/undo-email")
    assert visitor.get(f"/undo-email?token={undo}").status_code == 200
    assert new in grace.http.get("/account").text
    assert "Your old address is back" in visitor.post("/undo-email", data={"token": undo}).text
    assert grace.http.get("/account").status_code == 303
    assert visitor.post("/login", data={"email": grace.email, "password": PASSWORD}).status_code == 303


def test_no_token_of_a_link_is_logged(site: Site) -> None:
    """U-3"""
    grace = newcomer(site)
    token = grace.link("/verify-email")
    site.http().get(f"/verify-email?token={token}")
    site.http().post("/verify-email", data={"token": token})

    assert token not in site.server.log_tail(10_000_000)
