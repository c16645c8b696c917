"""Each way to be refused, asked of every endpoint that it concerns: the status, and that it is documented."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx
import pytest
from schemathesis.core.failures import Failure, FailureGroup

from lacewing.access.permissions import PRESENTED_KINDS
from lacewing.http.endpoint import COOKIE, KEY, Dialect, Endpoint
from lacewing.http.openapi import refusals
from lacewing.http.problems import EdgeKind, Kind
from lacewing.http.references import PATH_FIELDS
from lacewing.kit.errors import ErrorKind
from tests.http.conftest import Site
from tests.http.documented import (
    COOKIE_FIRST,
    DOCUMENTS,
    ENDLESS,
    ENDS_ITSELF,
    OPERATIONS,
    check,
    filled_in,
    headers_of_callers,
)

NOWHERE: Final = "00000000-0000-4000-8000-000000000000"
JSON: Final = {"Content-Type": "application/json"}


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
    is_filled_in: bool = False


def _has_path(endpoint: Endpoint) -> bool:
    return "{" in endpoint.path


def _needs_a_field(endpoint: Endpoint) -> bool:
    """As its document says: some bodies may be left out."""
    [item] = [
        found["paths"][endpoint.path] for found in DOCUMENTS.values() if endpoint.path in found["paths"]
    ]
    return endpoint.body is not None and item[endpoint.method.lower()]["requestBody"]["required"]


def _needs_credential(endpoint: Endpoint) -> bool:
    return bool(endpoint.accepts) and not endpoint.is_optional


JUNK_PATH = dict.fromkeys(PATH_FIELDS, "~")
EMPTY_PATH = dict.fromkeys(PATH_FIELDS, NOWHERE)
ASKS = {
    "nothing presented": Ask(ErrorKind.UNAUTHENTICATED, _needs_credential, is_known=False),
    "nonsense presented": Ask(
        ErrorKind.UNAUTHENTICATED,
        _needs_credential,
        headers={"Authorization": "Bearer bsk_pat_nonsense"},
        is_known=False,
    ),
    "two credentials": Ask(
        ErrorKind.INVALID_REQUEST,
        lambda e: bool(e.accepts),
        headers={"Authorization": "Bearer bsk_pat_x", "X-API-Key": "bsk_pub_x"},
    ),
    "another site": Ask(
        EdgeKind.CROSS_SITE,
        lambda e: EdgeKind.CROSS_SITE in refusals(e) and not e.accepts,
        headers={"Sec-Fetch-Site": "cross-site"},
    ),
    "no JSON": Ask(EdgeKind.MALFORMED, lambda e: e.body is not None, body=b"{"),
    "a list": Ask(EdgeKind.MALFORMED, lambda e: e.body is not None, body=b"[]"),
    "an empty object": Ask(ErrorKind.INVALID, _needs_a_field, body=b"{}"),
    "plain text": Ask(
        EdgeKind.UNSUPPORTED_MEDIA_TYPE,
        lambda e: e.body is not None and not e.is_intake,
        headers={"Content-Type": "text/plain"},
        body=b"{}",
    ),
    "a bad page": Ask(
        ErrorKind.INVALID,
        lambda e: e.query is not None,
        query="page=no&per_page=no&limit=no&link=no&tokens=no&project_id=~&manageable=no&permanent=no&since=no",
    ),
    "a hundred fields": Ask(
        EdgeKind.MALFORMED, lambda e: e.query is not None, query="a=1&" * 101, is_filled_in=True
    ),
    "a path that is no reference": Ask(ErrorKind.INVALID, _has_path, path=JUNK_PATH, is_filled_in=True),
    "a path to nothing": Ask(
        ErrorKind.NOT_FOUND,
        lambda e: ErrorKind.NOT_FOUND in e.errors and _has_path(e),
        path=EMPTY_PATH,
        is_filled_in=True,
    ),
}
REFUSALS = [
    pytest.param(
        dialect,
        endpoint,
        ask,
        id=f"{name}: {endpoint.method} {endpoint.path}",
    )
    for name, ask in ASKS.items()
    for dialect, endpoint in OPERATIONS
    if ask.concerns(endpoint)
]


@pytest.mark.parametrize(("dialect", "endpoint", "ask"), REFUSALS)
def test_a_refusal_is_the_documented_one(
    site: Site, client: httpx.Client, dialect: Dialect, endpoint: Endpoint, ask: Ask
) -> None:
    target = f"{_path(site, endpoint, ask.path)}?{ask.query}"
    headers = {**JSON, **(_token(site, endpoint) if ask.is_known else {}), **ask.headers}
    body = ask.body or (b"{}" if endpoint.body is not None else b"")
    if ask.is_filled_in:
        body = filled_in(endpoint)
    if ask.kind is ErrorKind.NOT_FOUND and endpoint.path in COOKIE_FIRST:
        headers = {**JSON, "Cookie": site.cookies}
    answer = client.request(endpoint.method, target, headers=headers, content=body)
    assert answer.status_code == dialect.statuses[ask.kind]
    check(dialect, endpoint, answer)


@pytest.mark.parametrize(
    ("dialect", "endpoint"),
    [pytest.param(d, e, id=f"{e.method} {e.path}") for d, e in OPERATIONS if e.body is not None],
)
def test_a_body_over_its_limit_is_refused(
    site: Site, client: httpx.Client, dialect: Dialect, endpoint: Endpoint
) -> None:
    answer = client.request(
        endpoint.method,
        _path(site, endpoint, {}),
        headers={**JSON, **_token(site, endpoint)},
        content=b" " * (endpoint.max_body_bytes + 1),
    )
    assert answer.status_code == 413
    check(dialect, endpoint, answer)


@pytest.mark.parametrize("name", ["nobody", "narrow token", *sorted(PRESENTED_KINDS)])
@pytest.mark.parametrize(
    ("dialect", "endpoint"),
    [
        pytest.param(d, e, id=f"{e.method} {e.path}")
        for d, e in OPERATIONS
        if e.path not in ENDS_ITSELF | ENDLESS
    ],
)
def test_every_caller_gets_a_documented_answer(
    client: httpx.Client,
    callers: Mapping[str, Mapping[str, str]],
    name: str,
    dialect: Dialect,
    endpoint: Endpoint,
) -> None:
    target = endpoint.path.format_map(EMPTY_PATH)
    body = filled_in(endpoint)
    answer = client.request(endpoint.method, target, headers={**JSON, **callers[name]}, content=body)
    check(dialect, endpoint, answer)


def test_a_refusal_tells_what_is_left_of_the_budget(client: httpx.Client) -> None:
    """BugToMe's documents say: on every answer."""
    answer = client.get("/api/v1/tickets")
    assert answer.status_code == 401
    assert int(answer.headers["x-ratelimit-remaining"]) < int(answer.headers["x-ratelimit-limit"])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/api/v1/reports"),
        ("GET", "/api/v1/mcp/organizations"),
        ("GET", f"/api/v1/tickets/{NOWHERE}"),
        ("GET", "/login"),
    ],
)
def test_an_undocumented_answer_is_noticed(site: Site, client: httpx.Client, method: str, path: str) -> None:
    """Another status, shape or media type than a list of reports has: so the tests above can fail."""
    dialect, endpoint = next(
        (d, e) for d, e in OPERATIONS if (e.method, e.path) == ("GET", "/api/v1/reports")
    )
    answer = client.request(method, path, headers={"Authorization": f"Bearer {site.pat}"})
    with pytest.raises((AssertionError, Failure, FailureGroup)):
        check(dialect, endpoint, answer)


@pytest.fixture(scope="module")
def callers(peopled: Site) -> Iterator[Mapping[str, Mapping[str, str]]]:
    with headers_of_callers(peopled.server.url, "Refused") as headers:
        yield headers


@pytest.fixture(scope="module")
def client(peopled: Site) -> Iterator[httpx.Client]:
    """One for all: to make a client takes longer than to ask."""
    with httpx.Client(base_url=peopled.server.url, timeout=60.0, trust_env=False, verify=False) as made:
        yield made


def _token(site: Site, endpoint: Endpoint) -> dict[str, str]:
    """A credential that it accepts: a token, unless it takes sessions or keys only."""
    if endpoint.accepts == COOKIE:
        return {"Cookie": site.cookies}
    if endpoint.accepts == KEY:
        return {"X-API-Key": site.project.key}
    return {"Authorization": f"Bearer {site.pat}"} if endpoint.accepts else {}


def _path(site: Site, endpoint: Endpoint, told: Mapping[str, str]) -> str:
    """Its fields as told; else the project that there is, and things that there are not."""
    return endpoint.path.format_map({**EMPTY_PATH, "project_id": site.project.id, **told})
