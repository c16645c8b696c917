"""Statistics on the wire."""

from datetime import timedelta
from typing import Annotated

import msgspec

from lacewing.reports import Breakdown, Overview

_HOUR = timedelta(hours=1)


class StatsQuery(msgspec.Struct):
    project_id: Annotated[str, msgspec.Meta(description="A project's id or code.")] | None = None


class OverviewItem(msgspec.Struct, rename="camel"):
    """Days are UTC's. `avg_resolution_hours` is from creation to the resolution that still stands, over what
    was resolved in the last 30 days; 0 if nothing was.
    """

    total_bugs: int
    open_bugs: int
    resolved_today: int
    avg_resolution_hours: float


class DayItem(msgspec.Struct):
    """`date` is a day of UTC, like 2026-03-02."""

    date: str
    count: int


class BreakdownItem(msgspec.Struct, rename="camel"):
    """`bugs_by_day` has those of the last 30 days on which reports came that are still there."""

    bugs_by_severity: dict[str, int]
    bugs_by_status: dict[str, int]
    bugs_by_day: list[DayItem]


def overview_item(overview: Overview) -> OverviewItem:
    mean = overview.mean_resolution
    return OverviewItem(
        overview.total,
        overview.open,
        overview.resolved_today,
        0.0 if mean is None else round(mean / _HOUR, 2),
    )


def breakdown_item(breakdown: Breakdown) -> BreakdownItem:
    return BreakdownItem(
        {severity.value: count for severity, count in breakdown.by_severity.items()},
        {status.value: count for status, count in breakdown.by_status.items()},
        [DayItem(day.isoformat(), count) for day, count in breakdown.by_day],
    )
