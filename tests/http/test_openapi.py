"""The documents follow from the declarations. See test_refusals.py for how the server follows them."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest
import schemathesis

from lacewing.access.permissions import PRESENTED_KINDS
from lacewing.http.bugspark import BUGSPARK
from lacewing.http.bugspark.wire_reports import ReportBody, ReportQuery
from lacewing.http.dashboard import DASHBOARD
from lacewing.http.endpoint import COOKIE, KEY, Dialect, Endpoint
from lacewing.http.openapi import document_of, refusals
from lacewing.http.openapi.outcomes import SENTENCES
from lacewing.http.openapi.security import NAMES
from lacewing.http.problems import KINDS, EdgeKind, Kind
from lacewing.http.references import PATH_FIELDS
from lacewing.kit.errors import ErrorKind
from lacewing.settings import Settings
from tests.http.documented import DIALECTS, DOCUMENTS, OPERATIONS

PLAIN = next(endpoint for endpoint in BUGSPARK.endpoints if endpoint.path == "/health")
KNOCKING = {
    ErrorKind.INVALID_REQUEST,
    ErrorKind.RATE_LIMITED,
    ErrorKind.UNAUTHENTICATED,
    ErrorKind.UNAVAILABLE,
}
READING = {EdgeKind.MALFORMED, ErrorKind.INVALID}
SECURE = Settings(public_url="https://bugs.example.org")

each_document = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
each_endpoint = pytest.mark.parametrize(
    ("dialect", "endpoint"),
    OPERATIONS,
    ids=[f"{endpoint.method} {endpoint.path}" for _, endpoint in OPERATIONS],
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
    listed = [
        (method.upper(), path)
        for document in DOCUMENTS.values()
        for path, item in document["paths"].items()
        for method in item
    ]
    mounted = [
        (endpoint.method, endpoint.path)
        for dialect in (*DIALECTS, DASHBOARD)
        for endpoint in dialect.endpoints
        if endpoint.is_documented
    ]
    assert sorted(listed) == sorted(mounted)


def test_operations_have_names_of_their_own() -> None:
    names = [_operation(dialect, endpoint)["operationId"] for dialect, endpoint in OPERATIONS]
    assert len(set(names)) == len(names)


@each_endpoint
def test_security_says_who_may_knock(dialect: Dialect, endpoint: Endpoint) -> None:
    said = _operation(dialect, endpoint)["security"]
    assert {name for requirement in said for name in requirement} == {
        NAMES[kind] for kind in endpoint.accepts
    }
    assert bool(said) == bool(endpoint.accepts)


@each_endpoint
def test_every_refusal_has_its_status_and_the_dialects_body(dialect: Dialect, endpoint: Endpoint) -> None:
    responses = _operation(dialect, endpoint)["responses"]
    statuses = {str(dialect.statuses[kind]) for kind in refusals(endpoint)}
    assert {status for status in responses if status >= "400"} == statuses
    for status in statuses:
        assert list(responses[status]["content"]) == [dialect.error_media_type]


@each_endpoint
def test_an_answer_without_content_is_204_or_leads_on_and_only_that(
    dialect: Dialect, endpoint: Endpoint
) -> None:
    success = _operation(dialect, endpoint)["responses"][str(endpoint.status)]
    assert ("content" in success) == (endpoint.status not in {204, 303})


@each_endpoint
def test_every_field_of_a_path_is_described(dialect: Dialect, endpoint: Endpoint) -> None:
    described = [item for item in _operation(dialect, endpoint).get("parameters", ()) if item["in"] == "path"]
    assert [f"{{{item['name']}}}" for item in described] == [
        part for part in endpoint.path.split("/") if part.startswith("{")
    ]
    assert all(PATH_FIELDS[item["name"]].description for item in described)


def test_every_kind_of_error_has_a_sentence_and_every_credential_a_name() -> None:
    assert set(SENTENCES) == set(KINDS)
    assert set(NAMES) == PRESENTED_KINDS


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, set()),
        ({"is_budgeted": True}, {ErrorKind.RATE_LIMITED, ErrorKind.UNAVAILABLE}),
        ({"accepts": KEY}, KNOCKING),
        ({"accepts": KEY, "is_optional": True}, {ErrorKind.INVALID_REQUEST, ErrorKind.UNAVAILABLE}),
        ({"accepts": KEY, "method": "POST"}, KNOCKING),
        ({"accepts": COOKIE, "method": "DELETE"}, KNOCKING | {EdgeKind.CROSS_SITE}),
        ({"method": "POST"}, {EdgeKind.CROSS_SITE}),
        ({"method": "POST", "is_intake": True}, set()),
        ({"path": "/things/{project_id}"}, {ErrorKind.INVALID}),
        ({"query": ReportQuery}, READING),
        ({"body": ReportBody}, READING | {EdgeKind.TOO_LARGE, EdgeKind.UNSUPPORTED_MEDIA_TYPE}),
        ({"body": ReportBody, "is_intake": True}, READING | {EdgeKind.TOO_LARGE}),
        ({"errors": (ErrorKind.CONFLICT,)}, {ErrorKind.CONFLICT}),
        ({"is_create": True}, {ErrorKind.CONFLICT, ErrorKind.INVALID}),
    ],
)
def test_what_the_gate_adds_to_a_declaration(changed: dict[str, Any], kinds: set[Kind]) -> None:
    assert refusals(replace(PLAIN, **changed)) == kinds


# They end the credential that asks, or spend a challenge: what is sent again finds nothing to do.
MADE_ONCE_BY_THEMSELVES = {
    "/api/v1/auth/passkeys",
    "/api/v1/auth/tokens/self/rotate",
    "/api/v1/tokens/self/rotate",
}


@each_endpoint
def test_every_create_by_somebody_known_takes_an_idempotency_key(
    dialect: Dialect, endpoint: Endpoint
) -> None:
    creates = endpoint.method == "POST" and endpoint.status == 201 and bool(endpoint.accepts)
    if creates:
        assert endpoint.is_create == (endpoint.path not in MADE_ONCE_BY_THEMSELVES)
    named = [item["name"] for item in _operation(dialect, endpoint).get("parameters", ())]
    assert ("Idempotency-Key" in named) == endpoint.is_create


@each_endpoint
def test_a_create_with_a_secret_says_what_of_it_is_told_again(dialect: Dialect, endpoint: Endpoint) -> None:
    """F-7"""
    if endpoint.is_create and endpoint.is_secret:
        assert endpoint.told_again is not None, dialect.name


def test_the_cookie_has_the_name_that_is_read() -> None:
    """D4"""
    for settings, name in ((Settings(), "bugspark_access_token"), (SECURE, "__Host-bugspark_access_token")):
        assert (
            document_of(BUGSPARK, settings)["components"]["securitySchemes"]["sessionCookie"]["name"] == name
        )


def test_the_words_of_an_enum_keep_their_order() -> None:
    document = DOCUMENTS["bugspark"]
    assert document["components"]["schemas"]["Severity"]["enum"] == ["low", "medium", "high", "critical"]


def test_evidence_is_any_json() -> None:
    shape = DOCUMENTS["bugspark"]["components"]["schemas"]["ReportBody"]["properties"]["console_logs"]
    assert set(shape) == {"description"}


def test_a_field_that_is_blank_by_default_and_refused_so_is_required() -> None:
    """Its default only lets the mistake be told with the others."""
    shape = DOCUMENTS["bugtome"]["components"]["schemas"]["NewTicket"]
    assert shape["required"] == ["title", "given", "when", "then"]
    assert "default" not in shape["properties"]["title"]


def _operation(dialect: Dialect, endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENTS[dialect.name]["paths"][endpoint.path][endpoint.method.lower()]
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, item in part.items():
            yield from [item] if name == "$ref" else _references(item)
    elif isinstance(part, list):
        for item in part:
            yield from _references(item)


def test_an_answer_that_is_no_json_is_told_by_its_media_types() -> None:
    endpoint = replace(PLAIN, path="/of-its-own", answer=None, media_types=("image/png", "image/webp"))
    document = document_of(replace(BUGSPARK, endpoints=(endpoint,)), Settings())
    responses = document["paths"]["/of-its-own"]["get"]["responses"]
    assert responses["200"]["content"].keys() == {"image/png", "image/webp"}
    assert "304" in responses
