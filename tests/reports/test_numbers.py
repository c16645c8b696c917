"""The number of a report in its project is gap-free, whoever writes at the same moment (A8)."""

import asyncio
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest

from lacewing.kit.errors import LacewingError
from lacewing.reports import NewReport, Severity, submit_report
from lacewing.storage import Database, Transaction
from tests.reports.stored import counters_are_right, numbers, row_counts
from tests.storage.together import held, queued
from tests.world import World

TITLES = [f"Report {n}" for n in range(60)]


def submits(world: World, dbs: list[Database]) -> list[Callable[[], Any]]:
    """To two projects in turn, from one actor of each, over the Databases in turn."""
    actors = cycle([world.key(), world.key(), world.key(world.cellar)])
    return [
        lambda db=db, actor=actor, title=title: submit_report(
            db, actor, world.vault, NewReport(title, Severity.LOW)
        )
        for db, actor, title in zip(cycle(dbs), actors, TITLES)
    ]


def test_reports_that_wait_together_are_numbered_in_the_order_in_which_they_came(world: World) -> None:
    calls = submits(world, [world.db])

    async def scenario() -> list[Any]:
        async with held(world.db):
            waiting = await queued(*calls)
        return await asyncio.gather(*waiting)

    told = world.run(scenario())

    for project in (world.orchard, world.cellar):
        mine = [full.report for full in told if full.report.project_id == project.id]
        assert [report.number for report in mine] == list(range(1, len(mine) + 1))
        assert world.read(lambda tx, project=project: numbers(tx, project)) == [
            report.number for report in mine
        ]
    assert world.read(counters_are_right)


def test_two_processes_leave_no_gap_and_no_double(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    calls = submits(world, [world.db, open_db(world_url), open_db(world_url)])

    async def scenario() -> list[Any]:
        return await asyncio.gather(*(call() for call in calls))

    told = world.run(scenario())

    assert len({full.report.tracking_id for full in told}) == len(TITLES)
    assert world.read(lambda tx: numbers(tx, world.orchard)) == list(range(1, 41))
    assert world.read(lambda tx: numbers(tx, world.cellar)) == list(range(1, 21))
    assert world.read(counters_are_right)


def test_a_report_that_fails_among_others_takes_no_number(world: World) -> None:
    """The database refuses one of a merged batch: the others are stored, and the numbers have no gap."""
    good, better, best = (NewReport(title, Severity.LOW) for title in ("Good", "Better", "Best"))
    bad = NewReport("Lone \ud800", Severity.LOW)
    actor = world.key()

    async def scenario() -> list[Any]:
        async with held(world.db):
            waiting = await queued(
                *(
                    (lambda new=new: submit_report(world.db, actor, world.vault, new))
                    for new in (good, bad, better, bad, best)
                )
            )
        return await asyncio.gather(*waiting, return_exceptions=True)

    answers = world.run(scenario())

    assert [isinstance(answer, Exception) for answer in answers] == [False, True, False, True, False]
    assert world.read(lambda tx: numbers(tx, world.orchard)) == [1, 2, 3]
    assert world.read(counters_are_right)


def test_a_batch_that_is_rolled_back_takes_no_number(world: World) -> None:
    world.submit()

    def take_and_fail(tx: Transaction) -> None:
        tx.connection.exec_driver_sql("UPDATE report_numbers SET last_number = last_number + 5")
        raise LookupError

    with pytest.raises(LookupError):
        world.write(take_and_fail)

    assert world.submit().report.number == 2


def test_nothing_of_a_report_is_stored_without_the_rest(world: World) -> None:
    with pytest.raises((LacewingError, ValueError)):
        world.submit("Lone \ud800")

    assert world.read(row_counts) == {
        "reports": 0,
        "report_evidence": 0,
        "report_numbers": 0,
        "report_counts": 0,
    }
