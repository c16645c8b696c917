"""What a page submits again within five minutes is one report (W-3, contract A19)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update

from lacewing.access.actor import Actor
from lacewing.access.permissions import PRESENTED_KINDS, CredentialKind
from lacewing.events import EventKind
from lacewing.projects import NewKey, change_key, create_key, list_keys
from lacewing.projects.values import KeyChange
from lacewing.reports import Evidence, FullReport, NewReport, Severity, Status, submit_report
from lacewing.reports.recent import FORGOTTEN_AT_ONCE
from lacewing.reports.tables import recent_submissions, report_evidence, reports
from lacewing.storage import Database
from tests.credentials.told import event_kinds
from tests.reports.stored import counters_are_right, numbers, row_counts
from tests.storage.together import held, queued
from tests.world import World

NEW = NewReport("It broke", Severity.HIGH, description="when I clicked", reporter_identifier="eve")


def submit(world: World, new: NewReport = NEW, actor: Actor | None = None) -> FullReport:
    return world.run(submit_report(world.db, actor or world.key(), world.vault, new, world.orchard.id))


def remembered(world: World) -> int:
    return world.read(
        lambda tx: tx.execute(select(func.count()).select_from(recent_submissions)).scalar_one()
    )


def test_the_second_is_told_of_the_first_and_stores_nothing(world: World) -> None:
    first = submit(world)
    before, told = world.read(row_counts), world.read(event_kinds)
    again = submit(world, replace(NEW, severity=Severity.LOW, evidence=Evidence(console=b"[1]")))

    assert (first.is_duplicate, again.is_duplicate) == (False, True)
    assert (again.report.id, again.report.tracking_id) == (first.report.id, first.report.tracking_id)
    assert world.read(row_counts) == before
    assert world.read(event_kinds) == told
    assert submit(world, replace(NEW, title="Another")).report.number == 2


def test_it_is_told_the_status_of_now_and_no_more_than_it_said_itself(world: World) -> None:
    """A publishable key must not read."""
    first = submit(world).report
    row = reports.c.id == first.id
    changed = {"status": Status.RESOLVED, "severity": Severity.CRITICAL, "notes": "secret"}
    world.write(lambda tx: tx.execute(update(reports).where(row).values(**changed)) and None)

    again = submit(world).report

    assert again.status is Status.RESOLVED
    assert (again.severity, again.notes) == (NEW.severity, "")


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "It broke."},
        {"description": "when I scrolled"},
        {"reporter_identifier": "mallory"},
        {"reporter_identifier": None},
        {"title": "It brokewhen", "description": " I clicked"},
    ],
)
def test_whatever_differs_is_another_report(world: World, changed: dict[str, Any]) -> None:
    first, other = submit(world), submit(world, replace(NEW, **changed))

    assert (other.is_duplicate, other.report.number) == (False, first.report.number + 1)


def test_another_keys_or_projects_report_is_another(world: World) -> None:
    made = world.run(create_key(world.db, world.session("ada"), world.orchard.id, NewKey("x")))
    (first,) = [
        key
        for key in world.run(list_keys(world.db, world.session("ada"), world.orchard.id))
        if key.is_primary
    ]
    one = submit(world)
    change = KeyChange(is_primary=True)
    world.run(change_key(world.db, world.session("ada"), world.orchard.id, made.id, change))
    other_key = replace(world.key(), credential_id=made.id)

    assert submit(world, actor=other_key).report.number == one.report.number + 1
    assert world.run(submit_report(world.db, world.key(world.cellar), world.vault, NEW)).report.number == 1
    assert submit(world, actor=replace(other_key, credential_id=first.id)).is_duplicate


@pytest.mark.parametrize("kind", sorted(PRESENTED_KINDS - {CredentialKind.PUBLISHABLE_KEY}))
def test_a_bearer_or_a_session_knows_no_window(world: World, kind: CredentialKind) -> None:
    """Contract A5."""
    actor = world.actor(kind)

    assert [submit(world, actor=actor).report.number for _ in range(2)] == [1, 2]
    assert remembered(world) == 0


def test_after_five_minutes_it_is_a_new_report_and_the_first_of_its_own_window(world: World) -> None:
    first = submit(world)
    world.clock.advance(minutes=4, seconds=59)
    assert submit(world).is_duplicate
    world.clock.advance(seconds=1)
    second = submit(world)
    assert (second.is_duplicate, second.report.number) == (False, first.report.number + 1)
    world.clock.advance(minutes=4)
    assert submit(world).report.id == second.report.id


def test_under_a_key_of_its_own_it_is_the_same_for_two_weeks_whatever_it_says(world: World) -> None:
    first = submit(world, replace(NEW, key="one"))
    world.clock.advance(days=13, hours=23)
    again = submit(world, replace(NEW, key="one", title="It is still broken"))

    assert (again.is_duplicate, again.report.id) == (True, first.report.id)
    world.clock.advance(hours=1)
    assert not submit(world, replace(NEW, key="one")).is_duplicate


def test_under_another_key_the_same_is_another_report(world: World) -> None:
    told = [submit(world, replace(NEW, key=key)) for key in ("one", "two", None)]

    assert [full.is_duplicate for full in told] == [False] * 3


def test_a_report_that_was_deleted_is_nobodys_first(world: World) -> None:
    """Never lost."""
    first = submit(world).report
    world.write(
        lambda tx: (
            (
                tx.execute(delete(report_evidence))
                and tx.execute(delete(reports).where(reports.c.id == first.id))
            )
            and None
        )
    )

    second = submit(world)

    assert not second.is_duplicate
    assert submit(world).report.id == second.report.id


def test_a_robots_report_is_nobodys_first(world: World) -> None:
    submit(world, replace(NEW, honeypot="x"))

    assert not submit(world).is_duplicate


def test_those_that_wait_together_are_one(world: World) -> None:
    """Merged into one batch, with others between them."""
    actor, other = world.key(), replace(NEW, title="Other")

    async def scenario() -> list[FullReport]:
        async with held(world.db):
            calls = (
                lambda new=new: submit_report(world.db, actor, world.vault, new) for new in (NEW, other) * 5
            )
            waiting = await queued(*calls)
        return await asyncio.gather(*waiting)

    told = world.run(scenario())

    assert [full.is_duplicate for full in told] == [False, False] + [True] * 8
    assert [full.report.number for full in told] == [1, 2] * 5
    assert world.read(lambda tx: numbers(tx, world.orchard)) == [1, 2]
    assert world.read(counters_are_right)


def test_twenty_at_once_over_two_processes_are_one_row(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    dbs, actor = [world.db, open_db(world_url)], world.key()

    async def scenario() -> list[FullReport]:
        return await asyncio.gather(
            *(submit_report(dbs[at % 2], actor, world.vault, NEW) for at in range(20))
        )

    for round_number in range(1, 6):
        told = world.run(scenario())
        assert [full.is_duplicate for full in told].count(False) == 1
        assert len({full.report.id for full in told}) == 1
        assert world.read(lambda tx: numbers(tx, world.orchard)) == list(range(1, round_number + 1))
        world.clock.advance(minutes=5)
    assert world.read(event_kinds)[EventKind.REPORT_CREATED] == 5


def test_different_and_same_ones_from_two_processes_wait_for_nobody_in_a_circle(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """Each process has them in another order."""
    dbs, actors = [world.db, open_db(world_url)], [world.key(), world.key(world.cellar)]
    new = [replace(NEW, title=f"Report {n}") for n in range(20)]

    async def scenario() -> list[Any]:
        calls = [
            submit_report(db, actor, world.vault, report)
            for db, order in zip(dbs, (new, new[::-1]), strict=True)
            for report in order
            for actor in actors
        ]
        return await asyncio.gather(*calls)

    told = world.run(scenario())

    assert sum(full.is_duplicate for full in told) == 40
    for project in (world.orchard, world.cellar):
        assert world.read(lambda tx, p=project: numbers(tx, p)) == list(range(1, 21))
    ids: dict[tuple[UUID, str], set[UUID]] = {}
    for full in told:
        ids.setdefault((full.report.project_id, full.report.title), set()).add(full.report.id)
    assert all(len(found) == 1 for found in ids.values())


def test_what_is_over_is_forgotten_a_little_at_a_time(world: World) -> None:
    rows = FORGOTTEN_AT_ONCE + 10
    actor = world.key()

    async def scenario() -> None:
        calls = (submit_report(world.db, actor, world.vault, replace(NEW, title=str(n))) for n in range(rows))
        await asyncio.gather(*calls)

    world.run(scenario())
    assert remembered(world) == rows
    world.clock.advance(minutes=5)
    submit(world)
    assert remembered(world) == 11
    submit(world, replace(NEW, title="x"))
    assert remembered(world) == 2
