"""A report's requests as an HTTP archive (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/).

What a page can not know is -1, as the format has it; bodies and request headers are never captured.
"""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from lacewing import __version__
from lacewing.reports.evidence_values import ReadEvidence, Request
from lacewing.reports.read_evidence import read_evidence
from lacewing.reports.values import FullReport, Report

_UNKNOWN = -1
_PAGE_ID = "page_1"
_MOST_QUERY_FIELDS = 200
_PHRASES = {int(status): status.phrase for status in HTTPStatus}


def har_of(full: FullReport) -> dict[str, Any]:
    """The requests in the order of their times; one without a time is told at the report's."""
    report, evidence = full.report, read_evidence(full.evidence)
    timed = [(request.at or report.created_at, request) for request in evidence.network]
    timed.sort(key=lambda pair: pair[0])
    begun = timed[0][0] if timed else report.created_at
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "Lacewing", "version": __version__},
            "pages": [_page(report, begun)],
            "entries": [_entry(evidence, request, at) for at, request in timed],
            "comment": f"{report.tracking_id}: as the page saw its requests, without bodies.",
        }
    }


def _page(report: Report, begun: datetime) -> dict[str, Any]:
    return {
        "startedDateTime": begun.isoformat(),
        "id": _PAGE_ID,
        "title": report.title,
        "pageTimings": {"onContentLoad": _UNKNOWN, "onLoad": _UNKNOWN},
    }


def _entry(evidence: ReadEvidence, request: Request, at: datetime) -> dict[str, Any]:
    """All of its time is told as waiting, since a page is told no more."""
    duration = max(0, request.duration_ms or 0)
    return {
        "pageref": _PAGE_ID,
        "startedDateTime": at.isoformat(),
        "time": duration,
        "request": _request(evidence, request),
        "response": _response(request),
        "cache": {},
        "timings": {"send": 0, "wait": duration, "receive": 0},
    }


def _request(evidence: ReadEvidence, request: Request) -> dict[str, Any]:
    url, query = _address(evidence.environment.url, request.url)
    return {
        "method": request.method,
        "url": url,
        "httpVersion": "unknown",
        "cookies": [],
        "headers": [],
        "queryString": query,
        "headersSize": _UNKNOWN,
        "bodySize": _size(request.request_bytes),
    }


def _response(request: Request) -> dict[str, Any]:
    status = request.status or 0
    headers = {name.lower(): value for name, value in request.response_headers}
    return {
        "status": status,
        "statusText": _PHRASES.get(status, ""),
        "httpVersion": "unknown",
        "cookies": [],
        "headers": [{"name": name, "value": value} for name, value in request.response_headers],
        "content": {
            "size": max(0, request.response_bytes or 0),
            "mimeType": headers.get("content-type", "x-unknown"),
        },
        "redirectURL": headers.get("location", ""),
        "headersSize": _UNKNOWN,
        "bodySize": _size(request.response_bytes),
    }


def _address(page: str | None, url: str) -> tuple[str, list[dict[str, str]]]:
    """Absolute, as the format wants it, and its query; an address that can not be read stays as it is."""
    try:
        absolute = urljoin(page or "", url)
        pairs = parse_qsl(urlsplit(absolute).query, keep_blank_values=True, max_num_fields=_MOST_QUERY_FIELDS)
    except ValueError:
        return url, []
    return absolute, [{"name": name, "value": value} for name, value in pairs]


def _size(told: int | None) -> int:
    return _UNKNOWN if told is None or told < 0 else told
