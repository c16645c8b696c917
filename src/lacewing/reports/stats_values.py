from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from lacewing.reports.values import Severity, Status


@dataclass(frozen=True, slots=True)
class Overview:
    """`resolved_today` since midnight, UTC. `mean_resolution` is from the creation of a report to its
    resolution that still stands, over all that were resolved in the last 30 days; None if none was.
    """

    total: int
    open: int
    resolved_today: int
    mean_resolution: timedelta | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Of the reports that there are; `by_day` the days on which they came, UTC, of the last 30, the oldest
    first, without those on which none did.
    """

    by_severity: dict[Severity, int]
    by_status: dict[Status, int]
    by_day: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class ProjectUsage:
    """Of one live project; `members` are those who may see it."""

    id: UUID
    name: str
    reports: int
    members: int


@dataclass(frozen=True, slots=True)
class Usage:
    """`reports_this_month` since the first of the month, UTC, of those that are still there."""

    projects: int
    reports_this_month: int
