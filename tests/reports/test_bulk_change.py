"""Many at once: one transaction, one answer for each, no more statements for five hundred than for fifty."""

import pytest

from lacewing.kit.errors import LacewingError
from lacewing.kit.ids import new_id
from lacewing.reports import Severity, Status, change_reports, delete_reports, list_watchers
from tests.counting import CountingDatabase
from tests.reports.stored import counters_are_right, fill, numbers, row_counts
from tests.reports.triaging import label, read
from tests.world import World


def test_each_is_answered_by_itself_in_the_order_asked(world: World) -> None:
    a, b, private = (
        world.submit().report,
        world.submit().report,
        world.submit(actor=world.key(world.cellar)).report,
    )
    theirs = world.submit(actor=world.key(world.elsewhere)).report
    cleo = world.session("cleo")
    world.run(change_reports(world.db, cleo, [b.id], {"status": Status.RESOLVED}))
    asked = [a.id, "orc-2", b.id, private.id, theirs.tracking_id, new_id(), "nonsense", a.tracking_id]

    outcomes = world.run(change_reports(world.db, cleo, asked, {"status": Status.CLOSED}))

    codes = [outcome.refusal and outcome.refusal.code for outcome in outcomes]
    assert [outcome.reference for outcome in outcomes] == asked
    assert codes == [None, None, None, *["not_found"] * 4, None]
    assert {read(world, one.id).report.status for one in (a, b)} == {Status.CLOSED}
    assert world.read(counters_are_right)


def test_what_is_refused_for_one_is_done_for_the_others(world: World) -> None:
    a, b, c = (world.submit().report for _ in "abc")
    ada = world.session("ada")
    world.run(change_reports(world.db, ada, [b.id], {"status": Status.CLOSED}))

    outcomes = world.run(change_reports(world.db, ada, [a.id, b.id, c.id], {"status": Status.RESOLVED}))

    assert [o.refusal and o.refusal.code for o in outcomes] == [None, "invalid_transition", None]
    assert world.read(counters_are_right)


def test_who_may_not_is_told_so_for_each(world: World) -> None:
    report = world.submit().report
    for name, code in (("hal", "forbidden"), ("eve", "not_found")):
        actor = world.session(name)
        changed = world.run(change_reports(world.db, actor, [report.id], {"severity": Severity.LOW}))
        deleted = world.run(delete_reports(world.db, actor, [report.id]))
        assert [o.refusal and o.refusal.code for o in changed + deleted] == [code, code]
    assert read(world, report.id).report == report


def test_an_assignee_of_one_project_is_refused_in_another(world: World) -> None:
    mine, private = world.submit().report, world.submit(actor=world.key(world.cellar)).report
    ada, gil = world.session("ada"), world.people["gil"].id
    outcomes = world.run(change_reports(world.db, ada, [mine.id, private.id], {"assignee_id": gil}))
    assert [o.refusal and o.refusal.code for o in outcomes] == [None, "validation_failed"]
    assert [watcher.name for watcher in world.run(list_watchers(world.db, ada, mine.id))] == ["Gil"]


def test_many_are_deleted_once(world: World) -> None:
    made = fill(world, world.orchard, count=3)
    ids = [made[0].id, made[1].tracking_id, made[0].id]
    outcomes = world.run(delete_reports(world.db, world.session("ada"), ids))
    assert [outcome.refusal for outcome in outcomes] == [None] * 3
    assert world.read(lambda tx: numbers(tx, world.orchard)) == [3]
    assert world.read(row_counts)["reports"] == 1
    assert world.read(counters_are_right)


@pytest.mark.parametrize("count", [0, 501])
def test_how_many_at_once(still_world: World, count: int) -> None:
    ada, ids = still_world.session("ada"), [new_id()] * count
    with pytest.raises(LacewingError) as refused:
        still_world.run(change_reports(still_world.db, ada, ids, {"severity": Severity.LOW}))
    assert refused.value.fields[0].field == "ids"


def test_five_hundred_cost_no_more_statements_than_fifty(world: World) -> None:
    made = fill(world, world.orchard, count=550)
    label(world, "late")
    ada, counts = world.session("ada"), []
    for some in (made[:50], made[50:]):
        for references in ([report.id for report in some], [report.tracking_id for report in some]):
            counting = CountingDatabase(world.db)
            asked = {"assignee_id": ada.person and ada.person.id, "add_labels": ("late",)}
            asked |= {"severity": Severity.HIGH if isinstance(references[0], str) else Severity.LOW}
            outcomes = world.run(change_reports(counting, ada, references, asked))  # type: ignore[arg-type]
            assert [outcome.refusal for outcome in outcomes] == [None] * len(some)
            counts.append(len(counting.statements))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 20
    assert world.read(counters_are_right)
