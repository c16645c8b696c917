"""A status goes back to where somebody has just taken it from, whatever the table says."""

from lacewing.reports import Status, change_reports
from tests.reports.triaging import change, refusal
from tests.world import World


def test_who_has_just_changed_a_status_can_take_it_back(world: World) -> None:
    report = world.submit().report
    change(world, report.id, status=Status.RESOLVED)

    assert change(world, report.id, status=Status.NEW).status is Status.NEW


def test_many_are_taken_back_at_once(world: World) -> None:
    ids = [world.submit(f"Report {number}").report.id for number in range(3)]
    for status in (Status.CLOSED, Status.NEW):
        outcomes = world.run(change_reports(world.db, world.session("ada"), ids, {"status": status}))
        assert [outcome.refusal for outcome in outcomes] == [None] * 3


def test_later_the_table_holds(world: World) -> None:
    report = world.submit().report
    change(world, report.id, status=Status.TRIAGING)
    world.clock.advance(minutes=6)

    assert refusal(world, report.id, status=Status.NEW).code == "invalid_transition"


def test_nobody_takes_back_what_another_did(world: World) -> None:
    report = world.submit().report
    change(world, report.id, "bob", status=Status.TRIAGING)

    assert refusal(world, report.id, status=Status.NEW).code == "invalid_transition"


def test_what_was_changed_since_is_not_taken_back(world: World) -> None:
    report = world.submit().report
    change(world, report.id, status=Status.TRIAGING)
    world.clock.advance(seconds=1)
    change(world, report.id, "bob", status=Status.CLOSED)

    assert refusal(world, report.id, status=Status.NEW).code == "invalid_transition"
