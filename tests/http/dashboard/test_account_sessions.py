"""Sessions and activity, by forms alone."""

import re

import pytest

from tests.http.conftest import Site
from tests.http.dashboard.people import Visitor, hidden, newcomer


@pytest.fixture
def grace(site: Site) -> Visitor:
    return newcomer(site)


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
