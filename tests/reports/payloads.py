"""Evidence as the two widgets send it: the original's (contract B6), and our own in snake_case."""

import json
from typing import Any, Final
from uuid import UUID

from lacewing.reports import Category, Evidence, Report, Severity, Status
from lacewing.reports.facets import facets_of
from tests.world import START

FIREFOX: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
AT: Final = 1_772_442_000_000  # 2026-03-02 09:00 UTC

ORIGINAL: Final[dict[str, Any]] = {
    "console": [
        {"level": "info", "message": "cart loaded", "timestamp": AT},
        {
            "level": "error",
            "message": "TypeError: x is undefined",
            "timestamp": AT + 500,
            "stack": "at pay.js:1",
        },
    ],
    "network": [
        {
            "method": "GET",
            "url": "https://api.example.com/cart",
            "status": 200,
            "duration": 12.5,
            "timestamp": AT,
        },
        {
            "method": "POST",
            "url": "https://api.example.com/pay?id=7",
            "status": 502,
            "duration": 310,
            "timestamp": AT + 400,
            "responseHeaders": {"content-type": "text/html"},
        },
    ],
    "actions": [
        {"type": "navigation", "url": "https://shop.example.com/cart", "timestamp": AT - 9000},
        {"type": "click", "target": "button#pay", "x": 10, "y": 20, "timestamp": AT},
        {"type": "scroll", "x": 0, "y": 900, "timestamp": AT + 100},
    ],
    "metadata": {
        "userAgent": FIREFOX,
        "viewport": "1440x900",
        "screenResolution": "2560x1440",
        "url": "https://ann@Shop.example.com/cart?step=2#top",
        "referrer": "",
        "locale": "de-DE",
        "timezone": "Europe/Berlin",
        "connection": {"effectiveType": "4g"},
        "memory": 8,
        "platform": "Linux x86_64",
        "performance": {"lcp": 1200.5, "cls": 0.02, "ttfb": 80, "inp": None},
    },
}
OURS: Final[dict[str, Any]] = {
    "console": [
        {
            "level": "warning",
            "message": "slow",
            "at": "2026-03-02T09:00:00Z",
            "stack": None,
            "count": 3,
        }
    ],
    "network": [{"method": "get", "url": "/cart", "status": 0, "duration_ms": 5, "response_size": 10}],
    "actions": [{"kind": "click", "selector": "#pay", "at": "2026-03-02T09:00:00Z"}],
    "metadata": {
        "user_agent": SAFARI,
        "viewport": {"width": 390, "height": 844},
        "url": "https://shop.example.com/",
        "web_vitals": {"lcp": 900},
        "capture_warnings": ["2 cross-origin frames are blank"],
    },
}


def evidence_of(parts: dict[str, Any]) -> Evidence:
    return Evidence(**{name: json.dumps(value).encode() for name, value in parts.items()})


def a_report(**changed: Any) -> Report:
    """Of no project that there is: for what is made of a report and its evidence alone."""
    told: dict[str, Any] = {
        "id": UUID("018f0000-0000-7000-8000-000000000001"),
        "organization_id": UUID("018f0000-0000-7000-8000-000000000002"),
        "project_id": UUID("018f0000-0000-7000-8000-000000000003"),
        "project_code": "ORC",
        "number": 7,
        "title": "It broke",
        "description": "",
        "severity": Severity.HIGH,
        "category": Category.BUG,
        "status": Status.NEW,
        "reporter_identifier": None,
        "assignee_id": None,
        "given": "",
        "when": "",
        "then": "",
        "notes": "",
        "created_at": START,
        "updated_at": START,
    }
    return Report(**told | changed)


def as_submitted(evidence: Evidence, **changed: Any) -> Report:
    """With what is read from the evidence when it comes in."""
    return a_report(**facets_of(evidence)._asdict(), **changed)
