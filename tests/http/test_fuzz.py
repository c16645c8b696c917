"""Requests that no document describes: whatever comes, the answer is one that the documents promise.

What schemathesis makes of the documents themselves is asked in tests/e2e/test_soak.py.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote_from_bytes

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lacewing.access.permissions import PRESENTED_KINDS
from lacewing.http.endpoint import Dialect, Endpoint
from tests.http.conftest import Site
from tests.http.documented import ENDLESS, ENDS_ITSELF, OPERATIONS, check, headers_of_callers

EXAMPLES: Final = 200
NOWHERE: Final = "00000000-0000-4000-8000-000000000000"
LASTING: Final = [(d, e) for d, e in OPERATIONS if e.path not in ENDS_ITSELF | ENDLESS]

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
    dialect, endpoint = draw(st.sampled_from(LASTING))
    segment = st.binary(min_size=1, max_size=12).map(_segment) | st.sampled_from(["WEB-1", NOWHERE, "~"])
    path = "/".join(draw(segment) if part.startswith("{") else part for part in endpoint.path.split("/"))
    fields = [*_names(endpoint.query), *_names(endpoint.body), "x"]
    pairs = st.tuples(st.sampled_from(fields), st.binary(max_size=12).map(quote_from_bytes))
    query = "&".join(f"{name}={value}" for name, value in draw(st.lists(pairs, max_size=4)))
    bodies = st.dictionaries(st.sampled_from(fields), JSON_VALUES, max_size=5).map(json.dumps)
    body = draw(st.binary(max_size=64) | NASTY | bodies.map(str.encode))
    caller = draw(st.sampled_from(["nobody", "narrow token", *sorted(PRESENTED_KINDS)]))
    return Strange(dialect, endpoint, caller, f"{path}?{query}", draw(HEADERS), body)


@pytest.fixture
def client(site: Site) -> httpx.Client:
    return site.http()


@pytest.fixture
def callers(site: Site) -> Iterator[Mapping[str, Mapping[str, str]]]:
    with headers_of_callers(site.server.url, "Fuzzer") as headers:
        yield headers


@settings(max_examples=EXAMPLES)
@given(request=strange_requests())
def test_a_strange_request_gets_a_documented_answer(
    client: httpx.Client, callers: Mapping[str, Mapping[str, str]], request: Strange
) -> None:
    headers = {**request.headers, **callers[request.caller]}
    answer = client.request(request.endpoint.method, request.target, headers=headers, content=request.body)
    check(request.dialect, request.endpoint, answer)


def _names(wire: Any) -> list[str]:
    return [] if wire is None else list(wire.__struct_fields__)


def _segment(raw: bytes) -> str:
    """One segment of a path whatever is in it: a dot or a slash would make it another path."""
    return quote_from_bytes(raw.replace(b"/", b"_").replace(b".", b"_"), safe="")
