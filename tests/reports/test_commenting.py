"""Comments: who writes them, who takes them away, and that they stay as they were written."""

from typing import Final

import pytest
from sqlalchemy import func, select

from lacewing.access.permissions import Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.reports import (
    Comment,
    add_comment,
    comment_on_reports,
    delete_comment,
    delete_comments,
    delete_report,
    list_comments,
    list_watchers,
)
from lacewing.reports.triage_tables import comments
from tests.storage.together import together
from tests.world import World

ODD: Final = "  <script>&amp; \u202eRTL e\u0301 \U0001f41b\r\n\t"
COMMENTERS: Final = ("ada", "bob", "cleo", "fay", "gil")


def say(world: World, reference: object, name: str = "ada", body: str = "Seen") -> Comment:
    return world.run(add_comment(world.db, world.session(name), reference, body))  # type: ignore[arg-type]


def test_a_comment_is_kept_byte_for_byte_and_the_oldest_comes_first(world: World) -> None:
    code = world.submit().report.tracking_id
    first = say(world, code, "gil", ODD)
    world.clock.advance(seconds=1)
    second = say(world, code, "ada")

    assert world.run(list_comments(world.db, world.session("dan"), code)) == [first, second]
    assert (first.body, first.author_name, first.author_id) == (ODD, "Gil", world.people["gil"].id)


@pytest.mark.parametrize("name", ["dan", "hal", "ivy", "eve"])
def test_who_only_reads_says_nothing(still_world: World, name: str) -> None:
    code = still_world.submit().report.tracking_id
    with pytest.raises(LacewingError) as refused:
        say(still_world, code, name)
    is_outside = name in {"ivy", "eve"}
    assert refused.value.kind is (ErrorKind.NOT_FOUND if is_outside else ErrorKind.FORBIDDEN)


@pytest.mark.parametrize(
    ("body", "code"), [(" \n", "blank"), ("x" * 5001, "too_long"), ("\0", "nul_character")]
)
def test_what_is_no_comment_is_refused(still_world: World, body: str, code: str) -> None:
    report_id = still_world.submit().report.id
    with pytest.raises(LacewingError) as refused:
        say(still_world, report_id, body=body)
    assert refused.value.fields[0].code == code


def test_a_projects_token_comments_under_its_name(world: World) -> None:
    report = world.submit().report
    actor = world.project_token(scopes=frozenset({Scope.COMMENTS_WRITE}))
    told = world.run(add_comment(world.db, actor, report.id, "From CI"))

    assert (told.author_id, told.author_name) == (None, "a project's token")
    world.run(delete_comment(world.db, actor, told.id))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("gil", None),
        ("fay", None),
        ("ada", None),
        ("cleo", "not_the_author"),
        ("hal", "forbidden"),
        ("eve", "not_found"),
    ],
)
def test_a_comment_is_deleted_by_its_author_and_by_who_runs_the_project(
    still_world: World, name: str, code: str | None
) -> None:
    comment = say(still_world, still_world.submit().report.id, "gil")
    asked = delete_comment(still_world.db, still_world.session(name), comment.id)
    if code is None:
        still_world.run(asked)
        return
    with pytest.raises(LacewingError) as refused:
        still_world.run(asked)
    assert refused.value.code == code


def test_the_same_is_said_on_many_at_once_and_taken_back(world: World) -> None:
    a, b = world.submit().report, world.submit().report
    private = world.submit(actor=world.key(world.cellar)).report
    cleo = world.session("cleo")
    theirs = say(world, a.id, "gil")

    said = world.run(comment_on_reports(world.db, cleo, [a.id, b.tracking_id, private.id], "Seen by all"))
    found = [comment_id for each in said if (comment_id := each.comment_id) is not None]
    listed = {each.id for report in (a, b) for each in world.run(list_comments(world.db, cleo, report.id))}

    assert [each.refusal and each.refusal.code for each in said] == [None, None, "not_found"]
    assert listed == {theirs.id, *found}
    assert [watcher.name for watcher in world.run(list_watchers(world.db, cleo, b.id))] == ["Cleo"]
    gone = world.run(delete_comments(world.db, cleo, [*found, theirs.id, new_id()]))
    assert [each.refusal and each.refusal.code for each in gone] == [
        *[None, None],
        *["not_the_author", "not_found"],
    ]
    assert [each.id for each in world.run(list_comments(world.db, cleo, a.id))] == [theirs.id]


def test_a_comment_that_is_not_there_is_not_found(still_world: World) -> None:
    with pytest.raises(LacewingError) as refused:
        still_world.run(delete_comment(still_world.db, still_world.session("ada"), new_id()))
    assert refused.value.message == "Comment not found."


def test_whoever_comments_watches(world: World) -> None:
    report_id = world.submit().report.id
    for _ in range(2):
        say(world, report_id, "gil")
    watchers = world.run(list_watchers(world.db, world.session("dan"), report_id))
    assert [watcher.name for watcher in watchers] == ["Gil"]


def test_a_comment_is_the_teams_alone_unless_it_is_said_to_be_the_reporters_too(world: World) -> None:
    code = world.submit().report.tracking_id
    say(world, code)
    world.clock.advance(seconds=1)
    world.run(add_comment(world.db, world.session("gil"), code, "Mended", visible_to_reporter=True))

    found = world.run(list_comments(world.db, world.session("dan"), code))
    assert [(each.visible_to_reporter, each.is_from_reporter) for each in found] == [
        (False, False),
        (True, False),
    ]


def test_comments_go_with_their_report_also_at_the_same_moment(world: World) -> None:
    report_id, actor = world.submit().report.id, world.session("ada")
    say(world, report_id)
    world.run(
        together(
            world.db,
            lambda: delete_report(world.db, actor, report_id),
            lambda: add_comment(world.db, actor, report_id, "Too late"),
        )
    )
    assert world.read(lambda tx: tx.execute(select(func.count()).select_from(comments)).scalar_one()) == 0
