"""Requests that no document describes: whatever comes, the answer is one that the documents promise.

What schemathesis makes of the documents themselves is asked in tests/e2e/test_soak.py.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_from_bytes
from uuid import uuid4

import httpx
import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st

from lacewing.access.permissions import CredentialKind
from lacewing.http.bugspark import BUGSPARK
from lacewing.http.bugtome import BUGTOME
from lacewing.http.endpoint import Dialect, Endpoint
from lacewing.http.openapi import document_of, refusals
from lacewing.http.problems import EdgeKind, Kind
from lacewing.http.references import PATH_FIELDS
from lacewing.kit.errors import ErrorKind
from lacewing.settings import Settings
from tests.http.conftest import Site
from tests.server import Person

EXAMPLES: Final = 200
OPERATIONS: Final = [
    (dialect, endpoint)
    for dialect in (BUGSPARK, BUGTOME)
    for endpoint in dialect.endpoints
    if endpoint.is_documented
]
DOCUMENTS: Final = {
    dialect.name: schemathesis.openapi.from_dict(document_of(dialect, Settings()))
    for dialect in (BUGSPARK, BUGTOME)
}
# They end the session that asks.
SPARED: Final = {"/api/v1/auth/logout", "/api/v1/auth/refresh"}


@dataclass(frozen=True, slots=True)
class Asking:
    """A client without cookies of its own, and what each kind of caller presents."""

    client: httpx.Client
    project_id: str
    credentials: Mapping[str, Mapping[str, str]]

    @property
    def token(self) -> Mapping[str, str]:
        return self.credentials[CredentialKind.PERSONAL_ACCESS_TOKEN]

    def path(self, endpoint: Endpoint, told: Mapping[str, str]) -> str:
        """Its fields as told; else the project that there is, and things that there are not."""
        fields = {name: str(uuid4()) for name in PATH_FIELDS} | {"project_id": self.project_id} | told
        return endpoint.path.format_map(fields)


@pytest.fixture(scope="module")
def asking(peopled: Site) -> Iterator[Asking]:
    url = peopled.server.url
    with Person(url, "Fuzzer") as fuzzer, httpx.Client(base_url=url, timeout=30.0, trust_env=False) as client:
        session = "; ".join(f"{name}={value}" for name, value in fuzzer.http.cookies.items())
        credentials = {
            "nobody": {},
            CredentialKind.SESSION: {"Cookie": session},
            CredentialKind.PUBLISHABLE_KEY: {"X-API-Key": peopled.project.key},
            CredentialKind.PERSONAL_ACCESS_TOKEN: {"Authorization": f"Bearer {peopled.pat}"},
            CredentialKind.PERSONAL_TOKEN: {"Authorization": f"Bearer {peopled.personal}"},
            CredentialKind.PROJECT_TOKEN: {"Authorization": f"Bearer {peopled.project_token}"},
        }
        yield Asking(client, peopled.project.id, credentials)


@dataclass(frozen=True, slots=True)
class Ask:
    """One way to be refused: `kind` is what the gate, or the endpoint, must say to it."""

    kind: Kind
    concerns: Callable[[Endpoint], bool]
    headers: Mapping[str, str] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    body: bytes | None = None
    is_known: bool = True


def _has_path(endpoint: Endpoint) -> bool:
    return "{" in endpoint.path


JUNK_PATH = dict.fromkeys(PATH_FIELDS, "~")
EMPTY_PATH = dict.fromkeys(PATH_FIELDS, str(uuid4()))
ASKS = {
    "nothing presented": Ask(ErrorKind.UNAUTHENTICATED, lambda e: bool(e.accepts), is_known=False),
    "nonsense presented": Ask(
        ErrorKind.UNAUTHENTICATED,
        lambda e: bool(e.accepts),
        headers={"Authorization": "Bearer bsk_pat_nonsense"},
        is_known=False,
    ),
    "two credentials": Ask(
        ErrorKind.INVALID_REQUEST, lambda e: bool(e.accepts), headers={"X-API-Key": "bsk_pub_x"}
    ),
    "another site": Ask(
        EdgeKind.CROSS_SITE,
        lambda e: EdgeKind.CROSS_SITE in refusals(e) and not e.accepts,
        headers={"Sec-Fetch-Site": "cross-site"},
    ),
    "no JSON": Ask(EdgeKind.MALFORMED, lambda e: e.body is not None, body=b"{"),
    "a list": Ask(EdgeKind.MALFORMED, lambda e: e.body is not None, body=b"[]"),
    "an empty object": Ask(ErrorKind.INVALID, lambda e: e.body is not None, body=b"{}"),
    "plain text": Ask(
        EdgeKind.UNSUPPORTED_MEDIA_TYPE,
        lambda e: e.body is not None and not e.is_intake,
        headers={"Content-Type": "text/plain"},
        body=b"{}",
    ),
    "a bad page": Ask(ErrorKind.INVALID, lambda e: e.query is not None, query="page=none"),
    "a hundred fields": Ask(EdgeKind.MALFORMED, lambda e: e.query is not None, query="a=1&" * 101),
    "a path that is no reference": Ask(ErrorKind.INVALID, _has_path, path=JUNK_PATH, body=b'{"name":"x"}'),
    "a path to nothing": Ask(
        ErrorKind.NOT_FOUND,
        lambda e: ErrorKind.NOT_FOUND in e.errors and _has_path(e),
        path=EMPTY_PATH,
        body=b'{"name":"x"}',
    ),
}
# An organization that the caller does not see has an empty list: list_reports does not say NOT_FOUND yet.
NOT_YET = {("a path to nothing", "/api/v1/mcp/organizations/{organization_id}/tickets")}
REFUSALS = [
    pytest.param(
        dialect,
        endpoint,
        ask,
        id=f"{name}: {endpoint.method} {endpoint.path}",
        marks=[pytest.mark.xfail(strict=True)] if (name, endpoint.path) in NOT_YET else (),
    )
    for name, ask in ASKS.items()
    for dialect, endpoint in OPERATIONS
    if ask.concerns(endpoint)
]


@pytest.mark.parametrize(("dialect", "endpoint", "ask"), REFUSALS)
def test_a_refusal_is_the_documented_one(
    asking: Asking, dialect: Dialect, endpoint: Endpoint, ask: Ask
) -> None:
    known = asking.token if ask.is_known and endpoint.accepts else {}
    target = f"{asking.path(endpoint, ask.path)}?{ask.query}"
    headers = {"Content-Type": "application/json", **known, **ask.headers}
    body = ask.body or (b"{}" if endpoint.body is not None else b"")
    answer = asking.client.request(endpoint.method, target, headers=headers, content=body)
    assert answer.status_code == dialect.statuses[ask.kind]
    _is_documented(dialect, endpoint, answer)


@pytest.mark.parametrize(
    ("dialect", "endpoint"),
    [pytest.param(d, e, id=f"{e.method} {e.path}") for d, e in OPERATIONS if e.body is not None],
)
def test_a_body_over_its_limit_is_refused(asking: Asking, dialect: Dialect, endpoint: Endpoint) -> None:
    known = asking.token if endpoint.accepts else {}
    answer = asking.client.request(
        endpoint.method,
        asking.path(endpoint, {}),
        headers={"Content-Type": "application/json", **known},
        content=b" " * (endpoint.max_body_bytes + 1),
    )
    assert answer.status_code == 413
    _is_documented(dialect, endpoint, answer)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NASTY = st.sampled_from(
    [
        b"",
        b"null",
        b'{"title":"\\ud83d","severity":"low","category":"bug"}',
        b'{"title":1e999,"severity":"low","category":"bug"}',
        b'{"title":"a","title":"b\\u0000","severity":"low","category":"bug"}',
        b'{"metadata":' + b"[" * 65 + b"]" * 65 + b"}",
        b'{"metadata":' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"name":"\xff\xfe"}',
        b'{"ticket":[]}',
        b'{"page":' + b"9" * 400 + b"}",
    ]
)
CONTENT_TYPES = [
    "application/json",
    "application/json; charset=latin-1",
    "application/x+json",
    "text/html",
    "",
]
HEADERS = st.fixed_dictionaries(
    {"Content-Type": st.sampled_from(CONTENT_TYPES)},
    optional={
        "Accept-Encoding": st.sampled_from(["gzip", "identity", "", ";q=?"]),
        "Cookie": st.sampled_from(
            ["bugspark_access_token=x", "bugspark_access_token=x; bugspark_access_token=y"]
        ),
        "If-None-Match": st.sampled_from(["*", 'W/"x", "y"', ","]),
        "Origin": st.sampled_from(["null", "https://evil.example", "http://[", "http://h:99999"]),
        "Sec-Fetch-Site": st.sampled_from(["none", "same-origin", "cross-site", "?"]),
        "X-CSRF-Token": st.sampled_from(["", "x"]),
        "X-Forwarded-For": st.sampled_from(["", "1.2.3.4, ::1", "nobody"]),
        "X-Request-ID": st.sampled_from(["a" * 200, "a-fine-request-id"]),
    },
)


@dataclass(frozen=True, slots=True)
class Strange:
    """A request of which everything but its operation is made up."""

    dialect: Dialect
    endpoint: Endpoint
    caller: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@st.composite
def strange_requests(draw: st.DrawFn) -> Strange:
    dialect, endpoint = draw(st.sampled_from(OPERATIONS))
    segment = st.binary(min_size=1, max_size=12).map(_segment) | st.sampled_from(["WEB-1", str(uuid4()), "~"])
    path = "/".join(draw(segment) if part.startswith("{") else part for part in endpoint.path.split("/"))
    fields = [*_names(endpoint.query), *_names(endpoint.body), "x"]
    pairs = st.tuples(st.sampled_from(fields), st.binary(max_size=12).map(quote_from_bytes))
    query = "&".join(f"{name}={value}" for name, value in draw(st.lists(pairs, max_size=4)))
    bodies = st.dictionaries(st.sampled_from(fields), JSON_VALUES, max_size=5).map(json.dumps)
    body = draw(st.binary(max_size=64) | NASTY | bodies.map(str.encode))
    caller = draw(st.sampled_from(["nobody", *CredentialKind]))
    return Strange(dialect, endpoint, caller, f"{path}?{query}", draw(HEADERS), body)


@settings(max_examples=EXAMPLES)
@given(request=strange_requests())
def test_a_strange_request_gets_a_documented_answer(asking: Asking, request: Strange) -> None:
    if request.caller is CredentialKind.SESSION and request.endpoint.path in SPARED:
        return
    answer = asking.client.request(
        request.endpoint.method,
        request.target,
        headers={**request.headers, **asking.credentials[request.caller]},
        content=request.body,
    )
    _is_documented(request.dialect, request.endpoint, answer)


def _names(wire: Any) -> list[str]:
    return [] if wire is None else list(wire.__struct_fields__)


def _segment(raw: bytes) -> str:
    """One segment of a path whatever is in it: a dot or a slash would make it another path."""
    return quote_from_bytes(raw.replace(b"/", b"_").replace(b".", b"_"), safe="")


def _is_documented(dialect: Dialect, endpoint: Endpoint, answer: httpx.Response) -> None:
    assert answer.status_code < 500, answer.text
    DOCUMENTS[dialect.name][endpoint.path][endpoint.method].validate_response(answer)
