"""One shape for what either widget sends; nothing that a page writes makes reading fail (ADR 3)."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.reports import Evidence, FullReport, draft_of
from lacewing.reports.evidence_values import VERSION, Environment, Performance
from lacewing.reports.facets import facets_of, page_of
from lacewing.reports.read_evidence import read_evidence
from tests.reports.payloads import FIREFOX, ORIGINAL, OURS, as_submitted, evidence_of

NAMES = sorted(
    {
        name
        for part in ORIGINAL.values()
        for entry in (part if isinstance(part, list) else [part])
        for name in entry
    }
    | {"entries", "user_agent", "web_vitals", "selector", "count", "at", "performance", "capture_warnings"}
)
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(
        ["2026-13-40T99:00", "0001-01-01T00:00:00+14:00", "[Uncaught] x", "error", FIREFOX, "//@/"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=6), inner, max_size=6)
    ),
    max_leaves=30,
)
PARTS = st.none() | ODD.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=20)


def test_the_original_widgets_payload_is_understood() -> None:
    found = read_evidence(evidence_of(ORIGINAL))

    line = found.console[1]
    assert (found.v, line.level, line.stack, line.count) == (VERSION, "error", "at pay.js:1", 1)
    assert line.at == datetime(2026, 3, 2, 9, 0, 0, 500_000, UTC)
    assert [line.is_error for line in found.console] == [False, True]
    assert [request.has_failed for request in found.network] == [False, True]
    assert found.network[1].response_headers == (("content-type", "text/html"),)
    assert (found.actions[1].kind, found.actions[1].target, found.actions[1].x) == ("click", "button#pay", 10)
    assert found.environment == Environment(
        url="https://ann@Shop.example.com/cart?step=2#top",
        page="https://shop.example.com/cart",
        user_agent=FIREFOX,
        browser="firefox",
        os="linux",
        viewport="1440x900",
        screen="2560x1440",
        language="de-DE",
        timezone="Europe/Berlin",
        platform="Linux x86_64",
        connection="4g",
        memory_gb=8,
    )
    assert found.performance == Performance(lcp_ms=1200.5, cls=0.02, ttfb_ms=80)
    assert found.raw == {}


def test_our_own_widgets_payload_has_the_same_shape() -> None:
    found = read_evidence(evidence_of(OURS))

    assert (found.console[0].level, found.console[0].count) == ("warn", 3)
    assert found.console[0].at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert (found.network[0].method, found.network[0].duration_ms, found.network[0].response_bytes) == (
        "GET",
        5,
        10,
    )
    assert (found.actions[0].kind, found.actions[0].target) == ("click", "#pay")
    assert (found.environment.viewport, found.environment.browser, found.environment.os) == (
        "390x844",
        "safari",
        "ios",
    )
    assert found.performance.lcp_ms == 900
    assert found.capture_warnings == ("2 cross-origin frames are blank",)


def test_what_can_not_be_read_is_kept_as_text_and_marked() -> None:
    found = read_evidence(Evidence(console=b'[1, {"message":"a"}, "b"]', network=b"{no", metadata=b'["x"]'))

    assert [line.message for line in found.console] == ["a"]
    assert found.raw == {"console": "1\nb", "network": "{no", "metadata": '["x"]'}


def test_a_list_inside_an_object_is_that_list() -> None:
    found = read_evidence(Evidence(actions=b'{"events":[{"type":"click","target":"#a"}]}'))
    assert [action.target for action in found.actions] == ["#a"]


@given(PARTS, PARTS, PARTS, PARTS)
def test_no_evidence_makes_reading_fail(
    console: bytes | None, network: bytes | None, actions: bytes | None, metadata: bytes | None
) -> None:
    evidence = Evidence(console, network, actions, metadata)
    found, facets = read_evidence(evidence), facets_of(evidence)

    draft_of(FullReport(as_submitted(evidence), evidence))
    assert "\0" not in (facets.page or "")
    assert (facets.browser, facets.os) == (found.environment.browser, found.environment.os)


@pytest.mark.parametrize(
    ("console", "network", "has_error"),
    [
        ([], [], False),
        ([{"level": "warn", "message": "x"}], [{"status": 302}], False),
        ([{"level": "ERROR"}], [], True),
        ([{"level": "log", "message": "[UnhandledRejection] no"}], [], True),
        ({"level": "fatal"}, [], True),
        ([], [{"status": 0}], True),
        ([], [{"status": 404}], True),
        ([], [{"status": True}, {"status": "500"}, {}], False),
        ("error", 500, False),
    ],
)
def test_an_error_is_one_everywhere(console: Any, network: Any, has_error: bool) -> None:
    evidence = evidence_of({"console": console, "network": network})
    found = read_evidence(evidence)

    assert facets_of(evidence).has_error is has_error
    told = any(line.is_error for line in found.console) or any(item.has_failed for item in found.network)
    assert told is has_error


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://Shop.example.com:8080/a/B?q=1#x", "https://shop.example.com:8080/a/B"),
        ("https://ann:p@ss@shop.example.com/a", "https://shop.example.com/a"),
        ("HTTPS://shop.example.com", "https://shop.example.com"),
        ("/checkout?x", "/checkout"),
        ("file:///C:/x.html", "file:///C:/x.html"),
        ("https://h/a\0b\n", "https://h/ab"),
        ("https://h/" + "x" * 600, "https://h/" + "x" * 490),
        ("data:text/html,hi", None),
        ("", None),
        ("?", None),
    ],
)
def test_a_page_is_its_address_and_nothing_that_changes_or_tells_who_is_there(
    url: str, page: str | None
) -> None:
    assert page_of(url) == page
