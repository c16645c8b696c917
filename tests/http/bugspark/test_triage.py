"""Triage over the wire: what changes, what is refused and how, in both spellings of a name."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.http.conftest import Site

PATH = "/api/v1/reports"


@pytest.fixture
def api(site: Site) -> Iterator[httpx.Client]:
    return site.with_token()


def submit(site: Site, title: str = "It broke") -> dict[str, Any]:
    body = {"title": title, "severity": "low", "category": "bug", "project_id": site.project.id}
    return site.with_token().post(PATH, json=body).raise_for_status().json()


def test_a_change_answers_what_a_get_does_with_the_same_tag(site: Site, api: httpx.Client) -> None:
    path = f"{PATH}/{submit(site)['trackingId']}"
    changed = api.patch(path, json={"status": "triaging", "assigneeId": None, "notes": "n"})
    read = api.get(path)

    assert changed.status_code == 200
    assert changed.json() == read.json()
    assert (changed.json()["status"], changed.json()["notes"]) == ("triaging", "n")
    assert changed.headers["etag"] == read.headers["etag"]
    assert api.get(path, headers={"If-None-Match": read.headers["etag"]}).status_code == 304


def test_a_change_of_what_was_changed_meanwhile_is_412(site: Site, api: httpx.Client) -> None:
    path = f"{PATH}/{submit(site)['id']}"
    seen = {"If-Match": api.get(path).headers["etag"]}
    first = api.patch(path, json={"severity": "high"}, headers=seen)
    second = api.patch(path, json={"severity": "low"}, headers=seen)

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["code"] == "changed_meanwhile"
    assert api.patch(path, json={"severity": "low"}, headers={"If-Match": "*"}).status_code == 200
    assert api.patch(path, json={"severity": "low"}, headers={"If-Match": '"nonsense"'}).status_code == 412
    latest = {"If-Match": f'"x", {api.get(path).headers["etag"]}'}
    assert api.patch(path, json={"title": "Again"}, headers=latest).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": None}, "title"),
        ({"severity": None}, "severity"),
        ({"severity": "huge"}, "severity"),
        ({"status": "done"}, "status"),
        ({"assignee_id": "bob"}, "assignee_id"),
        ({"assignee_id": "00000000-0000-4000-8000-000000000000"}, "assignee_id"),
        ({"labels": "x"}, "labels"),
        ({"description": "\0"}, "description"),
        ({"satus": "closed"}, ""),
    ],
)
def test_a_bad_change_is_422_at_its_field(
    site: Site, api: httpx.Client, body: dict[str, Any], field: str
) -> None:
    answer = api.patch(f"{PATH}/{submit(site)['id']}", json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_the_documents_words_are_understood_and_a_bad_step_names_the_allowed_ones(
    site: Site, api: httpx.Client
) -> None:
    """Contract A10."""
    path = f"{PATH}/{submit(site)['id']}"
    said = [api.patch(path, json={"status": word}).json()["status"] for word in ("open", "dismissed", "open")]
    assert said == ["new", "closed", "triaging"]

    refused = api.patch(path, json={"status": "new"})
    assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")
    assert refused.json()["detail"].endswith("From there it can become: in_progress, resolved, closed.")


def test_comments_labels_and_watchers(site: Site, api: httpx.Client) -> None:
    report = submit(site)
    path, project = f"{PATH}/{report['trackingId']}", f"/api/v1/projects/{site.project.id}/labels"
    label = api.post(project, json={"name": f"L {report['trackingId']}", "color": "#ABCDEF"}).json()
    labelled = api.patch(path, json={"labels": [label["name"].lower()]}).json()
    said = api.post(f"{path}/comments", json={"body": " é <b> "})
    renamed = api.patch(f"{project}/{label['id']}", json={"name": f"M {report['trackingId']}"}).json()

    assert (label["color"], labelled["labels"]) == ("#abcdef", [label["name"]])
    assert (said.status_code, said.json()["body"]) == (201, " é <b> ")
    assert api.get(f"{path}/comments").json() == [said.json()]
    assert api.get(path).json()["labels"] == [renamed["name"]]
    assert [watcher["userId"] for watcher in api.get(f"{path}/watchers").json()] == [said.json()["authorId"]]
    assert api.delete(f"{path}/watch").status_code == 204
    assert api.get(f"{path}/watchers").json() == []
    assert api.put(f"{path}/watch").status_code == 204
    assert api.delete(f"/api/v1/comments/{said.json()['id']}").status_code == 204
    assert api.delete(f"{project}/{label['id']}").status_code == 204
    kinds = [entry["kind"] for entry in api.get(f"{path}/history").json()["items"]]
    assert kinds == ["report.comment.deleted", "report.commented", "report.updated", "report.created"]


def test_merged_and_parted(site: Site, api: httpx.Client) -> None:
    twin, target = submit(site, "Twin"), submit(site, "Target")
    merged = api.post(f"{PATH}/{twin['id']}/merge", json={"into": target["trackingId"]}).json()
    gone = api.get(f"{PATH}/{twin['id']}").json()
    parted = api.post(f"{PATH}/{twin['id']}/unmerge").json()

    assert (merged["id"], merged["duplicateCount"]) == (target["id"], 1)
    assert [duplicate["trackingId"] for duplicate in merged["duplicates"]] == [twin["trackingId"]]
    assert (gone["status"], gone["mergedIntoId"]) == ("closed", target["id"])
    assert (parted["status"], parted["mergedIntoId"]) == ("new", None)


def test_many_at_once_are_answered_one_by_one(site: Site, api: httpx.Client) -> None:
    made = [submit(site, f"Bulk {n}") for n in range(3)]
    ids = [made[0]["id"], made[1]["trackingId"].lower(), "NOPE-1", "~"]
    answer = api.post(f"{PATH}/bulk", json={"ids": ids, "change": {"status": "dismissed"}}).json()
    deleted = api.post(f"{PATH}/bulk", json={"ids": [made[2]["id"]], "change": {"delete": True}}).json()
    unknown = api.post(f"{PATH}/bulk", json={"ids": ids[:1], "change": {"addLabels": ["none"]}}).json()
    both = api.post(f"{PATH}/bulk", json={"ids": ids, "change": {"delete": True, "severity": "low"}})
    nothing = api.post(f"{PATH}/bulk", json={"ids": ids, "change": {}})

    assert [item["id"] for item in answer["items"]] == ids
    assert [item["code"] for item in answer["items"]] == [None, None, "not_found", "not_found"]
    assert (answer["changed"], answer["refused"], deleted["changed"]) == (2, 2, 1)
    assert [item["code"] for item in unknown["items"]] == ["unknown_label"]
    assert api.get(f"{PATH}/{made[2]['id']}").status_code == 404
    assert (both.status_code, nothing.status_code) == (422, 422)


def test_many_are_merged_commented_on_and_that_is_taken_back(site: Site, api: httpx.Client) -> None:
    target, *made = (submit(site, f"Many {n}") for n in range(3))
    ids = [report["id"] for report in made]
    merged = api.post(f"{PATH}/bulk/merge", json={"ids": [*ids, target["id"]], "into": target["trackingId"]})
    listed = api.get(f"{PATH}/{target['id']}").json()["duplicates"]
    parted = api.post(f"{PATH}/bulk/unmerge", json={"ids": ids}).json()
    nowhere = api.post(f"{PATH}/bulk/merge", json={"ids": ids, "into": "NOPE-1"})
    key = {"Idempotency-Key": made[0]["id"]}
    body = {"ids": ids, "body": "Seen", "visibleToReporter": True}
    said, again = (api.post(f"{PATH}/bulk/comments", json=body, headers=key).json() for _ in "ab")
    comments = [item["commentId"] for item in said["items"]]
    gone = api.post("/api/v1/comments/bulk/delete", json={"ids": comments}).json()

    assert [item["code"] for item in merged.json()["items"]] == [None, None, "bad_target"]
    assert {duplicate["id"] for duplicate in listed} == set(ids)
    assert (parted["changed"], nowhere.status_code) == (2, 422)
    assert said == again
    assert (said["changed"], gone["changed"]) == (2, 2)
    assert api.get(f"{PATH}/{ids[0]}/comments").json() == []


def test_a_nested_name_may_be_spelled_either_way(site: Site, api: httpx.Client) -> None:
    """Contract A2."""
    made, me = submit(site), api.get("/api/v1/auth/me").json()["id"]
    for name in ("assigneeId", "assignee_id"):
        api.patch(f"{PATH}/{made['id']}", json={"assignee_id": None})
        api.post(f"{PATH}/bulk", json={"ids": [made["id"]], "change": {name: me}}).raise_for_status()
        assert api.get(f"{PATH}/{made['id']}").json()["assigneeId"] == me
