"""A webhook that subscribed by BugToMe's names is sent a ticket, and the change in its contract's shape."""

import json
from typing import Any
from uuid import UUID

import pytest

from lacewing.events import EventKind
from lacewing.http.bugtome.webhook_bodies import event_body
from lacewing.reports import Assignee, FieldChange
from lacewing.webhooks import Happening
from tests.webhooks.happening import AT, COMMENT, PERSON, happening

BASE = "https://bugs.example.org"
STATUS = FieldChange("status", "triaging", "closed")
ASSIGNED = FieldChange("assignee_id", None, str(PERSON))
BOB = {"id": str(PERSON), "email": "bob@example.org", "name": "Bob"}


def told(name: str, it: Happening) -> dict[str, Any]:
    body = event_body(name, it, BASE)
    assert body is not None
    return json.loads(body)


def updated(*changes: FieldChange, **others: Any) -> Happening:
    return happening(EventKind.REPORT_UPDATED, *changes, **others)


def test_a_body_is_as_the_contract_says() -> None:
    body = told("ticket_created", happening(EventKind.REPORT_CREATED))

    assert body.keys() == {"event", "timestamp", "data"}
    assert body["timestamp"] == "2026-03-02T09:00:00.000125Z"
    data = body["data"]
    assert data.keys() == {"ticket", "actor", "organization", "project", "changes"}
    assert data["ticket"]["code"] == "WEB-42"
    assert data["ticket"]["url"] == f"{BASE}/b/WEB-42"
    assert data["ticket"]["assignee"] == BOB
    assert data["actor"] == BOB
    assert data["organization"] == {"id": str(UUID(int=1)), "name": "Ada's Shop", "slug": "ada"}
    assert data["project"] == {"id": str(UUID(int=2)), "name": "Website", "code": "WEB", "slug": "website"}
    assert data["changes"] == {}


@pytest.mark.parametrize(
    ("name", "it", "changes"),
    [
        ("ticket_status_changed", updated(STATUS), {"old_status": "open", "new_status": "closed"}),
        ("ticket_closed", updated(STATUS), {"old_status": "open", "new_status": "closed"}),
        ("ticket_assigned", updated(ASSIGNED), {"assignee": BOB}),
        (
            "ticket_priority_changed",
            updated(FieldChange("severity", "low", "high")),
            {"old_priority": "low", "new_priority": "high"},
        ),
        (
            "ticket_commented",
            happening(EventKind.COMMENT_CREATED, comment_id=COMMENT.id, comment=COMMENT),
            {
                "comment": {
                    "id": str(COMMENT.id),
                    "content": COMMENT.body,
                    "created_at": AT.isoformat().replace("+00:00", "Z"),
                }
            },
        ),
    ],
)
def test_each_change_has_its_shape(name: str, it: Happening, changes: dict[str, Any]) -> None:
    assert told(name, it)["data"]["changes"] == changes


@pytest.mark.parametrize(
    ("name", "it"),
    [
        ("ticket_status_changed", updated(FieldChange("status", "new", "triaging"))),
        ("ticket_assigned", updated(ASSIGNED, assignee=None)),
        ("ticket_assigned", updated(ASSIGNED, assignee=Assignee(UUID(int=8), "cleo@example.org", "Cleo"))),
        ("ticket_commented", happening(EventKind.COMMENT_CREATED, comment_id=COMMENT.id)),
        ("ticket_created", happening(EventKind.REPORT_CREATED, report=None)),
    ],
)
def test_what_is_none_of_a_tickets_changes_is_not_told(name: str, it: Happening) -> None:
    assert event_body(name, it, BASE) is None
