"""Which status may follow which (contract A10)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from lacewing.kit.errors import conflict
from lacewing.reports.values import OPEN_STATUSES, Reopen, Report, Status

NEXT: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.TRIAGING, Status.IN_PROGRESS, Status.RESOLVED, Status.CLOSED}),
    Status.TRIAGING: frozenset({Status.IN_PROGRESS, Status.RESOLVED, Status.CLOSED}),
    Status.IN_PROGRESS: frozenset({Status.TRIAGING, Status.RESOLVED, Status.CLOSED}),
    Status.RESOLVED: frozenset({Status.TRIAGING, Status.IN_PROGRESS, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.TRIAGING, Status.IN_PROGRESS}),
}


def _from_nowhere(_report: Report) -> Status | None:
    return None


def with_status(
    report: Report,
    wanted: Status | Reopen,
    now: datetime,
    came_from: Callable[[Report], Status | None] = _from_nowhere,
) -> Report:
    """To set what it is already is no error, nor to go back to where the caller has just taken it from.

    Raises CONFLICT: `invalid_transition`, `merged`.
    """
    status = _wanted(report.status, wanted)
    if status is report.status:
        return report
    if report.merged_into_id is not None:
        raise conflict("merged", f"{report.tracking_id} is a duplicate. Unmerge it first.")
    if status not in NEXT[report.status] and status is not came_from(report):
        allowed = ", ".join(word for word in Status if word in NEXT[report.status])
        sentence = f"{report.tracking_id} is {report.status}. From there it can become: {allowed}."
        raise conflict("invalid_transition", sentence)
    resolved_at = None if status in OPEN_STATUSES else report.resolved_at or now
    return report._replace(status=status, resolved_at=resolved_at)


def _wanted(present: Status, wanted: Status | Reopen) -> Status:
    if not isinstance(wanted, Reopen):
        return wanted
    return present if present in {Status.NEW, Status.TRIAGING} else Status.TRIAGING
