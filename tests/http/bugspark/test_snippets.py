"""How a site takes in the widget, as the dashboard and scripts ask for it."""

import httpx

from lacewing.http.snippets import NO_KEY, snippets
from tests.http.conftest import Site

FRAMEWORKS = ["plain", "react", "vue", "angular", "svelte", "nextjs", "django", "rails"]


def test_each_framework_has_a_snippet_with_the_project_s_key(site: Site) -> None:
    told = site.with_token().get(f"/api/v1/projects/{site.project.code}/snippets").json()

    assert told["publishableKey"] == site.project.key
    assert [snippet["framework"] for snippet in told["snippets"]] == FRAMEWORKS
    for snippet in told["snippets"]:
        assert site.project.key in snippet["code"]
        assert site.server.url in snippet["code"]
        assert "$" not in snippet["code"] + (snippet["install"] or "")


def test_rails_makes_the_same_tag_by_its_own_means() -> None:
    """Read, since Rails is not installed here: `data` of the helper becomes attributes with dashes."""
    rails = snippets("https://bugs.example.com", "bsk_pub_x")[-1].code
    source = '"https://bugs.example.com/widget.js"'
    data = 'data: { project_key: "bsk_pub_x" }'
    assert rails == f"<%= javascript_include_tag {source}, async: true, {data} %>"


def test_without_a_key_its_place_is_left_open() -> None:
    assert all(NO_KEY in snippet.code for snippet in snippets("https://bugs.example.com", None))


def test_anybody_reads_where_the_widget_is_loaded_from(site: Site) -> None:
    told = site.http().get("/api/v1/widget").json()

    assert told["scriptUrl"] == f"{site.server.url}/widget.js"
    assert told["versionUrl"] == f"{site.server.url}/widget/v1.js"


def test_a_strange_host_is_not_repeated_in_a_snippet(site: Site) -> None:
    answer: httpx.Response = site.http(Host='"><script>').get("/api/v1/widget")

    assert answer.status_code == 400 or "script>" not in answer.text
