"""One endpoint as an OpenAPI operation."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from lacewing.http.endpoint import Dialect, Endpoint
from lacewing.http.openapi.outcomes import SENTENCES, path_fields, refusals
from lacewing.http.openapi.schemas import Schemas, query_fields
from lacewing.http.openapi.security import requirements
from lacewing.http.problems import EdgeKind, Kind
from lacewing.http.references import PATH_FIELDS
from lacewing.http.uploads import FIELD, MULTIPART
from lacewing.idempotency import LONGEST_KEY
from lacewing.kit.errors import Allowance, ErrorKind

Part = dict[str, Any]

HEADERS: Mapping[str, Part] = {
    "ETag": {
        "description": "Send it back as If-None-Match to be told 304 when nothing has changed.",
        "schema": {"type": "string"},
    },
    "Idempotency-Replayed": {
        "description": "Only sent when this was answered before, under the same Idempotency-Key.",
        "schema": {"const": "true"},
    },
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
    "WWW-Authenticate": {"description": "What is missing (RFC 6750).", "schema": {"type": "string"}},
    "X-Request-ID": {
        "description": "Names this request in the server's log; a caller may send its own.",
        "schema": {"type": "string"},
    },
}
_FILE_BODY: Part = {
    "required": True,
    "content": {
        MULTIPART: {
            "schema": {
                "type": "object",
                "required": [FIELD],
                "properties": {FIELD: {"type": "string", "format": "binary"}},
            }
        }
    },
}
_SAMPLE = Allowance(limit=1, remaining=2, reset_seconds=3, reset_at=4)
_BUDGET_WORDS = {
    str(_SAMPLE.limit): "How many requests a window allows.",
    str(_SAMPLE.remaining): "How many of them are left.",
    str(_SAMPLE.reset_seconds): "In how many seconds the window ends.",
    str(_SAMPLE.reset_at): "When the window ends, as Unix time.",
}
_IDEMPOTENCY_KEY: Part = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": (
        "Sent again with the same body within 24 hours, a request under the same key makes nothing and is "
        "answered as the first time, but for secrets."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}
_WAITED_FOR = frozenset({ErrorKind.RATE_LIMITED, ErrorKind.UNAVAILABLE})
_CHALLENGED = frozenset({ErrorKind.UNAUTHENTICATED, ErrorKind.FORBIDDEN})


def operation(dialect: Dialect, endpoint: Endpoint, schemas: Schemas) -> Part:
    summary, _, more = endpoint.summary.partition("\n")
    found: Part = {
        "operationId": f"{endpoint.handler.__module__.rpartition('.')[2]}_{endpoint.handler.__name__}",
        "tags": [endpoint.tag],
        "summary": summary,
    }
    if more.strip():
        found["description"] = " ".join(more.split())
    parameters = [*_path_parameters(endpoint), *_query_parameters(endpoint)]
    if endpoint.is_create:
        parameters.append(_IDEMPOTENCY_KEY)
    if parameters:
        found["parameters"] = parameters
    if endpoint.body is not None:
        found["requestBody"] = _body(endpoint, schemas)
    if endpoint.takes_file:
        found["requestBody"] = _FILE_BODY
    found["responses"] = _responses(dialect, endpoint, schemas)
    found["security"] = requirements(endpoint)
    return found


def budget_headers(dialect: Dialect) -> dict[str, Part]:
    """What each of them means is seen from what it tells of a sample."""
    return {
        name: {"description": _BUDGET_WORDS[told], "schema": {"type": "integer", "minimum": 0}}
        for name, told in dialect.tell_allowance(_SAMPLE)
    }


def _path_parameters(endpoint: Endpoint) -> list[Part]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_FIELDS[name].description,
            "schema": PATH_FIELDS[name].schema,
        }
        for name in path_fields(endpoint.path)
    ]


def _query_parameters(endpoint: Endpoint) -> list[Part]:
    if endpoint.query is None:
        return []
    fields, required = query_fields(endpoint.query)
    return [_query_parameter(name, schema, is_required=name in required) for name, schema in fields.items()]


def _query_parameter(name: str, schema: Part, *, is_required: bool) -> Part:
    schema = dict(schema)
    found: Part = {"name": name, "in": "query", "required": is_required}
    description = schema.pop("description", None)
    if description:
        found["description"] = description
    if schema.get("type") == "array":
        found |= {"style": "form", "explode": False}
    return found | {"schema": schema}


def _body(endpoint: Endpoint, schemas: Schemas) -> Part:
    schema = schemas.of(endpoint.body)
    is_required = bool(schemas.components[schema["$ref"].rpartition("/")[2]]["required"])
    return {"required": is_required, "content": {endpoint.form.value: {"schema": schema}}}


def _responses(dialect: Dialect, endpoint: Endpoint, schemas: Schemas) -> Part:
    common = _referred(["X-Request-ID", *(budget_headers(dialect) if endpoint.is_budgeted else ())])
    found = {endpoint.status: _success(endpoint, schemas, common)}
    for status, answer in endpoint.other_answers.items():
        found[status] = _success(replace(endpoint, status=status, answer=answer), schemas, common)
    has_content = endpoint.answer is not None or endpoint.media_types
    if endpoint.method == "GET" and has_content and not endpoint.is_secret:
        found[HTTPStatus.OK]["headers"] |= _referred(["ETag"])
        found[HTTPStatus.NOT_MODIFIED] = {
            "description": "Nothing has changed since the entity tag in If-None-Match.",
            "headers": common | _referred(["ETag"]),
        }
    by_status: dict[int, list[Kind]] = defaultdict(list)
    for kind in sorted(refusals(endpoint)):
        by_status[dialect.statuses[kind]].append(kind)
    for status, kinds in by_status.items():
        found[status] = _failure(dialect, endpoint, schemas, kinds, common)
    return {str(int(status)): found[status] for status in sorted(found)}


def _success(endpoint: Endpoint, schemas: Schemas, common: Part) -> Part:
    own = {
        name: {"description": told, "schema": {"type": "string"}} for name, told in endpoint.answer_headers
    }
    if endpoint.is_create:
        own |= _referred(["Idempotency-Replayed"])
    found: Part = {"description": HTTPStatus(endpoint.status).phrase, "headers": common | own}
    if endpoint.media_types:
        found["content"] = {media_type: {"schema": {}} for media_type in endpoint.media_types}
    elif endpoint.answer is not None:
        shapes = [schemas.of(wire) for wire in (endpoint.answer, endpoint.or_answer) if wire is not None]
        schema = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
        found["content"] = {"application/json": {"schema": schema}}
    return found


def _failure(dialect: Dialect, endpoint: Endpoint, schemas: Schemas, kinds: list[Kind], common: Part) -> Part:
    headers = common
    if _WAITED_FOR & set(kinds) or (endpoint.is_create and ErrorKind.CONFLICT in kinds):
        headers = headers | _referred(["Retry-After"])
    if _CHALLENGED & set(kinds):
        headers = headers | _referred(["WWW-Authenticate"])
    sentences = " ".join(_sentence(endpoint, kind) for kind in kinds)
    content = {dialect.error_media_type: {"schema": schemas.of(dialect.error_body)}}
    return {"description": sentences, "headers": headers, "content": content}


def _sentence(endpoint: Endpoint, kind: Kind) -> str:
    if kind is EdgeKind.TOO_LARGE:
        return f"The body is longer than {endpoint.max_body_bytes // 1024} KB."
    if kind is EdgeKind.UNSUPPORTED_MEDIA_TYPE:
        return f"The body is not {endpoint.form.value}."
    return SENTENCES[kind]


def _referred(names: list[str]) -> Part:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
