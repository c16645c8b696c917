"""How many reports stand where, when they came, how long they took: over what the caller may read."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import (
    Breakdown,
    Overview,
    ProjectUsage,
    Status,
    Usage,
    change_report,
    read_breakdown,
    read_overview,
    read_project_usage,
    read_usage,
)
from lacewing.reports.tables import reports
from tests.reports.stored import store
from tests.world import World

SEES = {
    "ada": 50,
    "bob": 50,
    "cleo": 40,
    "dan": 40,
    "fay": 40,
    "gil": 40,
    "hal": 40,
    "ivy": 10,
    "eve": 7,
}


@pytest.fixture(scope="module")
def filled(still_world: World) -> World:
    world = still_world
    for project, count in ((world.orchard, 40), (world.cellar, 10), (world.elsewhere, 7)):
        world.write(lambda tx, project=project, count=count: store(tx, project, count) and None)
    return world


def overview(world: World, name: str = "ada", project_id: UUID | None = None) -> Overview:
    return world.run(read_overview(world.db, world.session(name), project_id))


def breakdown(world: World, name: str = "ada", project_id: UUID | None = None) -> Breakdown:
    return world.run(read_breakdown(world.db, world.session(name), project_id))


def resolve(world: World, report_id: UUID, created_at: datetime, resolved_at: datetime) -> None:
    row = update(reports).where(reports.c.id == report_id)
    world.write(lambda tx: tx.execute(row.values(created_at=created_at, resolved_at=resolved_at)) and None)


@pytest.mark.parametrize(("name", "count"), SEES.items())
def test_everybody_is_told_of_what_it_may_read(filled: World, name: str, count: int) -> None:
    told = breakdown(filled, name)

    assert overview(filled, name).total == count
    assert sum(told.by_severity.values()) == sum(told.by_status.values()) == count
    assert sum(count for _, count in told.by_day) == count


def test_one_project_is_told_of_by_itself(filled: World) -> None:
    assert overview(filled, "ada", filled.cellar.id).total == 10
    assert sum(breakdown(filled, "ada", filled.orchard.id).by_status.values()) == 40


def test_open_are_those_that_nobody_has_finished(filled: World) -> None:
    by_status = breakdown(filled).by_status

    assert overview(filled).open == sum(by_status[s] for s in ("new", "triaging", "in_progress"))
    assert set(by_status) == set(Status)


@pytest.mark.parametrize(("name", "project"), [("eve", "orchard"), ("dan", "cellar"), ("gil", "elsewhere")])
def test_a_project_that_one_may_not_see_is_not_found(filled: World, name: str, project: str) -> None:
    for read in (overview, breakdown):
        with pytest.raises(LacewingError) as refused:
            read(filled, name, getattr(filled, project).id)
        assert refused.value.kind is ErrorKind.NOT_FOUND


def test_a_token_needs_the_scope(filled: World) -> None:
    allowed = filled.token("ada", scopes=frozenset({Scope.STATS_READ}))
    assert filled.run(read_overview(filled.db, allowed)).total == SEES["ada"]
    narrow = filled.token("ada", scopes=frozenset({Scope.REPORTS_READ}))
    for actor in (narrow, filled.actor(CredentialKind.PUBLISHABLE_KEY)):
        with pytest.raises(LacewingError) as refused:
            filled.run(read_overview(filled.db, actor))
        assert refused.value.kind is ErrorKind.FORBIDDEN


def test_days_begin_at_midnight_of_utc_and_thirty_are_told(world: World) -> None:
    world.clock.now = datetime(2026, 5, 31, 23, 59, tzinfo=UTC)
    for moment in (
        datetime(2026, 5, 1, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 5, 2, tzinfo=UTC),
        datetime(2026, 5, 2, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 5, 31, tzinfo=UTC),
    ):
        report_id = world.submit().report.id
        row = update(reports).where(reports.c.id == report_id).values(created_at=moment)
        world.write(lambda tx, row=row: tx.execute(row) and None)

    assert breakdown(world).by_day == ((date(2026, 5, 2), 2), (date(2026, 5, 31), 1))


def test_where_nothing_was_resolved_there_is_no_mean(world: World) -> None:
    world.submit()
    assert overview(world) == Overview(total=1, open=1, resolved_today=0, mean_resolution=None)
    assert overview(world, "eve") == Overview(0, 0, 0, None)


def test_the_mean_is_of_what_was_resolved_in_thirty_days(world: World) -> None:
    now = world.clock.now
    for created, resolved in (
        (timedelta(hours=30), timedelta(hours=2)),
        (timedelta(hours=12), timedelta(hours=10)),
        (timedelta(days=90), timedelta(days=31)),
    ):
        resolve(world, world.submit().report.id, now - created, now - resolved)

    told = overview(world)

    assert told.mean_resolution == timedelta(hours=15)
    assert told.resolved_today == 1


def test_a_resolution_that_was_taken_back_counts_no_more(world: World) -> None:
    """The one that stands counts, from the creation of the report."""
    report, ada = world.submit().report, world.session("ada")

    def become(status: Status) -> Overview:
        world.clock.advance(hours=2)
        world.run(change_report(world.db, ada, report.id, {"status": status}))
        return overview(world)

    assert become(Status.RESOLVED).mean_resolution == timedelta(hours=2)
    assert become(Status.CLOSED).mean_resolution == timedelta(hours=2)
    reopened = become(Status.IN_PROGRESS)
    assert (reopened.resolved_today, reopened.mean_resolution) == (0, None)
    again = become(Status.CLOSED)
    assert (again.resolved_today, again.mean_resolution) == (1, timedelta(hours=8))


def test_usage_counts_live_projects_and_this_months_reports(world: World) -> None:
    world.submit()
    old = world.submit().report.id
    row = update(reports).where(reports.c.id == old)
    last_month = world.clock.now.replace(day=1, hour=0, minute=0) - timedelta(microseconds=1)
    world.write(lambda tx: tx.execute(row.values(created_at=last_month)) and None)

    assert world.run(read_usage(world.db, world.session("ada"))) == Usage(2, 1)
    assert world.run(read_usage(world.db, world.token("dan", scopes=frozenset()))) == Usage(1, 1)
    world.delete_project(world.orchard)
    assert world.run(read_usage(world.db, world.session("ada"))) == Usage(1, 0)


def test_a_projects_members_are_those_who_may_see_it(world: World) -> None:
    world.submit()

    told = world.run(read_project_usage(world.db, world.session("ada")))

    assert told == (
        ProjectUsage(world.orchard.id, "Orchard", reports=1, members=7),
        ProjectUsage(world.cellar.id, "Cellar", reports=0, members=3),
    )
