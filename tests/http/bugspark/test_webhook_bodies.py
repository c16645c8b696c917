"""A webhook that subscribed by BugSpark's names is sent the documented body: event, timestamp, report."""

import json
from typing import Any
from uuid import UUID

from lacewing.events import EventKind
from lacewing.http.bugspark.webhook_bodies import event_body
from lacewing.reports import FieldChange
from lacewing.webhooks import Doer
from tests.webhooks.happening import COMMENT, REPORT, happening

BASE = "https://bugs.example.org"


def told(name: str, it: Any) -> dict[str, Any]:
    return json.loads(event_body(name, it, BASE))


def test_a_new_report_is_told_in_camel_case_and_in_full() -> None:
    body = told("report.created", happening(EventKind.REPORT_CREATED))

    assert body.keys() == {"event", "timestamp", "data", "url", "actor"}
    assert body["event"] == "report.created"
    assert body["timestamp"] == "2026-03-02T09:00:00.000125Z"
    assert body["url"] == f"{BASE}/b/ada/WEB-42"
    assert body["actor"] == {"id": str(UUID(int=7)), "name": "Bob"}
    assert body["data"]["trackingId"] == "WEB-42"
    assert body["data"]["reporterIdentifier"] == "user@example.org"
    assert body["data"]["mergedIntoId"] is None


def test_an_update_tells_what_changed() -> None:
    body = told("report.updated", happening(EventKind.REPORT_UPDATED, FieldChange("status", "new", "closed")))

    assert body["changes"] == [{"field": "status", "before": "new", "after": "closed"}]


def test_a_comment_is_told_beside_its_report() -> None:
    it = happening(EventKind.COMMENT_CREATED, comment_id=COMMENT.id, comment=COMMENT)

    body = told("report.commented", it)

    assert body["comment"]["body"] == COMMENT.body
    assert body["comment"]["authorName"] == "Bob"
    assert body["data"]["id"] == str(REPORT.id)


def test_of_what_is_gone_only_its_ids_are_told() -> None:
    comment = told("report.comment_deleted", happening(EventKind.COMMENT_DELETED, comment_id=COMMENT.id))
    report = told("report.deleted", happening(EventKind.REPORT_DELETED, report=None, assignee=None))

    assert comment["comment"] == {"id": str(COMMENT.id)}
    assert report["data"] == {
        "id": str(REPORT.id),
        "projectId": str(REPORT.project_id),
        "trackingId": "WEB-42",
    }


def test_a_token_of_a_project_has_a_name_and_nobody_has_none() -> None:
    named = told("report.created", happening(EventKind.REPORT_CREATED, actor=Doer(None, "ci", None)))
    nobody = told("report.created", happening(EventKind.REPORT_CREATED, actor=None))

    assert named["actor"] == {"id": None, "name": "ci"}
    assert nobody["actor"] is None
