"""`lacewing stats`."""

from collections.abc import Iterator, Mapping

from lacewing.cli.remote.page import facts, section
from lacewing.cli.remote.projects import Chosen, find_project
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import SEVERITY, STATUS, Paint, painted
from lacewing.client import stats
from lacewing.client.stats import Breakdown, Overview

_BAR = 40


def show_stats(at: Remote, *, project: Chosen = None) -> None:
    """How many reports there are, and how many come a day; of all projects, or of one.

    Examples:
      lacewing stats
      lacewing stats -p WEB --json --fields openBugs,bugsByDay
    """
    where = None if project is None else find_project(at, project)["id"]
    overview = at.client.send(stats.overview(where))
    breakdown = at.client.send(stats.breakdown(where))
    at.output.page({**overview, **breakdown}, _page(overview, breakdown))


def _page(overview: Overview, breakdown: Breakdown) -> Iterator[str]:
    hours = overview["avgResolutionHours"]
    yield from facts(
        ("Reports", str(overview["totalBugs"])),
        ("Open", str(overview["openBugs"])),
        ("Resolved today", str(overview["resolvedToday"])),
        ("Resolved after", f"{hours:.1f} hours on average" if hours else None),
    )
    yield from section("By status", _bars(breakdown["bugsByStatus"], STATUS))
    yield from section("By severity", _bars(breakdown["bugsBySeverity"], SEVERITY))
    yield from section("By day", _bars({day["date"]: day["count"] for day in breakdown["bugsByDay"]}, {}))


def _bars(counts: Mapping[str, int], paint: Paint) -> list[str]:
    """Each as long as its part of the most."""
    most = max(counts.values(), default=0) or 1
    width = max(map(len, counts), default=0)
    lines = (f"{name:{width}}  {count:{len(str(most))}}  " for name, count in counts.items())
    bars = (painted("#" * (_BAR * count // most), paint.get(name, "")) for name, count in counts.items())
    return [f"{line}{bar}".rstrip() for line, bar in zip(lines, bars, strict=True)]
