"""What one is told of, over the wire."""

import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from tests.http.conftest import Site
from tests.server import Person, Project

PATIENCE_SECONDS = 60.0
_NUMBERS = count(1)


@pytest.fixture
def grace(site: Site) -> Iterator[Person]:
    with Person(site.server.url, f"Grace{next(_NUMBERS)}") as grace:
        yield grace


def told(person: Person, most: int) -> list[dict[str, Any]]:
    """The newest first, once there are so many."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        items: list[dict[str, Any]] = person.http.get("/api/v1/notifications").json()["items"]
        if len(items) >= most:
            return items
        time.sleep(0.05)
    raise AssertionError(f"not told {most} times")


def submit(site: Site, project: Project) -> str:
    report = {"title": "It broke", "severity": "critical", "category": "bug", "description": "x"}
    answer = site.http(**{"X-API-Key": project.key}).post("/api/v1/reports", json=report)
    return str(answer.json()["id"])


def read(person: Person, **what: object) -> object:
    return person.http.post("/api/v1/notifications/read", json=what).json()


def test_a_report_is_told_counted_and_read(site: Site, grace: Person) -> None:
    project = grace.create_project("Told")
    report_id = submit(site, project)
    [item] = told(grace, 1)

    assert (item["topic"], item["sentence"]) == ("new_critical", "New report of critical severity")
    assert item["report"] == {
        "id": report_id,
        "trackingId": item["report"]["trackingId"],
        "title": "It broke",
        "projectId": project.id,
        "projectName": "Told",
    }
    assert (item["readAt"], item["actorId"], item["comment"]) == (None, None, None)
    assert grace.http.get("/api/v1/notifications/count").json() == {"unread": 1, "isCapped": False}
    assert read(grace, ids=[item["id"]]) == {"read": 1}
    assert grace.http.get("/api/v1/notifications", params={"unread": "true"}).json()["items"] == []
    assert read(grace, all=True) == {"read": 0}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/notifications/preferences", {"digest": "weekly"}, "digest"),
        ("/notifications/preferences", {"topics": {"sms": "mail"}}, "sms"),
        ("/notifications/preferences", {"topics": {"assigned": "sms"}}, "assigned"),
        ("/notifications/preferences", {"topics": []}, "topics"),
        ("/notifications/preferences", {"digests": "daily"}, "digests"),
        ("/projects/{}/notifications/preferences", {}, "topics"),
    ],
)
def test_a_wrong_choice_is_told_by_its_field(
    site: Site, path: str, body: dict[str, object], field: str
) -> None:
    answer = site.ada.http.patch(f"/api/v1{path.format(site.project.id)}", json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_choices_are_taken_in_either_spelling_and_told(site: Site, grace: Person) -> None:
    project = grace.create_project("Chosen")
    body = {"digest": "hourly", "topics": {"newLow": "mail", "status_changed": "off"}}
    changed = grace.http.patch("/api/v1/notifications/preferences", json=body).json()
    assert changed == grace.http.get("/api/v1/notifications/preferences").json()
    chosen = {topic: choice for topic, choice in changed["topics"].items() if choice != "default"}
    assert (changed["digest"], chosen) == ("hourly", {"new_low": "mail", "status_changed": "off"})

    path = f"/api/v1/projects/{project.id}/notifications/preferences"
    there = grace.http.patch(path, json={"topics": {"new_low": "off"}}).json()
    assert there == grace.http.get(path).json()
    assert (there["topics"]["new_low"], there["effective"]["new_low"]) == ("off", "off")
    assert (there["topics"]["status_changed"], there["effective"]["status_changed"]) == ("default", "off")


@pytest.mark.parametrize(
    "body", [{}, {"ids": []}, {"ids": ["x"]}, {"all": True, "ids": ["0" * 32]}, {"ids": "\0"}, {"all": 1}]
)
def test_what_is_read_has_to_be_said(site: Site, body: dict[str, object]) -> None:
    answer: httpx.Response = site.ada.http.post("/api/v1/notifications/read", json=body)
    assert answer.status_code == 422
