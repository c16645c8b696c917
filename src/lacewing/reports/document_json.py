"""The one documented shape of a report in JSON, wherever it is exported: `VERSION` grows when it changes.

Members are in camelCase; what the page sent stands under `received` as it came.
"""

from typing import Any

from lacewing.kit.json import as_it_is
from lacewing.reports.document import ReportDocument
from lacewing.reports.draft import draft_of
from lacewing.reports.plain import plain
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
        "comments": plain(document.comments),
        "history": plain(document.history),
        "attachments": plain(document.attachments),
    }


def report_line(full: FullReport) -> dict[str, Any]:
    """A report with its evidence: in the one shape, and as it was received."""
    return {
        "v": VERSION,
        "report": _report(full.report),
        "evidence": plain(read_evidence(full.evidence)),
        "received": _received(full.evidence),
    }


def _report(report: Report) -> dict[str, Any]:
    told: dict[str, Any] = plain(report)
    return {"trackingId": report.tracking_id, **told}


def _received(evidence: Evidence) -> dict[str, Any]:
    return {
        wire: None if (text := getattr(evidence, name)) is None else as_it_is(text)
        for name, wire in _RECEIVED.items()
    }
