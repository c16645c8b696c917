"""How many reports there are."""

from typing import TypedDict

from lacewing.client.request import Request, given, path_of


class Overview(TypedDict):
    totalBugs: int
    openBugs: int
    resolvedToday: int
    avgResolutionHours: float


class Day(TypedDict):
    date: str
    count: int


class Breakdown(TypedDict):
    bugsBySeverity: dict[str, int]
    bugsByStatus: dict[str, int]
    bugsByDay: list[Day]


def overview(project: str | None = None) -> Request[Overview]:
    return Request("GET", path_of("/stats/overview"), given(project_id=project))


def breakdown(project: str | None = None) -> Request[Breakdown]:
    """Of one project, or of all that one may read."""
    path = path_of("/stats/aggregated") if project is None else path_of("/stats/projects/{}", project)
    return Request("GET", path)
