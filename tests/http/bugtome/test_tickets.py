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


def test_who_creates_a_ticket_with_a_token_of_their_own_is_its_reporter(site: Site) -> None:
    answer = site.with_token().post(f"{PREFIX}/tickets", json=new_ticket(project_id=site.project.id))
    ticket = answer.json()["ticket"]
    report = site.with_token().get(f"{PREFIX}/reports/{ticket['id']}").json()
    assert ticket["reporter"] == report["reporterIdentifier"] == site.ada.email


@pytest.mark.parametrize("per_page", ["101", "100000"])
def test_more_than_a_hundred_a_page_are_a_hundred(site: Site, per_page: str) -> None:
    answer = site.with_token().get(f"{PREFIX}/tickets?per_page={per_page}")
    assert answer.json()["meta"]["per_page"] == 100
