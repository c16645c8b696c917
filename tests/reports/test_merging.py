"""Duplicates: merged without a loss, and parted again as they were."""

import asyncio
from collections.abc import Callable
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import (
    Evidence,
    FullReport,
    Status,
    delete_report,
    merge_report,
    merge_reports,
    read_history,
    unmerge_report,
    unmerge_reports,
)
from lacewing.storage import Database
from tests.counting import CountingDatabase
from tests.reports.stored import counters_are_right, fill
from tests.reports.triaging import change, read, refusal
from tests.world import World


def merge(world: World, report: UUID | str, into: UUID | str, name: str = "ada") -> FullReport:
    return world.run(merge_report(world.db, world.session(name), report, into))


def unmerge(world: World, report: UUID | str) -> FullReport:
    return world.run(unmerge_report(world.db, world.session("ada"), report))


def error(world: World, report: UUID | str, into: UUID | str, name: str = "ada") -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        merge(world, report, into, name)
    return refused.value


def test_a_duplicate_is_closed_and_listed_with_its_reporter(world: World) -> None:
    evidence = Evidence(console=b'[{"message":"x"}]')
    target, twin = world.submit().report, world.submit(evidence=evidence).report

    full = merge(world, twin.tracking_id.lower(), target.tracking_id)
    gone = read(world, twin.id)

    assert full.report.id == target.id
    assert [(d.id, d.tracking_id, d.reporter_identifier) for d in full.duplicates] == [
        (twin.id, twin.tracking_id, twin.reporter_identifier)
    ]
    assert (gone.report.status, gone.report.merged_into_id) == (Status.CLOSED, target.id)
    assert gone.evidence == evidence
    assert merge(world, twin.id, target.id) == full
    assert world.read(counters_are_right)


@pytest.mark.parametrize("status", Status)
def test_unmerged_it_is_what_it_was(world: World, status: Status) -> None:
    target, twin = world.submit().report, world.submit().report
    before = change(world, twin.id, status=status)
    world.clock.advance(minutes=1)
    merge(world, twin.id, target.id)
    after = unmerge(world, twin.id).report

    assert (after.status, after.resolved_at, after.merged_into_id) == (status, before.resolved_at, None)
    assert read(world, target.id).duplicates == ()
    assert world.read(counters_are_right)
    with pytest.raises(LacewingError) as refused:
        unmerge(world, twin.id)
    assert refused.value.code == "not_merged"


def test_what_has_duplicates_brings_them_along(world: World) -> None:
    a, b, c, d = (world.submit().report for _ in "abcd")
    merge(world, a.id, b.id)
    merge(world, c.id, b.id)
    full = merge(world, b.id, d.id)

    assert {duplicate.id for duplicate in full.duplicates} == {a.id, b.id, c.id}
    assert full.report.duplicates == 3
    assert read(world, b.id).report.duplicates == 0
    assert {read(world, one.id).report.merged_into_id for one in (a, b, c)} == {d.id}
    assert unmerge(world, a.id).report.status is Status.NEW


def test_there_are_no_chains_and_no_circles(world: World) -> None:
    a, b, c = (world.submit().report for _ in "abc")
    elsewhere = world.submit("Private", world.key(world.cellar)).report
    merge(world, a.id, b.id)

    assert error(world, b.id, a.id).code == "target_is_duplicate"
    assert error(world, c.id, a.id).code == "target_is_duplicate"
    assert error(world, a.id, c.id).code == "already_merged"
    for into in (c.id, elsewhere.id, "NOPE-1", "nonsense"):
        assert error(world, c.id, into).fields[0].code == "bad_target"
    assert refusal(world, a.id, status=Status.IN_PROGRESS).code == "merged"
    assert error(world, c.id, b.id, "hal").kind is ErrorKind.FORBIDDEN
    assert error(world, c.id, b.id, "eve").kind is ErrorKind.NOT_FOUND


def test_many_are_merged_at_once_with_an_answer_for_each_and_parted_again(world: World) -> None:
    a, b, c, d, target = (world.submit().report for _ in "abcde")
    private = world.submit("Private", world.key(world.cellar)).report
    change(world, b.id, status=Status.IN_PROGRESS)
    merge(world, a.id, b.id)
    merge(world, c.id, d.id)
    ada = world.session("ada")
    asked = [a.id, b.tracking_id, c.id, target.id, private.id, "ORC-99"]

    outcomes = world.run(merge_reports(world.db, ada, asked, target.tracking_id))

    codes = [outcome.refusal and outcome.refusal.code for outcome in outcomes]
    assert codes == [None, None, "already_merged", "validation_failed", "validation_failed", "not_found"]
    assert {duplicate.id for duplicate in read(world, target.id).duplicates} == {a.id, b.id}
    assert read(world, target.id).report.duplicates == 2
    [told, *_] = world.run(read_history(world.db, ada, target.id, None, 1)).items
    assert (told.kind, told.data["other"]) == ("report.merged", b.tracking_id)
    assert world.read(counters_are_right)

    parted = world.run(unmerge_reports(world.db, ada, [b.id, c.id, target.id]))
    assert [outcome.refusal and outcome.refusal.code for outcome in parted] == [None, None, "not_merged"]
    assert read(world, b.id).report.status is Status.IN_PROGRESS
    assert {read(world, one.id).report.duplicates for one in (b, d)} == {0}
    assert [duplicate.id for duplicate in read(world, target.id).duplicates] == [a.id]
    assert world.read(counters_are_right)


def test_to_merge_many_costs_no_more_statements_than_to_merge_few(world: World) -> None:
    target, *made = fill(world, world.orchard, count=51)
    ada, counts = world.session("ada"), []
    for some in (made[:10], made[10:]):
        ids, counting = [report.id for report in some], CountingDatabase(world.db)
        merged = world.run(merge_reports(counting, ada, ids, target.id))  # type: ignore[arg-type]
        parted = world.run(unmerge_reports(counting, ada, ids))  # type: ignore[arg-type]
        assert [outcome.refusal for outcome in merged + parted] == [None] * 2 * len(some)
        counts.append(len(counting.statements))
    assert counts[0] == counts[1]


def test_without_its_target_a_duplicate_stands_alone_and_a_target_counts_what_is_left(world: World) -> None:
    a, b, c = (world.submit().report for _ in "abc")
    merge(world, a.id, c.id)
    merge(world, b.id, c.id)
    ada = world.session("ada")
    world.run(delete_report(world.db, ada, a.id))
    assert [duplicate.id for duplicate in read(world, c.id).duplicates] == [b.id]
    assert read(world, c.id).report.duplicates == 1

    world.run(delete_report(world.db, ada, c.id))
    alone = read(world, b.id).report
    assert (alone.merged_into_id, alone.status) == (None, Status.CLOSED)
    assert world.read(counters_are_right)


def test_merges_against_each_other_leave_one_target(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    ids = [world.submit().report.id for _ in "abc"]
    actor, dbs = world.session("ada"), [world.db, open_db(world_url)]

    async def scenario() -> list[Any]:
        calls = [
            merge_report(dbs[n % 2], actor, one, other) for n, (one, other) in enumerate(permutations(ids, 2))
        ]
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())
    assert all(isinstance(answer, FullReport | LacewingError) for answer in answers)
    reports = [read(world, report_id) for report_id in ids]
    targets = [full for full in reports if full.report.merged_into_id is None]
    assert len(targets) == 1
    assert {full.report.merged_into_id for full in reports} == {None, targets[0].report.id}
    assert (targets[0].report.duplicates, len(targets[0].duplicates)) == (2, 2)
    assert world.read(counters_are_right)
