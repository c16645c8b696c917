"""The one documented shape of a report in JSON, wherever it is exported: `VERSION` grows when it changes.

Members are in camelCase; what the page sent stands under `received` as it came.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from lacewing.kit.json import as_it_is
from lacewing.reports.document import ReportDocument
from lacewing.reports.draft import draft_of
from lacewing.reports.read_evidence import read_evidence
from lacewing.reports.values import Evidence, FullReport, Report

VERSION = 1
_RECEIVED = {
    "console": "consoleLogs",
    "network": "networkLogs",
    "actions": "userActions",
    "metadata": "metadata",
    "secrets": "secretsRemoved",
}


def document_of(document: ReportDocument) -> dict[str, Any]:
    """Everything of one report."""
    draft = draft_of(document.full)
    return {
        **report_line(document.full),
        "draft": None if draft is None else {**plain(draft), "derived": True},
        "comments": [plain(comment) for comment in document.comments],
    }


def report_line(full: FullReport) -> dict[str, Any]:
    """A report with its evidence: in the one shape, and as it was received."""
    return {
        "v": VERSION,
        "report": _report(full.report),
        "evidence": plain(read_evidence(full.evidence)),
        "received": _received(full.evidence),
    }


def plain(value: Any) -> Any:  # noqa: ANN401 - a value of the core, to what JSON has
    """Members in camelCase, at any depth; the keys of a mapping stay as they are."""
    if is_dataclass(value):
        return {_camel(item.name): plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {_camel(name): plain(item) for name, item in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    return value


def _report(report: Report) -> dict[str, Any]:
    told: dict[str, Any] = plain(report)
    return {"trackingId": report.tracking_id, **told}


def _received(evidence: Evidence) -> dict[str, Any]:
    return {
        wire: None if (text := getattr(evidence, name)) is None else as_it_is(text)
        for name, wire in _RECEIVED.items()
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
