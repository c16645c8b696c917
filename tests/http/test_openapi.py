"""The documents say what the server does: they follow from the declarations, and the wire follows from them."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import jsonschema_rs
import msgspec
import pytest
import schemathesis

from lacewing.access.permissions import CredentialKind
from lacewing.http.bugspark import BUGSPARK
from lacewing.http.bugtome import BUGTOME
from lacewing.http.dashboard import DASHBOARD
from lacewing.http.endpoint import COOKIE, KEY, NOBODY, Dialect, Endpoint
from lacewing.http.openapi import document_of, refusals
from lacewing.http.openapi.outcomes import SENTENCES
from lacewing.http.openapi.security import NAMES
from lacewing.http.problems import KINDS, EdgeKind
from lacewing.http.references import PATH_FIELDS
from lacewing.kit.errors import ErrorKind
from lacewing.settings import Settings
from tests.http.conftest import Site

DIALECTS = (BUGSPARK, BUGTOME)
DOCUMENTED = [(dialect, endpoint) for dialect in DIALECTS for endpoint in dialect.endpoints]
JSON = {"Content-Type": "application/json"}
SECURE = Settings(public_url="https://bugs.example.org")

each_document = pytest.mark.parametrize("document", map(document_of, DIALECTS, [Settings()] * 2), ids=repr)
each_document = pytest.mark.parametrize(
    "document", [document_of(dialect, Settings()) for dialect in DIALECTS], ids=["bugspark", "bugtome"]
)
each_endpoint = pytest.mark.parametrize(
    ("dialect", "endpoint"), DOCUMENTED, ids=[f"{endpoint.method} {endpoint.path}" for _, endpoint in DOCUMENTED]
)


@each_document
def test_a_document_is_valid_openapi(document: dict[str, Any]) -> None:
    schemathesis.openapi.from_dict(document).validate()


@each_document
def test_an_invalid_document_is_noticed(document: dict[str, Any]) -> None:
    """So that the test above can fail."""
    broken = copy.deepcopy(document)
    del broken["info"]["title"]
    with pytest.raises(Exception, match="title"):
        schemathesis.openapi.from_dict(broken).validate()


@each_document
def test_every_shape_is_a_valid_json_schema(document: dict[str, Any]) -> None:
    for shape in document["components"]["schemas"].values():
        assert jsonschema_rs.meta.is_valid(shape)


@each_document
def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in _references(document):
        part = document
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]


def test_every_documented_endpoint_is_in_exactly_one_document() -> None:
    documents = [document_of(dialect, Settings()) for dialect in DIALECTS]
    listed = [
        (method.upper(), path) for document in documents for path, item in document["paths"].items() for method in item
    ]
    mounted = [
        (endpoint.method, endpoint.path)
        for dialect in (*DIALECTS, DASHBOARD)
        for endpoint in dialect.endpoints
        if endpoint.is_documented
    ]
    assert sorted(listed) == sorted(mounted)


def test_operations_have_names_of_their_own() -> None:
    names = [_operation(dialect, endpoint)["operationId"] for dialect, endpoint in DOCUMENTED]
    assert len(set(names)) == len(names)


@each_endpoint
def test_security_says_who_may_knock(dialect: Dialect, endpoint: Endpoint) -> None:
    said = _operation(dialect, endpoint)["security"]
    assert {name for requirement in said for name in requirement} == {NAMES[kind] for kind in endpoint.accepts}
    assert bool(said) == bool(endpoint.accepts)


@each_endpoint
def test_every_refusal_has_its_status_and_the_dialects_body(dialect: Dialect, endpoint: Endpoint) -> None:
    responses = _operation(dialect, endpoint)["responses"]
    statuses = {str(dialect.statuses[kind]) for kind in refusals(endpoint)}
    assert {status for status in responses if status >= "400"} == statuses
    for status in statuses:
        assert list(responses[status]["content"]) == [dialect.error_media_type]


@each_endpoint
def test_an_answer_without_content_is_204_and_only_that(dialect: Dialect, endpoint: Endpoint) -> None:
    success = _operation(dialect, endpoint)["responses"][str(endpoint.status)]
    assert ("content" in success) == (endpoint.status != 204)


@each_endpoint
def test_every_field_of_a_path_is_described(dialect: Dialect, endpoint: Endpoint) -> None:
    described = [item for item in _operation(dialect, endpoint).get("parameters", ()) if item["in"] == "path"]
    assert [f"{{{item['name']}}}" for item in described] == [
        part for part in endpoint.path.split("/") if part.startswith("{")
    ]
    assert all(PATH_FIELDS[item["name"]].description for item in described)


def test_every_kind_of_error_has_a_sentence_and_every_credential_a_name() -> None:
    assert set(SENTENCES) == set(KINDS)
    assert set(NAMES) == set(CredentialKind)


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, {ErrorKind.RATE_LIMITED, ErrorKind.UNAVAILABLE}),
        ({"is_budgeted": False}, set()),
        ({"accepts": KEY, "is_budgeted": False, "is_optional": True}, {ErrorKind.INVALID_REQUEST, ErrorKind.UNAVAILABLE}),
        ({"accepts": COOKIE, "method": "DELETE", "is_budgeted": False}, {EdgeKind.CROSS_SITE, ErrorKind.UNAUTHENTICATED, ErrorKind.INVALID_REQUEST, ErrorKind.RATE_LIMITED, ErrorKind.UNAVAILABLE}),
        ({"accepts": NOBODY, "method": "POST", "is_budgeted": False}, {EdgeKind.CROSS_SITE}),
        ({"method": "POST", "is_intake": True, "is_budgeted": False}, set()),
        ({"path": "/things/{project_id}", "is_budgeted": False}, {ErrorKind.INVALID}),
    ],
)
def test_what_the_gate_adds_to_a_declaration(changed: dict[str, Any], kinds: set[Any]) -> None:
    plain = next(endpoint for endpoint in BUGSPARK.endpoints if endpoint.path == "/health")
    assert refusals(replace(plain, **({"is_budgeted": True} | changed))) == kinds


def test_the_cookie_has_the_name_that_is_read() -> None:
    """D4"""
    for settings, name in ((Settings(), "bugspark_access_token"), (SECURE, "__Host-bugspark_access_token")):
        assert document_of(BUGSPARK, settings)["components"]["securitySchemes"]["sessionCookie"]["name"] == name


def test_the_words_of_an_enum_keep_their_order() -> None:
    document = document_of(BUGSPARK, Settings())
    assert document["components"]["schemas"]["Severity"]["enum"] == ["low", "medium", "high", "critical"]


def test_evidence_is_any_json() -> None:
    shape = document_of(BUGSPARK, Settings())["components"]["schemas"]["ReportBody"]["properties"]["console_logs"]
    assert set(shape) == {"description"}


def test_a_field_that_is_blank_by_default_and_refused_so_is_required() -> None:
    """Its default only lets the mistake be told with the others."""
    shape = document_of(BUGTOME, Settings())["components"]["schemas"]["NewTicket"]
    assert shape["required"] == ["title", "given", "when", "then"]
    assert "default" not in shape["properties"]["title"]


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v1/openapi-tickets.json"])
def test_a_document_is_public_and_answers_304_to_its_entity_tag(site: Site, path: str) -> None:
    answer = site.http().get(path)
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")
    assert answer.headers["cache-control"] == "public, no-cache"
    again = site.http().get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_document_that_is_served_is_the_one_that_is_tested(site: Site) -> None:
    served = site.http().get("/api/v1/openapi-tickets.json").json()
    assert served == msgspec.json.decode(msgspec.json.encode(document_of(BUGTOME, Settings())))


@pytest.mark.parametrize(
    ("path", "other"), [("/api/reference", "/api/reference/tickets"), ("/api/reference/tickets", "/api/reference")]
)
def test_a_reference_page_shows_every_operation_and_leads_to_the_other(site: Site, path: str, other: str) -> None:
    answer = site.http().get(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    dialect = BUGSPARK if other.endswith("tickets") else BUGTOME
    shown = [f'id="{_operation(dialect, endpoint)["operationId"]}"' for endpoint in dialect.endpoints]
    assert [anchor for anchor in shown if anchor not in answer.text] == []
    assert f'href="{other}"' in answer.text
    assert "`" not in answer.text


def test_a_success_carries_the_headers_that_are_documented(site: Site) -> None:
    for path, dialect in (("/api/v1/reports", BUGSPARK), ("/api/v1/tickets", BUGTOME)):
        answer = site.with_token().get(path)
        told = document_of(dialect, Settings())["paths"][path]["get"]["responses"]["200"]["headers"]
        assert {name for name in told if name not in answer.headers} <= {"X-Total-Capped"}


def test_a_refusal_tells_the_budget_too(site: Site) -> None:
    """The documents of BugToMe say: on every answer."""
    answer = site.http().get("/api/v1/tickets")
    assert answer.status_code == 401
    assert int(answer.headers["x-ratelimit-remaining"]) < int(answer.headers["x-ratelimit-limit"])


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("page=0", ("page", "must be from 1 to 1000000", "out_of_range")),
        ("page_size=101", ("page_size", "must be from 1 to 100", "out_of_range")),
        ("limit=0", ("limit", "must be from 1 to 100", "out_of_range")),
        ("limit=ten", ("limit", "must be a whole number or null", "wrong_type")),
        ("sort=upwards", ("sort", "must be one of newest, oldest", "not_allowed")),
        ("date_range=1d", ("date_range", "must be one of all, today, 7d, 30d, 90d", "not_allowed")),
        ("severity=low,huge", ("severity", "must be one of low, medium, high, critical", "not_allowed")),
    ],
)
def test_a_parameter_out_of_its_bounds_is_told_in_our_words(
    site: Site, query: str, told: tuple[str, str, str]
) -> None:
    answer = site.with_token().get(f"/api/v1/reports?{query}")
    assert answer.status_code == 422
    assert [tuple(error.values()) for error in answer.json()["errors"]] == [told]


def test_every_text_is_as_long_as_its_document_says_and_no_longer(site: Site) -> None:
    for dialect, path, body in _bodies(site):
        with site.with_token() as client:
            for name, bounds in _lengths(dialect, path):
                most = client.post(path, json=_with(body, name, "x" * bounds["maxLength"]))
                assert most.status_code == 201, (path, name, most.text)
                for wrong in ("x" * (bounds["maxLength"] + 1), *([""] if "minLength" in bounds else ())):
                    answer = client.post(path, json=_with(body, name, wrong))
                    assert answer.status_code == 422, (path, name, len(wrong))
                    assert name in answer.text


def test_the_fields_of_a_ticket_are_told_by_their_own_names(site: Site) -> None:
    ticket = {"title": 5, "priority": "urgent", "project_id": site.project.id}
    answer = site.with_token().post("/api/v1/tickets", json={"ticket": ticket})
    assert answer.json()["details"] == {
        "title": ["must be text"],
        "priority": ["must be one of low, medium, high, critical"],
    }


def _operation(dialect: Dialect, endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = document_of(dialect, Settings())["paths"][endpoint.path][endpoint.method.lower()]
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, item in part.items():
            yield from [item] if name == "$ref" else _references(item)
    elif isinstance(part, list):
        for item in part:
            yield from _references(item)
