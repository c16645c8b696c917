"""The page that misbehaves, and the snippets on a project's page."""

import pytest

from lacewing.http.content_policy import WITH_WIDGET
from tests.http.conftest import Site
from tests.server import Person


def test_the_test_page_is_for_members(site: Site) -> None:
    with Person(site.server.url, "Stranger") as stranger:
        stranger.create_project("Elsewhere")
        assert stranger.http.get(f"/widget/test?project={site.project.code}").status_code == 404
    assert site.http().get("/widget/test").headers["location"] == "/login?next=/widget/test"


def test_the_test_page_has_the_chosen_project_s_key_under_the_documented_policy(site: Site) -> None:
    with Person(site.server.url, "Chooser") as person:
        older, newer = person.create_project("Older"), person.create_project("Newer")
        chosen = person.http.get(f"/widget/test?project=chooser/{older.code.lower()}")
        unnamed = person.http.get("/widget/test").text

    assert f'<script src="/widget.js" data-project-key="{older.key}" async>' in chosen.text
    assert chosen.headers["content-security-policy"] == WITH_WIDGET
    assert f'value="chooser/{older.code}" selected' in chosen.text
    assert f'value="chooser/{newer.code}" selected' in unnamed


def test_a_project_that_refuses_this_page_says_so(site: Site) -> None:
    with Person(site.server.url, "Refuser") as person:
        project = person.create_project("Shop")
        person.http.patch(f"/api/v1/projects/{project.id}", json={"domain": "shop.example.com"})
        page = person.http.get(f"/widget/test?project={project.code}").text

    assert "takes reports from <code>shop.example.com</code> only" in page


def test_without_a_project_there_is_no_test_page(site: Site) -> None:
    with Person(site.server.url, "Empty") as person:
        assert person.http.get("/widget/test").headers["location"] == "/"


@pytest.mark.parametrize(
    ("framework", "words"),
    [("", "data-project-key"), ("nextjs", "next/script"), ("<script>", "data-project-key")],
)
def test_a_project_s_page_shows_one_framework_s_snippet(site: Site, framework: str, words: str) -> None:
    page = site.ada.http.get(f"/projects/{site.project.code}", params={"framework": framework}).text

    assert words in page
    assert "<script>" not in page
