"""Deletion: for good, counted, and told to who keeps a copy."""

import pytest
from sqlalchemy import select

from lacewing.access.permissions import Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import delete_report, get_report, remove_reports
from lacewing.reports.triage_tables import report_tombstones
from tests.reports.stored import counters_are_right, fill, numbers, row_counts
from tests.storage.together import together
from tests.world import World

OUTCOMES = {
    "ada": None,
    "bob": None,
    "fay": None,
    "cleo": ErrorKind.FORBIDDEN,
    "dan": ErrorKind.FORBIDDEN,
    "gil": ErrorKind.FORBIDDEN,
    "hal": ErrorKind.FORBIDDEN,
    "ivy": ErrorKind.NOT_FOUND,
    "eve": ErrorKind.NOT_FOUND,
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_who_deletes_a_report(still_world: World, name: str) -> None:
    report = still_world.submit().report
    asked = delete_report(still_world.db, still_world.session(name), report.tracking_id)
    if OUTCOMES[name] is None:
        still_world.run(asked)
        return
    with pytest.raises(LacewingError) as refused:
        still_world.run(asked)
    assert refused.value.kind is OUTCOMES[name]


def test_a_project_token_deletes_nothing(world: World) -> None:
    report = world.submit().report
    actor = world.project_token(scopes=frozenset({Scope.REPORTS_WRITE}))

    with pytest.raises(LacewingError) as refused:
        world.run(delete_report(world.db, actor, report.id))
    assert refused.value.code == "forbidden"


def test_what_is_deleted_leaves_a_tombstone_and_right_counters(world: World) -> None:
    kept, gone = world.submit().report, world.submit().report
    world.run(delete_report(world.db, world.session("ada"), gone.id))

    with pytest.raises(LacewingError) as refused:
        world.run(get_report(world.db, world.session("ada"), gone.id))
    stones = world.read(lambda tx: list(tx.execute(select(report_tombstones)).mappings()))

    assert refused.value.kind is ErrorKind.NOT_FOUND
    assert [(stone["report_id"], stone["change"]) for stone in stones] == [(gone.id, 3)]
    assert world.read(counters_are_right)
    assert world.read(lambda tx: numbers(tx, world.orchard)) == [kept.number]


def test_many_go_in_a_few_statements_and_those_of_others_stay(world: World) -> None:
    mine = fill(world, world.orchard, count=600)
    theirs = fill(world, world.cellar, count=3)
    place, ids = world.orchard.place, [report.id for report in (*mine[:599], *theirs)]

    gone = world.write(lambda tx: remove_reports(tx, place, ids))

    assert {report.id for report in gone} == {report.id for report in mine[:599]}
    assert world.read(counters_are_right)
    assert world.read(row_counts)["reports"] == 4


def test_of_two_who_delete_the_same_one_does(world: World) -> None:
    report = world.submit().report
    actor = world.session("ada")
    told = world.run(together(world.db, *(lambda: delete_report(world.db, actor, report.id) for _ in "ab")))

    assert sorted(getattr(answer, "kind", "gone") for answer in told) == ["gone", ErrorKind.NOT_FOUND]
    assert world.read(counters_are_right)
