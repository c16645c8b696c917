"""What an overview of projects says of each."""

from sqlalchemy import update

from lacewing.reports import Status, count_reports
from lacewing.reports.tables import report_counts
from tests.world import World


def test_every_project_has_its_own_total_and_the_time_of_its_newest_report(world: World) -> None:
    world.submit("First")
    world.clock.advance(minutes=5)
    newest = world.submit("Second")
    world.clock.advance(minutes=5)
    private = world.submit("In the cellar", world.key(world.cellar))
    counted = world.run(count_reports(world.db, world.session("ada")))

    orchard, cellar = counted[world.orchard.id], counted[world.cellar.id]
    assert (orchard.total, orchard.open, orchard.last_created_at) == (2, 2, newest.report.created_at)
    assert (cellar.total, cellar.open, cellar.last_created_at) == (1, 1, private.report.created_at)


def test_a_project_without_reports_is_missing(world: World) -> None:
    assert world.run(count_reports(world.db, world.session("ada"))) == {}


def test_what_is_resolved_or_closed_is_not_open(world: World) -> None:
    world.submit("First")
    world.submit("Second")
    closed = update(report_counts).values(status=Status.CLOSED)
    world.write(lambda tx: tx.execute(closed) and None)
    world.submit("Third")
    counted = world.run(count_reports(world.db, world.session("ada")))[world.orchard.id]

    assert (counted.total, counted.open) == (3, 1)


def test_nobody_is_told_of_projects_that_it_does_not_see(world: World) -> None:
    world.submit("In the orchard")
    world.submit("In the cellar", world.key(world.cellar))
    seen = {
        name: set(world.run(count_reports(world.db, world.session(name)))) for name in ("cleo", "ivy", "eve")
    }

    assert seen == {"cleo": {world.orchard.id}, "ivy": {world.cellar.id}, "eve": set()}
