"""What can go wrong, as a page or as a redirect."""

import pytest

from lacewing.http.arrival import Headers
from lacewing.http.dashboard.errors import STATUSES, TITLES, render
from lacewing.http.endpoint import Asked
from lacewing.http.problems import KINDS, Kind, Problem
from lacewing.kit.errors import ErrorKind
from tests.world import visit

PAGES = [kind for kind in KINDS if kind is not ErrorKind.UNAUTHENTICATED]


def asked(method: str = "GET", target: str = "/b/ORC-1?page=2", cookie: str = "") -> Asked:
    return Asked(visit(), Headers([(b"cookie", cookie.encode())] if cookie else []), method, target)


def way_in(request: Asked) -> str:
    problem = Problem(ErrorKind.UNAUTHENTICATED, "invalid_token", "Your session has ended.")
    reply = render(problem, request)
    assert reply.status == 303
    return dict(reply.headers)["Location"]


def test_every_kind_of_error_has_a_status() -> None:
    assert set(STATUSES) == set(KINDS)


@pytest.mark.parametrize("kind", PAGES)
def test_every_error_page_tells_what_happened_and_escapes_it(kind: Kind) -> None:
    reply = render(Problem(kind, "some_code", "No <b>such</b> thing."), asked())
    text = reply.body.decode()

    assert reply.status == STATUSES[kind]
    assert f"<h1>{TITLES[reply.status]}</h1>" in text
    assert "No &lt;b&gt;such&lt;/b&gt; thing." in text
    assert "request-of-ada" in text


def test_who_is_not_logged_in_is_led_to_the_login_and_back() -> None:
    assert way_in(asked()) == "/login?next=/b/ORC-1%3Fpage%3D2"


@pytest.mark.parametrize("prefix", ["", "__Host-"])
def test_who_holds_a_refresh_token_is_led_to_resume_and_back(prefix: str) -> None:
    cookie = f"{prefix}bugspark_refresh_token=abc"

    assert way_in(asked(cookie=cookie)) == "/resume?next=/b/ORC-1%3Fpage%3D2"


def test_a_form_is_not_posted_again_after_logging_in() -> None:
    assert way_in(asked("POST", "/projects")) == "/login"


@pytest.mark.parametrize(
    ("method", "target", "back"),
    [
        ("GET", "/device?code=B", "/device%3Fcode%3DB"),
        ("POST", "/account/sessions/end", "/account/sessions"),
        ("POST", "/account/email", "/account"),
    ],
)
def test_what_takes_a_fresh_proof_leads_through_it_to_its_page(method: str, target: str, back: str) -> None:
    """S-7"""
    problem = Problem(ErrorKind.FORBIDDEN, "reauth_required", "Prove again that it is you.")
    reply = render(problem, asked(method, target))

    assert (reply.status, dict(reply.headers)["Location"]) == (303, f"/reauth?next={back}")
