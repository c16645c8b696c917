"""The dashboard's document: whose it is, and what stands in it before anything is painted."""

import re

import pytest

from tests.http.conftest import Site


@pytest.mark.parametrize("path", ["/app", "/app/", "/app/p/ada/BSK", "/app/p/ada/BSK?q=is:open"])
def test_every_address_of_the_app_is_the_same_document(site: Site, path: str) -> None:
    answer = site.ada.http.get(path)

    assert answer.status_code == 200
    assert answer.content == site.ada.http.get("/app").content
    assert answer.headers["cache-control"] == "no-store"


def test_nothing_of_it_is_inline_and_its_policy_allows_nothing_that_is(site: Site) -> None:
    """K-5"""
    answer = site.ada.http.get("/app")
    policy = answer.headers["content-security-policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<style|<script(?! type=\"module\" src=\"/static/)|\son\w+=|style=", answer.text) == []


def test_a_stranger_is_led_to_the_login_and_back(site: Site) -> None:
    with site.http() as stranger:
        answer = stranger.get("/app/p/ada/BSK?q=is:open")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/app/p/ada/BSK%3Fq%3Dis%3Aopen"


@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("x' onload=", ""), ("", "")],
)
def test_the_chosen_theme_stands_in_every_document(site: Site, cookie: str, attribute: str) -> None:
    session = "; ".join(f"{each.name}={each.value}" for each in site.ada.http.cookies.jar)
    for path in ("/app", "/projects"):
        answer = site.ada.http.get(path, headers={"Cookie": f"{session}; lacewing_theme={cookie}"})
        assert f'<html lang="en"{attribute}>' in answer.text


def test_every_page_is_written_in_the_language_that_the_browser_prefers(site: Site) -> None:
    german = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.8"}
    app = site.ada.http.get("/app", headers=german)
    with site.http() as stranger:
        login = stranger.post("/login", data={"email": "", "password": "x"}, headers=german)
        lost = stranger.get("/nowhere", headers=german)

    for answer, words in (
        (app, "einfachen Seiten"),
        (login, "Darf nicht leer sein."),
        (lost, "Seite nicht gefunden"),
    ):
        assert '<html lang="de"' in answer.text
        assert words in answer.text
        assert "Accept-Language" in answer.headers["vary"]
