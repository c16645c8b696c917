"""HAR 1.2, by the tables of its specification: which members there have to be, and of which type."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.reports import Evidence, FullReport, har_of
from tests.reports.payloads import ORIGINAL, OURS, a_report, evidence_of
from tests.reports.test_read_evidence import PARTS

NUMBER: Final = (int, float)
LOG: Final = {"version": str, "creator": dict, "pages": list, "entries": list}
PAGE: Final = {"startedDateTime": str, "id": str, "title": str, "pageTimings": dict}
ENTRY: Final = {
    "startedDateTime": str,
    "time": NUMBER,
    "request": dict,
    "response": dict,
    "cache": dict,
    "timings": dict,
}
REQUEST: Final = {
    "method": str,
    "url": str,
    "httpVersion": str,
    "cookies": list,
    "headers": list,
    "queryString": list,
    "headersSize": int,
    "bodySize": int,
}
RESPONSE: Final = {
    "status": int,
    "statusText": str,
    "httpVersion": str,
    "cookies": list,
    "headers": list,
    "content": dict,
    "redirectURL": str,
    "headersSize": int,
    "bodySize": int,
}


def require(value: Mapping[str, Any], members: Mapping[str, Any]) -> None:
    for name, kind in members.items():
        assert isinstance(value[name], kind), name


def require_har(har: Mapping[str, Any]) -> None:
    log = har["log"]
    require(log, LOG)
    assert log["version"] == "1.2"
    require(log["creator"], {"name": str, "version": str})
    for page in log["pages"]:
        require(page, PAGE)
        assert datetime.fromisoformat(page["startedDateTime"]).tzinfo
    for entry in log["entries"]:
        require(entry, ENTRY)
        assert datetime.fromisoformat(entry["startedDateTime"]).tzinfo
        assert entry["pageref"] in {page["id"] for page in log["pages"]}
        require(entry["request"], REQUEST)
        require(entry["response"], RESPONSE)
        require(entry["response"]["content"], {"size": int, "mimeType": str})
        timings = entry["timings"]
        require(timings, dict.fromkeys(("send", "wait", "receive"), NUMBER))
        assert all(value >= 0 for value in timings.values())
        assert entry["time"] == sum(timings.values())
        for pair in (
            *entry["request"]["queryString"],
            *entry["request"]["headers"],
            *entry["response"]["headers"],
        ):
            require(pair, {"name": str, "value": str})


@pytest.mark.parametrize("payload", [ORIGINAL, OURS, {}])
def test_the_requests_of_a_report_are_a_valid_archive(payload: dict[str, Any]) -> None:
    require_har(har_of(FullReport(a_report(), evidence_of(payload))))


def test_an_entry_tells_what_the_page_saw() -> None:
    entries = har_of(FullReport(a_report(), evidence_of(ORIGINAL)))["log"]["entries"]

    assert [entry["request"]["method"] for entry in entries] == ["GET", "POST"]
    failed = entries[1]
    assert failed["startedDateTime"] == "2026-03-02T09:00:00.400000+00:00"
    assert failed["time"] == 310
    assert failed["request"]["queryString"] == [{"name": "id", "value": "7"}]
    assert (failed["response"]["status"], failed["response"]["statusText"]) == (502, "Bad Gateway")
    assert failed["response"]["content"]["mimeType"] == "text/html"


def test_an_address_is_absolute_as_the_page_would_have_asked() -> None:
    (entry,) = har_of(FullReport(a_report(), evidence_of(OURS)))["log"]["entries"]
    assert entry["request"]["url"] == "https://shop.example.com/cart"


@given(PARTS, st.sampled_from([None, b'{"url":"http://[bad"}']))
def test_hostile_evidence_makes_a_valid_archive_too(network: bytes | None, metadata: bytes | None) -> None:
    require_har(har_of(FullReport(a_report(), Evidence(network=network, metadata=metadata))))
