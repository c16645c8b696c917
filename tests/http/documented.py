"""Every documented operation, and whether an answer is one that its document promises."""

import builtins
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Any, Final, get_args, get_origin

import httpx
import msgspec
import schemathesis

from lacewing.access.permissions import CredentialKind
from lacewing.http.bugspark import BUGSPARK
from lacewing.http.bugtome import BUGTOME
from lacewing.http.endpoint import Dialect, Endpoint
from lacewing.http.openapi import document_of
from lacewing.settings import Settings
from tests.server import Person

DIALECTS: Final = (BUGSPARK, BUGTOME)
DOCUMENTS: Final = {dialect.name: document_of(dialect, Settings()) for dialect in DIALECTS}
OPERATIONS: Final = [
    (dialect, endpoint) for dialect in DIALECTS for endpoint in dialect.endpoints if endpoint.is_documented
]
# What they are asked with is no credential any more.
ENDS_ITSELF: Final = {
    "/api/v1/auth/me",
    "/api/v1/auth/logout",
    "/api/v1/auth/refresh",
    "/api/v1/auth/tokens/self",
    "/api/v1/auth/tokens/self/rotate",
    "/api/v1/tokens/self",
    "/api/v1/tokens/self/rotate",
}
# Their answers go on for as long as they are listened to.
ENDLESS: Final = {"/api/v1/events/stream"}
# A token is refused there before it is told that there is nothing.
COOKIE_FIRST: Final = {
    "/api/v1/auth/sessions/{session_id}",
    "/api/v1/projects/{project_id}/notifications/preferences",
}
_SCHEMAS: Final = {name: schemathesis.openapi.from_dict(document) for name, document in DOCUMENTS.items()}


def filled_in(endpoint: Endpoint) -> bytes:
    """A body with its required fields, of the right types: what is refused then is not the body's shape."""
    if endpoint.body is None:
        return b""
    required = [field for field in msgspec.structs.fields(endpoint.body) if field.required]
    return msgspec.json.encode({field.encode_name: _sample(field.type) for field in required})


def _sample(wanted: Any) -> object:  # noqa: PLR0911 - one for each kind of type
    """A text does for an address, a name, a word from a mail."""
    inner = get_args(wanted)
    match get_origin(wanted) or wanted:
        case builtins.list:
            return [_sample(inner[0])]
        case builtins.dict:
            return {}
        case builtins.int:
            return 1
        case builtins.bool:
            return True
        case uuid.UUID:
            return str(uuid.uuid4())
        case type() as kind if issubclass(kind, Enum):
            return next(iter(kind)).value
        case type() as kind if issubclass(kind, msgspec.Struct):
            return {f.encode_name: _sample(f.type) for f in msgspec.structs.fields(kind) if f.required}
        case _:
            return _sample(inner[0]) if inner else "x@example.com"


def check(dialect: Dialect, endpoint: Endpoint, answer: httpx.Response) -> None:
    """Fails for a 5xx, an undocumented status or media type, and a body of another shape."""
    assert answer.status_code < 500, answer.text
    responses = DOCUMENTS[dialect.name]["paths"][endpoint.path][endpoint.method.lower()]["responses"]
    assert str(answer.status_code) in responses, answer.text
    content = responses[str(answer.status_code)].get("content", {})
    told = [answer.headers["content-type"]] if answer.content else []
    assert told == list(content) or (answer.is_success and set(told) & set(endpoint.media_types)), told
    _SCHEMAS[dialect.name][endpoint.path][endpoint.method].validate_response(answer)


@contextmanager
def headers_of_callers(url: str, name: str) -> Iterator[Mapping[str, Mapping[str, str]]]:
    """One credential of each kind, of a new person called `name`: to lose them hurts nobody else."""
    with Person(url, name) as person:
        project = person.create_project(name)
        yield {
            "nobody": {},
            CredentialKind.SESSION: {
                "Cookie": "; ".join(f"{key}={value}" for key, value in person.http.cookies.items())
            },
            CredentialKind.PUBLISHABLE_KEY: {"X-API-Key": project.key},
            CredentialKind.PERSONAL_ACCESS_TOKEN: _bearer(person.mint_token()),
            CredentialKind.PERSONAL_TOKEN: _bearer(person.mint_token(kind="pk")),
            CredentialKind.PROJECT_TOKEN: _bearer(person.mint_project_token(project)),
            "narrow token": _bearer(person.mint_token(scopes=["stats:read"])),
        }


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
