"""PATCH: what changes a report, by whom, and from which status to which (A10)."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from lacewing.access.permissions import Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.reports import (
    Category,
    Reopen,
    Severity,
    Status,
    change_report,
    delete_report,
)
from lacewing.reports.search_queries import search
from lacewing.reports.words import terms
from lacewing.storage import Database
from tests.reports.stored import counters_are_right
from tests.reports.triaging import change, label, read, refusal
from tests.storage.together import together
from tests.world import World

TEXTS = ("title", "description", "given", "when", "then", "notes")


WRITERS = {"ada", "bob", "cleo", "fay", "gil"}
OUTSIDE = {"ivy", "eve"}


@pytest.mark.parametrize("name", ["ada", "bob", "cleo", "dan", "fay", "gil", "hal", "ivy", "eve"])
def test_who_changes_a_report(still_world: World, name: str) -> None:
    code = still_world.submit().report.tracking_id
    if name in WRITERS:
        assert change(still_world, code, name, severity=Severity.LOW).severity is Severity.LOW
    else:
        expected = ErrorKind.NOT_FOUND if name in OUTSIDE else ErrorKind.FORBIDDEN
        assert refusal(still_world, code, name, severity=Severity.LOW).kind is expected


def test_a_token_that_may_only_write_is_told_which_scope_it_lacks(world: World) -> None:
    report = world.submit().report
    actor = world.token(scopes=frozenset({Scope.REPORTS_WRITE}))
    with pytest.raises(LacewingError) as refused:
        world.run(change_report(world.db, actor, report.id, {"severity": Severity.LOW}))
    assert (refused.value.code, refused.value.scope) == ("insufficient_scope", "reports:read")
    assert read(world, report.id).report == report


def test_everything_changes_at_once_and_is_counted(world: World) -> None:
    report = world.submit().report
    label(world, "UI")
    world.clock.advance(minutes=1)
    gil = world.people["gil"].id

    changed = change(
        world,
        report.id,
        **dict.fromkeys(TEXTS, "عربي e\u0301 <b>&amp;"),
        severity=Severity.CRITICAL,
        category=Category.CRASH,
        status=Status.RESOLVED,
        assignee_id=gil,
        labels=("ui",),
    )

    assert [getattr(changed, field) for field in TEXTS] == ["عربي e\u0301 <b>&amp;"] * 6
    assert (changed.severity, changed.category) == (Severity.CRITICAL, Category.CRASH)
    assert (changed.status, changed.assignee_id, changed.labels) == (Status.RESOLVED, gil, ("UI",))
    assert changed.updated_at == changed.resolved_at == world.clock.now
    assert changed.change == report.change + 1
    assert world.read(counters_are_right)


def test_a_search_finds_the_new_words_and_not_the_old_ones(world: World) -> None:
    report = world.submit("Parrots").report
    change(world, report.id, title="Herons", then="nests")
    place = world.orchard.place

    found = {
        word: world.read(lambda tx, word=word: search(tx, place, terms(word), 9))
        for word in ("parrots", "herons", "nests")
    }

    assert found == {"parrots": [], "herons": [1], "nests": [1]}


def test_what_changes_nothing_is_no_change(world: World) -> None:
    report = world.submit().report
    world.clock.advance(minutes=1)
    assert change(world, report.id, status=Status.NEW, title=report.title, assignee_id=None) == report


def test_a_reopened_report_is_not_resolved(world: World) -> None:
    report = world.submit().report
    change(world, report.id, status=Status.RESOLVED)
    resolved_at = change(world, report.id, status=Status.CLOSED).resolved_at
    assert resolved_at == world.clock.now
    assert change(world, report.id, status=Reopen.OPEN).resolved_at is None


def test_a_tickets_description_follows_its_parts_until_it_has_one_of_its_own(world: World) -> None:
    report = world.submit(given="a cart", when="I pay", then="it fails").report
    changed = change(world, report.id, then="it works")
    assert changed.description == "Given a cart\nWhen I pay\nThen it works"
    change(world, report.id, description="Mine")
    assert change(world, report.id, given="two carts").description == "Mine"


@pytest.mark.parametrize("name", ["ivy", "eve", None])
def test_who_can_not_read_the_project_is_given_nothing_to_do(world: World, name: str | None) -> None:
    report = world.submit().report
    assignee_id = world.people[name].id if name else new_id()
    error = refusal(world, report.id, assignee_id=assignee_id)
    assert [(field.field, field.code) for field in error.fields] == [("assignee_id", "not_a_member")]


@pytest.mark.parametrize("name", ["ada", "bob", "dan", "hal"])
def test_who_can_read_the_project_is_given_the_report(still_world: World, name: str) -> None:
    report = still_world.submit().report
    person_id = still_world.people[name].id
    assert change(still_world, report.id, assignee_id=person_id).assignee_id == person_id
    assert change(still_world, report.id, assignee_id=None).assignee_id is None


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ({}, "blank"),
        ({"title": ""}, "blank"),
        ({"title": "x" * 501}, "too_long"),
        ({"title": "a\0b"}, "nul_character"),
        ({"notes": "x" * 10_001}, "too_long"),
        ({"labels": ("nope",)}, "unknown_label"),
        ({"labels": ("x",) * 21}, "too_long"),
    ],
)
def test_what_can_not_be_is_refused(still_world: World, to: dict[str, Any], code: str) -> None:
    error = refusal(still_world, still_world.submit().report.id, **to)
    assert (error.kind, error.fields[0].code) == (ErrorKind.INVALID, code)


def test_the_reports_of_a_deleted_project_are_only_read(world: World) -> None:
    report = world.submit().report
    world.delete_project(world.orchard)
    assert refusal(world, report.id, severity=Severity.LOW).code == "project_deleted"


def test_of_two_who_saw_the_same_one_changes_it(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    report = world.submit().report
    actor, seen = world.session("ada"), frozenset({report.change})
    dbs = [world.db, open_db(world_url)]

    async def scenario() -> list[Any]:
        calls = (
            change_report(db, actor, report.id, {"title": f"By {n}"}, seen) for n, db in enumerate(dbs * 2)
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())
    kinds = [answer.kind for answer in answers if isinstance(answer, LacewingError)]
    assert kinds == [ErrorKind.PRECONDITION_FAILED] * 3


def test_two_triagers_at_once_leave_right_counters(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    reports = [world.submit().report for _ in range(4)]
    actor, dbs = world.session("ada"), [world.db, open_db(world_url)]

    async def scenario() -> list[Any]:
        calls = (
            change_report(db, actor, report.id, {"status": status, "severity": severity})
            for report in reports
            for db, status, severity in zip(
                dbs, (Status.RESOLVED, Status.IN_PROGRESS), (Severity.LOW, Severity.HIGH), strict=True
            )
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert world.read(counters_are_right)
    changes = [read(world, report.id).report.change for report in reports]
    assert len(set(changes)) == len(changes)


def test_a_report_that_is_deleted_meanwhile_is_not_found(world: World) -> None:
    report, actor = world.submit().report, world.session("ada")
    answers = world.run(
        together(
            world.db,
            lambda: delete_report(world.db, actor, report.id),
            lambda: change_report(world.db, actor, report.id, {"status": Status.CLOSED}),
        )
    )
    assert answers[0] is None or answers[1].kind is ErrorKind.NOT_FOUND
    assert world.read(counters_are_right)
