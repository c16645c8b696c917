"""Labels: unique in their project, in step with what the reports show."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import (
    LabelChange,
    change_label,
    change_report,
    change_reports,
    create_label,
    delete_label,
    list_labels,
)
from lacewing.reports.triage_tables import report_labels
from lacewing.storage import Database
from tests.reports.triaging import change, label, read, refusal
from tests.storage.together import together
from tests.world import World


def rows(world: World) -> set[tuple[UUID, UUID]]:
    query = select(report_labels.c.report_id, report_labels.c.label_id)
    return world.read(lambda tx: {(row[0], row[1]) for row in tx.execute(query)})


def test_labels_are_set_by_name_in_any_case_and_shown_in_order(world: World) -> None:
    report_id = world.submit().report.id
    ids = {name: label(world, name) for name in ("Öl", "bug", "Zoo")}

    assert change(world, report_id, labels=("ÖL", "ZOO", "zoo")).labels == ("Zoo", "Öl")
    assert rows(world) == {(report_id, ids["Öl"]), (report_id, ids["Zoo"])}
    assert change(world, report_id, labels=()).labels == ()
    assert rows(world) == set()


def test_a_renamed_label_is_renamed_on_every_report_and_a_deleted_one_is_gone(world: World) -> None:
    ada, project_id = world.session("ada"), world.orchard.id
    old, other = label(world, "old"), label(world, "zebra")
    report = world.submit().report
    before = change(world, report.id, labels=("old", "zebra"))
    world.clock.advance(minutes=1)

    world.run(change_label(world.db, ada, project_id, old, LabelChange(name="zz top")))
    renamed = read(world, report.id).report
    world.run(delete_label(world.db, ada, project_id, other))
    left = read(world, report.id).report

    assert (renamed.labels, left.labels) == (("zebra", "zz top"), ("zz top",))
    assert before.change < renamed.change < left.change
    assert left.updated_at == before.updated_at
    assert rows(world) == {(report.id, old)}


def test_a_name_is_there_once_whatever_its_case(world: World) -> None:
    first, second = label(world, "Straße"), label(world, "Other")
    for name in ("STRASSE", "Straße"):
        with pytest.raises(LacewingError) as refused:
            label(world, name)
        assert refused.value.code == "label_exists"
    ada, project_id = world.session("ada"), world.orchard.id
    with pytest.raises(LacewingError) as refused:
        world.run(change_label(world.db, ada, project_id, second, LabelChange(name="strasse")))
    assert refused.value.code == "label_exists"
    to = LabelChange(name="STRASSE", color="#ABCDEF")
    changed = world.run(change_label(world.db, ada, project_id, first, to))
    assert (changed.name, changed.color) == ("STRASSE", "#abcdef")


def test_of_two_who_create_the_same_label_one_does(world: World) -> None:
    ada, project_id = world.session("ada"), world.orchard.id
    told = world.run(
        together(world.db, *(lambda: create_label(world.db, ada, project_id, "bug") for _ in "ab"))
    )
    assert sorted(getattr(answer, "kind", "made") for answer in told) == [ErrorKind.CONFLICT, "made"]


def test_a_label_that_is_renamed_at_the_same_moment_is_set_or_unknown(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    ada, project_id, other = world.session("ada"), world.orchard.id, open_db(world_url)
    label_id, reports = label(world, "name 0"), [world.submit().report.id for _ in range(6)]

    async def scenario() -> list[Any]:
        calls = [
            call
            for n, report_id in enumerate(reports)
            for call in (
                change_report(world.db, ada, report_id, {"labels": (f"name {n}",)}),
                change_label(other, ada, project_id, label_id, LabelChange(name=f"name {n + 1}")),
            )
        ]
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(scenario())

    assert {answer.kind for answer in answers if isinstance(answer, Exception)} <= {ErrorKind.INVALID}
    (only,) = world.run(list_labels(world.db, ada, project_id))
    labelled = {report_id for report_id in reports if read(world, report_id).report.labels == (only.name,)}
    assert rows(world) == {(report_id, label_id) for report_id in labelled}


@pytest.mark.parametrize(
    ("name", "color", "code"),
    [
        (" ", "#000000", "blank"),
        ("x" * 51, "#000000", "too_long"),
        ("x", "red", "bad_color"),
        ("x", "#12345", "bad_color"),
        ("x", "#123456\n", "bad_color"),
    ],
)
def test_what_is_no_label_is_refused(still_world: World, name: str, color: str, code: str) -> None:
    ada = still_world.session("ada")
    with pytest.raises(LacewingError) as refused:
        still_world.run(create_label(still_world.db, ada, still_world.orchard.id, name, color))
    assert refused.value.fields[0].code == code


@pytest.mark.parametrize(
    ("name", "kind"),
    [("gil", None), ("hal", ErrorKind.FORBIDDEN), ("ivy", ErrorKind.NOT_FOUND), ("eve", ErrorKind.NOT_FOUND)],
)
def test_who_makes_labels(still_world: World, name: str, kind: ErrorKind | None) -> None:
    actor, project_id = still_world.session(name), still_world.orchard.id
    asked = create_label(still_world.db, actor, project_id, f"of {name}")
    if kind is None:
        still_world.run(asked)
        return
    with pytest.raises(LacewingError) as refused:
        still_world.run(asked)
    assert refused.value.kind is kind


def test_the_labels_of_one_project_are_none_of_anothers(world: World) -> None:
    label(world, "mine")
    report = world.submit("Private", world.key(world.cellar)).report
    assert refusal(world, report.id, labels=("mine",)).fields[0].code == "unknown_label"
    ada = world.session("ada")
    assert world.run(list_labels(world.db, ada, world.cellar.id)) == []


def test_labels_are_added_and_taken_from_many(world: World) -> None:
    for name in ("a", "b", "c"):
        label(world, name)
    ids = [world.submit().report.id for _ in range(3)]
    change(world, ids[0], labels=("a", "b"))

    to = {"add_labels": ("c",), "remove_labels": ("A", "unknown")}
    world.run(change_reports(world.db, world.session("ada"), ids, to))  # type: ignore[arg-type]

    assert [read(world, report_id).report.labels for report_id in ids] == [("b", "c"), ("c",), ("c",)]
