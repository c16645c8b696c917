"""What the documents say of a field is what the server holds it to, and it refuses in our own words."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from tests.http.conftest import Site
from tests.http.documented import DOCUMENTS

SHAPES = {
    name: shape
    for document in DOCUMENTS.values()
    for name, shape in document["components"]["schemas"].items()
}
STEP = "what somebody did"
BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "TokenBody": ("/api/v1/tokens", {"name": "CI"}),
    "ProjectBody": ("/api/v1/projects", {"name": "Web"}),
    "ReportBody": ("/api/v1/reports", {"title": "Broken", "severity": "low", "category": "bug"}),
    "NewTicket": ("/api/v1/tickets", {"title": "Broken", "given": STEP, "when": STEP, "then": STEP}),
}
TEXTS = {"domain": "myapp.com,"}
REPORTERS = count(1)  # what the same one sends twice is a duplicate


def _lengths() -> Iterator[Any]:
    for shape in BODIES:
        for name, field in SHAPES[shape]["properties"].items():
            for part in (field, *field.get("anyOf", ())):
                if "maxLength" in part:
                    shortest = part.get("minLength", 0)
                    yield pytest.param(shape, name, shortest, part["maxLength"], id=f"{shape}.{name}")


@pytest.mark.parametrize(("shape", "name", "shortest", "longest"), [*_lengths()])
def test_a_text_may_be_as_long_as_its_document_says_and_no_longer(
    site: Site, shape: str, name: str, shortest: int, longest: int
) -> None:
    text = (TEXTS.get(name, "x") * (longest + 1))[: longest + 1]
    assert [_send(site, shape, name, text[:length]) for length in (max(1, shortest), longest)] == [201, 201]
    assert _send(site, shape, name, text) == 422
    if shortest:
        assert _send(site, shape, name, text[: shortest - 1]) == 422


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("page=0", ("page", "must be from 1 to 1000000", "out_of_range")),
        ("page_size=101", ("page_size", "must be from 1 to 100", "out_of_range")),
        ("limit=0", ("limit", "must be from 1 to 100", "out_of_range")),
        ("limit=ten", ("limit", "must be a whole number or null", "wrong_type")),
        ("sort=upwards", ("sort", "must be one of newest, oldest, updated, severity", "not_allowed")),
        ("date_range=1d", ("date_range", "must be one of all, today, 7d, 30d, 90d", "not_allowed")),
        ("severity=low,huge", ("severity", "must be one of low, medium, high, critical", "not_allowed")),
    ],
)
def test_a_parameter_out_of_its_bounds_is_told_in_our_words(
    site: Site, query: str, told: tuple[str, str, str]
) -> None:
    answer = site.ada.http.get(f"/api/v1/reports?{query}")
    assert answer.status_code == 422
    assert [tuple(error.values()) for error in answer.json()["errors"]] == [told]


@pytest.mark.parametrize("days", [0, 3651])
def test_the_days_of_a_token_are_bounded(site: Site, days: int) -> None:
    answer = site.ada.http.post("/api/v1/tokens", json={"name": "CI", "expires_in_days": days})
    assert answer.json()["detail"] == "expires_in_days: must be from 1 to 3650."


def test_too_few_per_page_are_told_by_the_name_that_was_sent(site: Site) -> None:
    answer = site.ada.http.get("/api/v1/tickets?per_page=0")
    assert answer.json()["details"] == {"per_page": ["must be at least 1"]}


def test_the_fields_inside_a_ticket_are_told_by_their_own_names(site: Site) -> None:
    answer = site.ada.http.post("/api/v1/tickets", json={"ticket": {"title": 5, "priority": "urgent"}})
    assert answer.json()["details"] == {
        "title": ["must be text"],
        "priority": ["must be one of low, medium, high, critical"],
    }


def _send(site: Site, shape: str, name: str, value: str) -> int:
    path, body = BODIES[shape]
    body = body | {name: value}
    if shape == "ReportBody":
        body = {"reporter_identifier": str(next(REPORTERS))} | body
        return site.with_key().post(path, json=body).status_code
    if shape == "NewTicket":
        body = {"ticket": body | {"project_id": site.project.id}}
    return site.ada.http.post(path, json=body).status_code
