"""Who sees which page, and what leads where."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.http.conftest import Site
from tests.server import PASSWORD, Person

BROWSER = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
HOSTILE = "<script>alert(1)</script> & \"quotes'"


@pytest.fixture
def visitor(site: Site) -> Iterator[httpx.Client]:
    with site.http() as client:
        yield client


@pytest.fixture
def returning(site: Site, visitor: httpx.Client) -> httpx.Client:
    """Ada's browser, in which the access cookie has expired."""
    visitor.post("/login", data={"email": site.ada.email, "password": PASSWORD})
    visitor.cookies.delete("bugspark_access_token")
    return visitor


@pytest.mark.parametrize(
    "path", ["/", "/projects", "/projects/BSK", "/projects/ada/BSK", "/b/BSK-1", "/b/ada/B-1"]
)
def test_every_page_wants_a_login(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"] == ("/login" if path == "/" else f"/login?next={path}")


@pytest.mark.parametrize("path", ["/login", "/login?next=//evil.example", "/register"])
def test_who_is_signed_in_goes_home_from_there(site: Site, path: str) -> None:
    answer = site.ada.http.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_home_is_the_dashboard_and_the_plain_pages_stay_without_it(site: Site) -> None:
    answer = site.ada.http.get("/")

    assert (answer.status_code, answer.headers["location"]) == (303, "/app")
    assert "<noscript><p>" in (app := site.ada.http.get("/app").text)
    assert '<a href="/projects">' in app


def test_a_short_link_leads_into_the_dashboard_and_from_there_back_without_scripts(site: Site) -> None:
    code = _send(site, site.project.key, "By its short link")
    organization, number = _organization(site), code.partition("-")[2]
    inside, outside = f"/app/p/{organization}/{site.project.code}", f"/b/{organization}/{code}"

    for short in (f"/b/{code.lower()}", outside):
        answer = site.ada.http.get(short)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{inside}/{number}")
    app = site.ada.http.get(f"{inside}/{number}").text
    assert f'<noscript><meta http-equiv="refresh" content="0; url={outside}?view=plain">' in app
    assert "By its short link" in site.ada.http.get(f"{outside}?view=plain").text
    assert "http-equiv" not in site.ada.http.get("/app/p/%22%3E/WEB/1").text


def test_home_counts_the_reports_of_each_project(site: Site) -> None:
    with Person(site.server.url, "Rosalind") as rosalind:
        busy, idle = rosalind.create_project("Busy bees"), rosalind.create_project("Idle hands")
        for number in range(3):
            _send(site, busy.key, f"Report {number}")
        rows = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", rosalind.http.get("/projects").text, re.DOTALL)

    words = {
        code: " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for code in ("BB", "IH")
        for row in rows
        if code in row
    }
    assert words[busy.code].startswith("Busy bees BB 3 open 3 reports")
    assert words[idle.code] == "Idle hands IH 0 open 0 reports No reports yet"


def test_a_project_that_waits_shows_its_key_and_reloads_until_told_not_to(site: Site) -> None:
    with Person(site.server.url, "Waiting") as person:
        project = person.create_project("Web shop")
        page = person.http.get("/projects/ws").text
        still = person.http.get("/projects/WS?refresh=off").text

    assert project.key in page
    assert f"curl -X POST {site.server.url}/api/v1/reports" in page
    assert '<meta http-equiv="refresh"' in page
    assert '<meta http-equiv="refresh"' not in still


@pytest.mark.parametrize("host", ["a;rm -rf ~", "$(id)", "`id`", "a'b", "a/b", ""])
def test_a_strange_host_is_not_repeated_in_the_curl_line(site: Site, host: str) -> None:
    page = site.ada.http.get(f"/projects/{site.project.code}", headers={"Host": host})

    assert page.status_code == 400 or "curl -X POST http://localhost:" in page.text


def test_fifty_reports_make_a_page(site: Site) -> None:
    with Person(site.server.url, "Paging") as person:
        project = person.create_project("Web shop")
        for number in range(51):
            _send(site, project.key, f"Report {number}")
        first, second = (person.http.get(f"/projects/WS?page={page}").text for page in (1, 2))

    assert (first.count('class="report-id"'), second.count('class="report-id"')) == (50, 1)
    assert 'rel="next" href="/projects/WS?page=2"' in first
    assert 'rel="prev" href="/projects/WS"' in second


def test_a_report_is_shown_with_its_evidence_and_nothing_of_it_as_markup(site: Site) -> None:
    evidence = {
        "console_logs": [{"level": "error", "message": HOSTILE}],
        "network_logs": {"url": HOSTILE, "status": 500},
        "user_actions": [{"type": HOSTILE}],
        "metadata": {"url": HOSTILE, HOSTILE: None},
    }
    code = _send(site, site.project.key, HOSTILE, description=HOSTILE, **evidence)
    page = site.ada.http.get(f"/b/{code}?view=plain").text

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 7


@pytest.mark.parametrize("console", ["text", 3, None, [None, 1, "a", [], {}], {"level": {"a": []}}])
def test_evidence_of_any_shape_has_a_page(site: Site, console: object) -> None:
    parts = {"console_logs": console, "network_logs": console, "user_actions": console, "metadata": console}
    code = _send(site, site.project.key, "Strange", **parts)

    assert site.ada.http.get(f"/b/{code}?view=plain").status_code == 200


def test_a_ticket_shows_its_three_parts_once(site: Site) -> None:
    parts = {
        "given": "I am logged in here",
        "when": "I press the pay button",
        "then": "nothing happens at all",
    }
    with site.with_token(site.project_token) as client:
        body = {"ticket": {"title": "No payment possible", **parts}}
        ticket = client.post("/api/v1/tickets", json=body).raise_for_status().json()["ticket"]
    page = site.ada.http.get(f"/b/{ticket['code']}?view=plain").text

    assert [page.count(text) for text in parts.values()] == [1, 1, 1]


@pytest.mark.parametrize(
    "path", ["/b/BSK-999999", "/b/BSK", "/b/%00-1", "/projects/NONE", "/projects/%00", "/projects/eve/BSK"]
)
def test_what_is_not_there_is_404_as_a_page(site: Site, path: str) -> None:
    answer = site.ada.http.get(path)

    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_what_somebody_else_owns_is_404(site: Site) -> None:
    """D7"""
    code = _send(site, site.project.key, "Private matter")
    with Person(site.server.url, "Outside") as outside:
        answers = [
            outside.http.get(path)
            for path in (f"/b/{code}", f"/b/ada/{code}", f"/projects/{site.project.code}")
        ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999999999999999"])
def test_a_page_number_that_can_not_be_is_422(site: Site, query: str) -> None:
    assert site.ada.http.get(f"/projects/{site.project.code}?{query}").status_code == 422


def test_no_cache_keeps_a_page(site: Site, visitor: httpx.Client) -> None:
    answers = [
        site.ada.http.get("/projects"),
        site.ada.http.get("/b/BSK-999"),
        visitor.get("/"),
        visitor.get("/login"),
    ]

    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_after_a_pause_a_page_leads_through_resume_and_back(returning: httpx.Client) -> None:
    away = returning.get("/projects/BSK?page=2", headers=BROWSER)
    assert away.headers["location"] == "/resume?next=/projects/BSK%3Fpage%3D2"

    back = returning.get(away.headers["location"], headers=BROWSER)
    assert (back.status_code, back.headers["location"]) == (303, "/projects/BSK?page=2")
    assert returning.get("/projects").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**BROWSER, "Sec-Fetch-Site": "cross-site"},
        {**BROWSER, "Sec-Fetch-Site": "same-site"},
        {**BROWSER, "Sec-Fetch-Mode": "no-cors"},
        {**BROWSER, "Sec-Fetch-Dest": "iframe"},
        {**BROWSER, "Sec-Purpose": "prefetch"},
    ],
)
def test_a_visit_that_may_not_be_the_person_s_own_is_only_offered_a_button(
    returning: httpx.Client, headers: dict[str, str]
) -> None:
    """K-4"""
    answer = returning.get("/resume?next=/b/BSK-1", headers=headers)

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert returning.post("/resume", data={"next": "/b/BSK-1"}).headers["location"] == "/b/BSK-1"
    assert returning.get("/projects").status_code == 200


def test_resuming_never_leads_to_another_site(returning: httpx.Client) -> None:
    assert 'name="next" value="/"' in returning.get("/resume?next=//evil.example").text
    answer = returning.get("/resume?next=//evil.example", headers=BROWSER)
    assert answer.headers["location"] == "/"


def test_without_a_session_to_resume_the_cookies_go_and_the_login_comes(visitor: httpx.Client) -> None:
    visitor.cookies.set("bugspark_refresh_token", "nonsense")
    answer = visitor.post("/resume", data={"next": "/b/BSK-1"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/b/BSK-1")
    assert all("Max-Age=0" in line for line in answer.headers.get_list("set-cookie"))


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/nothing", "text/html"),
        ("/apifoo", "text/html"),
        ("/static/nothing.css", "text/html"),
        ("/api/nothing", "application/problem+json"),
        ("/health/nothing", "application/problem+json"),
        ("/api/v1/tickets/a/b/c", "application/json"),
    ],
)
def test_what_no_endpoint_answers_is_answered_by_the_owner_of_the_path(
    visitor: httpx.Client, path: str, media_type: str
) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_a_method_that_a_page_does_not_take_is_405_with_allow(visitor: httpx.Client) -> None:
    answer = visitor.get("/logout")

    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]
    assert "Not a page to open" in answer.text


def _organization(site: Site) -> str:
    found = site.ada.http.get(f"/api/v1/projects/{site.project.id}").raise_for_status().json()
    return str(found["organizationSlug"])


def _send(site: Site, key: str, title: str, **fields: object) -> str:
    """Answers the report's code."""
    body = {"title": title, "severity": "high", "category": "bug", **fields}
    with site.http(**{"X-API-Key": key}) as client:
        return str(client.post("/api/v1/reports", json=body).raise_for_status().json()["trackingId"])
