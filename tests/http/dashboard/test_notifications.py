"""The list, the choices, and the link in mails that ends them, by forms alone."""

import re
from uuid import UUID

import httpx
import pytest

from lacewing.kit.keyring import parse
from lacewing.notifications.unsubscribe import unsubscribe_path
from tests.http.bugspark.test_notifications import submit, told
from tests.http.conftest import Site
from tests.http.dashboard.people import newcomer
from tests.server import Person

PAGE = "/account/notifications"


def test_the_list_shows_what_is_new_and_is_read_by_a_form(site: Site) -> None:
    with Person(site.server.url, "Ida") as ida:
        project = ida.create_project("Listed")
        for _ in range(2):
            submit(site, project)
        told(ida, 1)
        page = ida.http.get(PAGE).text
        count = page.count(">new</span>")
        assert f"{count} unread" in page
        first = re.search(r'name="id" value="([^"]+)"', page)
        assert first is not None
        assert ida.http.post(f"{PAGE}/read", data={"id": first[1]}).headers["location"] == PAGE
        assert ida.http.get(PAGE).text.count(">new</span>") == count - 1
        ida.http.post(f"{PAGE}/read")
        assert "Mark all as read" not in ida.http.get(PAGE).text


def test_choices_are_kept_and_shown(site: Site) -> None:
    grace = newcomer(site)
    assert "No mails come until your address is verified" in grace.http.get(f"{PAGE}/preferences").text
    form = {"digest": "daily", "commented": "off", "new_low": "mail"}
    saved = grace.http.post(f"{PAGE}/preferences", data=form)
    page = grace.http.get(saved.headers["location"]).text
    assert "Your choice is saved" in page
    selected = dict(re.findall(r'<select id="(\w+)".*?value="(\w+)" selected', page, re.DOTALL))
    assert {topic: choice for topic, choice in selected.items() if choice != "default"} == form
    assert grace.http.post(f"{PAGE}/preferences", data={"digest": "weekly"}).status_code == 422


@pytest.mark.parametrize(
    "one_click",
    [
        {"data": {"List-Unsubscribe": "One-Click"}},
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
        {},
    ],
    ids=["urlencoded", "multipart", "no body"],
)
def test_a_mail_program_s_one_click_ends_mails(site: Site, one_click: dict[str, dict[str, str]]) -> None:
    """RFC 8058: a POST without cookies, in either form; to open the link changes nothing."""
    grace = newcomer(site)
    ring = parse((site.server.data / "secret-keys").read_text())
    path = unsubscribe_path(ring, UUID(grace.http.get("/api/v1/auth/me").json()["id"]))
    stranger = site.http()
    opened = stranger.get(path)
    assert (opened.status_code, opened.headers["referrer-policy"]) == (200, "no-referrer")
    assert digest(grace.http) == "immediately"
    assert stranger.post(path, **one_click).status_code == 200  # type: ignore[arg-type]
    assert digest(grace.http) == "never"
    assert stranger.post(f"{path}x").status_code == 400


def digest(http: httpx.Client) -> str:
    return str(http.get("/api/v1/notifications/preferences").json()["digest"])
