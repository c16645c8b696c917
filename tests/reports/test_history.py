"""What became of a report: who changed what, through which credential, when."""

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import (
    History,
    Report,
    Severity,
    Status,
    add_comment,
    change_report,
    merge_report,
    merge_reports,
    read_history,
    unmerge_report,
)
from tests.counting import CountingDatabase
from tests.reports.triaging import change
from tests.world import World


def history(world: World, reference: object, name: str = "hal", **page: object) -> History:
    return world.run(read_history(world.db, world.session(name), reference, **page))  # type: ignore[arg-type]


def test_every_change_is_told_with_who_and_how_and_when(world: World) -> None:
    report, other = world.submit().report, world.submit().report
    tick = world.clock.advance
    tick(minutes=1)
    gil, token = world.people["gil"].id, world.token("cleo")
    change(world, report.id, "gil", status=Status.TRIAGING, assignee_id=gil, title="x" * 300)
    tick(minutes=1)
    world.run(change_report(world.db, token, report.id, {"assignee_id": None, "severity": Severity.LOW}))
    tick(minutes=1)
    world.run(add_comment(world.db, world.session("ada"), report.id, "Seen"))
    tick(minutes=1)
    world.run(merge_report(world.db, world.session("ada"), report.id, other.id))

    merged, said, changed, triaged, created = history(world, report.tracking_id).items

    assert [entry.kind for entry in (merged, said, changed, triaged, created)] == [
        EventKind.REPORT_MERGED,
        EventKind.COMMENT_CREATED,
        EventKind.REPORT_UPDATED,
        EventKind.REPORT_UPDATED,
        EventKind.REPORT_CREATED,
    ]
    assert (triaged.person_name, triaged.credential_kind) == ("Gil", CredentialKind.SESSION)
    assert (changed.person_name, changed.credential_name) == ("Cleo", "cleo's token")
    assert changed.credential_id == token.credential_id
    assert {item.field: (item.before, item.after) for item in triaged.changes} == {
        "title": ("It broke", "x" * 199 + "…"),
        "status": ("new", "triaging"),
        "assignee_id": (None, str(gil)),
    }
    assert {item.field: (item.before, item.after) for item in changed.changes} == {
        "severity": ("medium", "low"),
        "assignee_id": (str(gil), None),
    }
    assert {item.field for item in merged.changes} == {"status", "merged_into_id"}
    assert said.data.keys() == {"comment_id"}
    assert created.credential_kind is CredentialKind.PUBLISHABLE_KEY


def test_a_merge_and_its_end_name_the_other_report_on_both_sides(world: World) -> None:
    kept, twin, third = (world.submit().report for _ in "abc")
    ada = world.session("ada")
    for report, into in ((third, twin), (twin, kept)):
        world.run(merge_report(world.db, ada, report.id, into.id))
        world.clock.advance(seconds=1)
    world.run(unmerge_report(world.db, ada, twin.id))

    def others(report: Report) -> list[str | None]:
        return [entry.data.get("other") for entry in history(world, report.id).items[:-1]]

    assert others(twin) == [kept.tracking_id, kept.tracking_id, third.tracking_id]
    assert others(kept) == [twin.tracking_id, twin.tracking_id]
    assert others(third) == [kept.tracking_id, twin.tracking_id]


def test_a_merge_of_many_names_whole_codes_as_far_as_there_is_room(world: World) -> None:
    into, *merged = (world.submit().report for _ in range(60))
    world.run(merge_reports(world.db, world.session("ada"), [report.id for report in merged], into.id))

    other = history(world, into.id).items[0].data["other"]
    *told, rest = other.split(", ")

    assert told == [report.tracking_id for report in merged][: len(told)]
    assert (rest, 180 < len(other) <= 200) == ("…", True)


def test_pages_of_history_meet_and_end_with_the_creation(world: World) -> None:
    report_id = world.submit().report.id
    for n in range(4):
        world.clock.advance(minutes=1)
        change(world, report_id, title=f"Title {n}")
    whole = history(world, report_id)
    told, cursor = [], None
    while True:
        page = history(world, report_id, cursor=cursor, size=2)
        told += page.items
        cursor = page.next_cursor
        if cursor is None:
            break

    assert tuple(told) == whole.items
    assert whole.items[-1].kind is EventKind.REPORT_CREATED
    assert len(told) == 5


def test_a_change_of_nothing_is_not_told(world: World) -> None:
    report = world.submit().report
    change(world, report.id, status=Status.NEW)
    assert len(history(world, report.id).items) == 1


def test_who_can_not_read_the_report_reads_no_history(still_world: World) -> None:
    with pytest.raises(LacewingError) as refused:
        history(still_world, still_world.submit().report.id, "eve")
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_a_page_of_history_reads_index_ranges(world: World) -> None:
    report = world.submit().report
    counting = CountingDatabase(world.db)
    world.run(read_history(counting, world.session("ada"), report.id))
    if world.db.backend.name != "sqlite":
        pytest.skip("told by SQLite's plans; the indexes are the same")
    for sql, parameters in counting.statements:
        plan = world.read(
            lambda tx, sql=sql, parameters=parameters: tx.driver.execute(
                f"EXPLAIN QUERY PLAN {sql}", parameters
            ).fetchall()
        )
        assert not [row for row in plan if str(row[3]).startswith("SCAN")], sql
