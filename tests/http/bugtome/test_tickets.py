"""Tickets over the wire beyond their documented shapes: organizations, other tenants, two dialects."""

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from lacewing.http.bugtome import BUGTOME
from lacewing.http.endpoint import Endpoint
from tests.http.conftest import Site
from tests.server import Person

_NUMBERS = count(1)
PREFIX = "/api/v1"
PARTS = {"given": "a cart with one item", "when": "I pay with a card", "then": "I see a receipt"}


def new_ticket(**changed: object) -> dict[str, Any]:
    return {"ticket": {"title": f"Ticket {next(_NUMBERS)}", **PARTS, **changed}}


@pytest.fixture
def eve(site: Site) -> Iterator[Person]:
    """Somebody else, with an organization of her own."""
    with Person(site.server.url, f"Eve{next(_NUMBERS)}") as person:
        yield person


@pytest.fixture
def organization(site: Site) -> str:
    found = site.with_token(site.personal).get(f"{PREFIX}/mcp/organizations").json()["organizations"]
    return f"{PREFIX}/mcp/organizations/{found[0]['id']}"


@pytest.fixture
def made(site: Site) -> dict[str, Any]:
    answer = site.with_token(site.project_token).post(f"{PREFIX}/tickets", json=new_ticket())
    ticket: dict[str, Any] = answer.json()["ticket"]
    return ticket


def twins() -> list[Endpoint]:
    return [endpoint for endpoint in BUGTOME.endpoints if endpoint.path.startswith(f"{PREFIX}/tickets")]


@pytest.mark.parametrize("endpoint", twins(), ids=lambda endpoint: f"{endpoint.method} {endpoint.path}")
def test_every_path_of_tickets_stands_below_an_organization_too(endpoint: Endpoint) -> None:
    below = endpoint.path.replace(PREFIX, f"{PREFIX}/mcp/organizations/{{organization_id}}", 1)
    [twin] = [item for item in BUGTOME.endpoints if (item.method, item.path) == (endpoint.method, below)]
    assert (twin.body, twin.query, twin.answer, twin.is_create) == (
        endpoint.body,
        endpoint.query,
        endpoint.answer,
        endpoint.is_create,
    )


def test_below_an_organization_there_is_only_what_is_its_own(
    site: Site, eve: Person, organization: str, made: dict[str, Any]
) -> None:
    project = eve.create_project()
    theirs = eve.http.post(f"{PREFIX}/tickets", json=new_ticket(project_id=project.id)).json()["ticket"]
    client = site.with_token()
    assert client.get(f"{organization}/tickets/{made['code']}").json()["ticket"] == made
    for reference in (theirs["id"], theirs["code"]):
        assert client.get(f"{organization}/tickets/{reference}").status_code == 404
    assert client.delete(f"{organization}/tickets/{theirs['id']}").status_code == 404
    refused = client.post(f"{organization}/tickets", json=new_ticket(project_id=project.id))
    assert (refused.status_code, refused.json()["message"]) == (404, "Project not found.")


@pytest.mark.parametrize("path", ["tickets", "projects", "tickets/BSK-1"])
def test_an_organization_of_others_is_answered_like_none(site: Site, eve: Person, path: str) -> None:
    [theirs] = eve.http.get(f"{PREFIX}/mcp/organizations").json()["organizations"]
    client = site.with_token()
    answers = [
        client.get(f"{PREFIX}/mcp/organizations/{wanted}/{path}") for wanted in (theirs["id"], uuid4())
    ]
    bodies = [
        {**answer.json(), "details": {**answer.json()["details"], "request_id": ""}} for answer in answers
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert bodies[0] == bodies[1]
    assert bodies[0]["message"] == "Organization not found."


def test_a_projects_counts_are_of_all_its_tickets_and_of_those_that_are_open(eve: Person) -> None:
    project = eve.create_project()
    [organization] = eve.http.get(f"{PREFIX}/mcp/organizations").json()["organizations"]
    path = f"{PREFIX}/mcp/organizations/{organization['id']}/projects"
    for _ in range(2):
        eve.http.post(f"{PREFIX}/tickets", json=new_ticket(project_id=project.id))
    [shown] = eve.http.get(path).json()["projects"]
    assert (shown["tickets_count"], shown["open_tickets_count"]) == (2, 2)


def test_a_deleted_ticket_is_gone_in_both_dialects(site: Site, made: dict[str, Any]) -> None:
    client = site.with_token()
    assert client.delete(f"{PREFIX}/tickets/{made['code']}").status_code == 204
    assert client.get(f"{PREFIX}/tickets/{made['id']}").status_code == 404
    assert client.get(f"{PREFIX}/reports/{made['id']}").status_code == 404
    again = client.delete(f"{PREFIX}/tickets/{made['code']}")
    assert (again.status_code, again.json()["message"]) == (404, "Ticket not found.")


def test_a_report_of_a_widget_is_edited_as_a_ticket_and_nothing_of_it_is_lost(site: Site) -> None:
    """Contract: a report without Given-When-Then shows its description as notes."""
    client = site.with_token()
    sent = {
        "title": f"Widget {next(_NUMBERS)}",
        "description": "It broke.",
        "severity": "low",
        "category": "ui",
    }
    made = site.with_key().post(f"{PREFIX}/reports", json=sent).json()
    path, report = f"{PREFIX}/tickets/{made['id']}", f"{PREFIX}/reports/{made['id']}"

    noted = client.patch(path, json={"ticket": {"notes": "It broke badly."}}).json()["ticket"]
    assert (noted["notes"], client.get(report).json()["description"]) == (
        "It broke badly.",
        "It broke badly.",
    )

    told = client.patch(path, json={"ticket": PARTS}).json()["ticket"]
    assert {**PARTS, "notes": "It broke badly."}.items() <= told.items()
    assert PARTS.items() <= client.get(report).json().items()
    assert "It broke badly." in client.get(report).json()["description"]


def test_a_ticket_that_is_edited_as_a_report_follows(site: Site, made: dict[str, Any]) -> None:
    client = site.with_token()
    changed = {"severity": "critical", "status": "triaging", "given": "an empty cart here"}
    report = client.patch(f"{PREFIX}/reports/{made['code']}", json=changed).json()
    ticket = client.get(f"{PREFIX}/tickets/{made['id']}").json()["ticket"]
    assert report["description"].startswith("Given an empty cart here\nWhen I pay")
    assert (ticket["given"], ticket["priority"], ticket["status"]) == (
        "an empty cart here",
        "critical",
        "open",
    )


@pytest.mark.parametrize("status", ["in_progress", "resolved", "closed"])
def test_open_leaves_an_open_ticket_and_takes_any_other_back(
    site: Site, made: dict[str, Any], status: str
) -> None:
    client, path = site.with_token(), f"{PREFIX}/tickets/{made['id']}"

    def set_to(wanted: str) -> tuple[int, str]:
        answer = client.patch(path, json={"ticket": {"status": wanted}})
        return answer.status_code, client.get(f"{PREFIX}/reports/{made['id']}").json()["status"]

    assert set_to("open") == (200, "new")
    assert set_to(status) == (200, status)
    assert set_to("open") == (200, "triaging")
    assert set_to("open") == (200, "triaging")


def test_a_status_that_can_not_follow_is_409_and_names_those_that_can(
    site: Site, made: dict[str, Any]
) -> None:
    client, path = site.with_token(), f"{PREFIX}/tickets/{made['id']}"
    client.patch(path, json={"ticket": {"status": "closed"}})
    answer = client.patch(path, json={"ticket": {"status": "resolved"}})
    assert (answer.status_code, answer.json()["error"]) == (409, "Conflict")
    assert answer.json()["details"]["code"] == "invalid_transition"
    assert "in_progress" in answer.json()["message"]


def test_what_was_changed_meanwhile_is_not_changed_with_if_match(site: Site, made: dict[str, Any]) -> None:
    client, path = site.with_token(), f"{PREFIX}/tickets/{made['id']}"
    tag = client.get(path).headers["etag"]
    first = client.patch(path, json={"ticket": {"notes": "first"}}, headers={"If-Match": tag})
    second = client.patch(path, json={"ticket": {"notes": "second"}}, headers={"If-Match": tag})
    assert (first.status_code, second.status_code) == (200, 412)
    third = client.patch(path, json={"ticket": {"notes": "x"}}, headers={"If-Match": first.headers["etag"]})
    assert third.status_code == 200


def test_a_comment_made_in_one_dialect_is_there_in_the_other(site: Site, made: dict[str, Any]) -> None:
    client = site.with_token()
    client.post(f"{PREFIX}/tickets/{made['id']}/comments", json={"comment": {"content": "one"}})
    client.post(f"{PREFIX}/reports/{made['id']}/comments", json={"body": "two"})
    ours = client.get(f"{PREFIX}/tickets/{made['id']}/comments").json()["comments"]
    theirs = client.get(f"{PREFIX}/reports/{made['id']}/comments").json()
    assert [item["content"] for item in ours] == [item["body"] for item in theirs] == ["one", "two"]


@pytest.mark.parametrize("content", ["", " ", "a\0b", "x" * 5001, None, 7])
def test_a_bad_comment_is_422(site: Site, made: dict[str, Any], content: object) -> None:
    path = f"{PREFIX}/tickets/{made['id']}/comments"
    answer = site.with_token().post(path, json={"comment": {"content": content}})
    assert (answer.status_code, list(answer.json()["details"])) == (422, ["content"])


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/tickets/none/such", {}),
        ("PUT", "/tickets", {}),
        ("GET", "/tickets/none", {"Authorization": "Bearer x", "X-API-Key": "x"}),
        ("GET", "/tickets", {"Authorization": "Bearer x"}),
        ("GET", "/mcp/organizations", {}),
    ],
)
def test_every_answer_tells_the_budget(site: Site, method: str, path: str, headers: dict[str, str]) -> None:
    answer = site.http().request(method, PREFIX + path, headers=headers)
    assert answer.status_code >= 400
    assert {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} <= answer.headers.keys()


def test_a_list_is_of_what_came_after_a_moment_and_in_the_order_that_is_asked_for(eve: Person) -> None:
    project = eve.create_project()
    first, second = (
        eve.http.post(f"{PREFIX}/tickets", json=new_ticket(project_id=project.id)).json()["ticket"]
        for _ in range(2)
    )

    def listed(**query: str) -> list[str]:
        answer = eve.http.get(f"{PREFIX}/tickets", params=query)
        return [ticket["id"] for ticket in answer.json()["tickets"]]

    assert listed() == [second["id"], first["id"]]
    assert listed(sort="oldest") == [first["id"], second["id"]]
    assert listed(created_after=first["created_at"], sort="oldest")[-1] == second["id"]
    assert listed(created_after="2999-01-01T00:00:00Z") == []


def test_a_list_is_narrowed_by_assignee_change_and_words_and_sorted_by_priority(eve: Person) -> None:
    project, me = eve.create_project(), eve.http.get(f"{PREFIX}/auth/me").json()["id"]
    plain, urgent = (
        eve.http.post(
            f"{PREFIX}/tickets", json=new_ticket(project_id=project.id, priority=priority, notes=notes)
        ).json()["ticket"]
        for priority, notes in (("low", "a plain one"), ("critical", "a marmalade jar"))
    )
    changed = eve.http.patch(
        f"{PREFIX}/tickets/{plain['id']}", json={"ticket": {"assignee_id": me, "priority": "medium"}}
    ).json()["ticket"]

    def listed(**query: str) -> list[str]:
        answer = eve.http.get(f"{PREFIX}/tickets", params=query)
        return [ticket["code"] for ticket in answer.json()["tickets"]]

    assert listed(assignee_id=me) == [plain["code"]]
    assert listed(assignee_id=str(uuid4())) == []
    assert listed(updated_after=changed["updated_at"]) == [plain["code"]]
    assert listed(sort="updated") == [plain["code"], urgent["code"]]
    assert listed(sort="priority") == [urgent["code"], plain["code"]]
    assert listed(search="marmalade") == [urgent["code"]]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("status", "new", "must be one of open, in_progress, resolved, closed"),
        ("priority", "urgent", "must be one of low, medium, high, critical"),
        ("sort", "best", "must be one of newest, oldest, updated, priority"),
        ("created_after", "yesterday", "is not valid"),
        ("updated_after", "2026-01-01", "is not valid"),
        ("assignee_id", "me", "must be a UUID"),
        ("page", "x", "must be a whole number"),
        ("per_page", "0", "must be at least 1"),
        ("project_id", "-", "must be a UUID or a project's code"),
    ],
)
def test_a_bad_filter_is_422_with_what_is_allowed(site: Site, field: str, value: str, sentence: str) -> None:
    answer = site.with_token().get(f"{PREFIX}/tickets", params={field: value})
    assert (answer.status_code, answer.json()["error"]) == (422, "Validation Failed")
    assert answer.json()["details"][field][0].startswith(sentence)


def test_who_creates_a_ticket_with_a_token_of_their_own_is_its_reporter(site: Site) -> None:
    answer = site.with_token().post(f"{PREFIX}/tickets", json=new_ticket(project_id=site.project.id))
    ticket = answer.json()["ticket"]
    report = site.with_token().get(f"{PREFIX}/reports/{ticket['id']}").json()
    assert ticket["reporter"] == report["reporterIdentifier"] == site.ada.email


def test_names_are_read_in_both_spellings(site: Site) -> None:
    """Contract A2, within the object too."""
    client = site.with_token()
    made = client.post(f"{PREFIX}/tickets", json=new_ticket(projectId=site.project.code))
    assert made.status_code == 201
    refused = client.patch(
        f"{PREFIX}/tickets/{made.json()['ticket']['id']}", json={"ticket": {"assigneeId": 7}}
    )
    assert (refused.status_code, list(refused.json()["details"])) == (422, ["assignee_id"])


@pytest.mark.parametrize("per_page", ["101", "100000"])
def test_more_than_a_hundred_a_page_are_a_hundred(site: Site, per_page: str) -> None:
    answer = site.with_token().get(f"{PREFIX}/tickets?per_page={per_page}")
    assert answer.json()["meta"]["per_page"] == 100
