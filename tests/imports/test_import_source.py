"""What is taken over keeps its times, tells nobody, and comes once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from lacewing.access.actor import console
from lacewing.accounts.tables import people
from lacewing.credentials import create_person
from lacewing.events import EventKind, order_arrivals, read_feed
from lacewing.imports import SourceError, open_bugpin
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox.tables import outbox_mails
from lacewing.projects import list_projects
from lacewing.reports import (
    AttachmentState,
    FieldChange,
    FullReport,
    Page,
    ReportFilter,
    Severity,
    Status,
    count_by_status,
    delete_attachment,
    delete_comment,
    delete_report,
    get_report,
    list_attachments,
    list_comments,
    list_reports,
    read_history,
)
from tests.imports.bugpins import add_report, insert
from tests.imports.conftest import Take
from tests.reports.stored import counters_are_right
from tests.world import World, visit


def instant(day: int) -> datetime:
    return datetime(2025, 1, day, 10, tzinfo=UTC)


def cart(world: World) -> FullReport:
    """The one report that has everything."""
    return world.run(get_report(world.db, world.session("ada"), "SHO-1"))


def test_a_report_comes_with_its_times_status_person_and_evidence(world: World, take: Take) -> None:
    outcome = take()

    full = cart(world)
    report = full.report
    assert (report.title, report.description) == ("The cart is empty", "I paid & <b>nothing</b> came")
    assert (report.status, report.severity) == (Status.RESOLVED, Severity.CRITICAL)
    assert (report.created_at, report.updated_at, report.resolved_at) == (instant(5), instant(8), instant(7))
    assert report.assignee_id == world.people["ada"].id
    assert report.reporter_identifier == "ann@example.org"
    assert (report.page, report.browser, report.has_error) == ("https://shop.example/cart", "firefox", True)
    assert b"total is not a function" in (full.evidence.console or b"")
    assert b"Pay" in (full.evidence.actions or b"")
    project = outcome.projects[0]
    assert (project.code, project.is_new, project.reports, project.comments, project.files) == (
        "SHO",
        True,
        1,
        1,
        1,
    )
    assert outcome.projects[1].skipped == "it was deleted there"
    assert (outcome.matched, outcome.unknown) == (1, ["Zoe"])
    assert list(outcome.remarks) == ["1 webhooks: make them anew, each gets a secret of its own"]
    assert world.read(counters_are_right)


def test_its_history_stands_at_its_times(world: World, take: Take) -> None:
    take()

    history = world.run(read_history(world.db, world.session("ada"), cart(world).report.id)).items

    assert [(entry.kind, entry.at.day, entry.person_name) for entry in history] == [
        (EventKind.REPORT_UPDATED, 8, "Zoe"),
        (EventKind.REPORT_UPDATED, 7, "Ada"),
        (EventKind.COMMENT_CREATED, 6, "Zoe"),
        (EventKind.REPORT_UPDATED, 6, "Zoe"),
        (EventKind.REPORT_CREATED, 5, None),
    ]
    assert history[1].changes == (FieldChange("status", "in_progress", "resolved"),)
    assert history[0].changes == (FieldChange("assignee_id", None, str(world.people["ada"].id)),)
    assert history[0].data == {}
    assert history[-1].data == {"imported_from": "bugpin rpt_1"}


def test_a_comment_keeps_the_name_of_who_has_no_account(world: World, take: Take) -> None:
    take()

    said = world.run(list_comments(world.db, world.session("ada"), "SHO-1"))

    assert [(each.author_name, each.body, each.created_at.day) for each in said] == [
        ("Zoe", "We look into it.", 6)
    ]


def test_a_picture_goes_by_its_bytes_and_waits_to_be_made(world: World, take: Take) -> None:
    """It was called a JPEG."""
    take()

    (attached,) = world.run(list_attachments(world.db, world.session("ada"), "SHO-1"))

    assert (attached.media_type, attached.state) == ("image/png", AttachmentState.PENDING)


def test_nobody_is_told(world: World, take: Take) -> None:
    """Not even by a listener that comes later: what happened there is not in the feed."""
    start, mails = last_place(world), count_of_mails(world)

    take()

    assert told_since(world, start) == [EventKind.PROJECT_CREATED, EventKind.REPORTS_IMPORTED]
    assert count_of_mails(world) == mails


def count_of_mails(world: World) -> int:
    query = select(func.count()).select_from(outbox_mails)
    return int(world.read(lambda tx: tx.execute(query).scalar_one()))


def last_place(world: World) -> int:
    while world.run(order_arrivals(world.db)):
        pass
    return world.read(lambda tx: read_feed(tx, 0, 10_000)).through


def told_since(world: World, after: int) -> list[EventKind]:
    last_place(world)
    return [fed.event.kind for fed in world.read(lambda tx: read_feed(tx, after, 10_000)).heard]


def test_a_second_time_adds_nothing(world: World, take: Take) -> None:
    take()
    start = last_place(world)

    again = take()

    project = again.projects[0]
    assert (project.is_new, project.reports, project.comments, project.files) == (False, 0, 0, 0)
    assert (project.known, again.notes) == (1, [])
    assert told_since(world, start) == []
    assert world.read(counters_are_right)


def test_what_is_new_there_comes_with_the_second_time(world: World, take: Take, bugpin: Path) -> None:
    take()
    add_report(bugpin, "rpt_2")
    insert(
        bugpin,
        "reporter_messages",
        id="m2",
        report_id="rpt_1",
        user_id="user_a",
        message="Done.",
        created_at="2025-01-09",
    )

    project = take().projects[0]

    assert (project.reports, project.known, project.comments) == (1, 1, 1)
    said = world.run(list_comments(world.db, world.session("ada"), "SHO-1"))
    assert [each.author_name for each in said] == ["Zoe", "Ada"]


def test_files_that_were_missing_are_added_later(world: World, take: Take, tmp_path: Path) -> None:
    """Nothing is half done that a second run does not finish."""
    first = take(files=tmp_path / "bugpin" / "nowhere")
    assert [sentence for _, sentence in first.notes] == [
        "its file /app/data/uploads/screenshots/rpt_1/file_1.png was not found"
    ]

    assert take().projects[0].files == 1

    assert len(world.run(list_attachments(world.db, world.session("ada"), "SHO-1"))) == 1
    assert take().projects[0].files == 0


def test_what_was_deleted_here_stays_away(world: World, take: Take, bugpin: Path) -> None:
    take()
    ada = world.session("ada")
    (said,) = world.run(list_comments(world.db, ada, "SHO-1"))
    (attached,) = world.run(list_attachments(world.db, ada, "SHO-1"))
    world.run(delete_comment(world.db, ada, said.id))
    world.run(delete_attachment(world.db, ada, "SHO-1", attached.id))
    add_report(bugpin, "rpt_2")
    take()
    world.run(delete_report(world.db, ada, "SHO-2"))

    project = take().projects[0]

    assert (project.reports, project.known, project.gone, project.comments, project.files) == (0, 1, 1, 0, 0)


def test_a_dry_run_changes_nothing_and_counts_the_same(world: World, take: Take) -> None:
    start = last_place(world)

    dry = take(is_dry=True)
    assert told_since(world, start) == []
    real = take()

    counts = [(each.reports, each.comments, each.files, each.is_new) for each in dry.projects]
    assert counts == [(each.reports, each.comments, each.files, each.is_new) for each in real.projects]
    assert dry.notes == real.notes


def test_a_dry_run_tells_whose_accounts_would_be_made(take: Take) -> None:
    dry = take(is_dry=True, with_people=True)

    assert (dry.matched, dry.made, dry.unknown) == (1, ["Zoe <zoe@example.com>"], [])


def test_secrets_are_taken_out_before_it_is_stored(world: World, take: Take, bugpin: Path) -> None:
    """X-2."""
    add_report(bugpin, "rpt_2", description=f"I sent {world.mint().secret} by mistake")

    outcome = take()

    report = world.run(get_report(world.db, world.session("ada"), "SHO-2")).report
    assert "bsk_pat_" not in report.description
    assert (
        "bugpin rpt_2",
        "Secrets were removed before this report was stored: 1 x lacewing_token.",
    ) in outcome.notes


def test_with_people_its_members_have_accounts_and_roles(world: World, take: Take) -> None:
    outcome = take(with_people=True)

    assert outcome.made == ["Zoe <zoe@example.com>"]
    assert outcome.unknown == []
    (said,) = world.run(list_comments(world.db, world.session("ada"), "SHO-1"))
    assert said.author_id is not None
    again = take(with_people=True)
    assert again.made == []


def test_an_account_without_a_way_in_is_its_address_owners_unless_somebody_has_been_it(
    world: World, take: Take, bugpin: Path
) -> None:
    """Fay's was made by an operator; Eve registered, and has lost her password since."""
    world.run(create_person(world.db, console(visit()), "Fay", "new@example.com"))
    lost = update(people).where(people.c.id == world.people["eve"].id).values(password_hash=None)
    world.write(lambda tx: tx.execute(lost) and None)
    for name, email in (("Fay", "new@example.com"), ("Finn", "eve@example.com")):
        insert(bugpin, "users", id=f"user_{name}", email=email, name=name, role="editor", is_active=1)
        add_report(bugpin, f"rpt_{name}", assigned_to=f"user_{name}")

    outcome = take(is_dry=True)

    assert (outcome.matched, sorted(outcome.unknown)) == (2, ["Finn", "Zoe"])


@pytest.mark.parametrize("is_dry", [True, False])
def test_who_only_registered_with_a_members_address_is_given_nothing_by_it(
    world: World, take: Take, bugpin: Path, is_dry: bool
) -> None:
    insert(bugpin, "users", id="user_e", email="eve@example.com", name="Finn", role="admin", is_active=1)
    add_report(bugpin, "rpt_2", assigned_to="user_e")
    given = {"id": "h9", "report_id": "rpt_2", "user_id": "user_a", "created_at": "2025-01-09"}
    insert(bugpin, "report_history", **given, action="assignee_changed", new_value="user_e")
    said = {"id": "m2", "report_id": "rpt_2", "user_id": "user_e", "created_at": "2025-01-09"}
    insert(bugpin, "reporter_messages", **said, message="It is mine.")

    outcome = take(with_people=True, is_dry=is_dry)

    assert (outcome.matched, outcome.unknown) == (1, ["Finn"])
    told = "Finn <eve@example.com> as who did it: the account here has not confirmed that address"
    assert told in outcome.remarks
    assert "the roles of Finn <eve@example.com>, who has not confirmed that address here" in outcome.remarks
    assert "it was assigned to Finn, who has not confirmed that address here: nobody is" in [
        what for _, what in outcome.notes
    ]
    left_out = "its history leaves out a change of whom it was assigned to"
    assert ("bugpin rpt_2", f"{left_out}: Finn has not confirmed that address here") in outcome.notes
    if not is_dry:
        full = world.run(get_report(world.db, world.session("ada"), "SHO-2"))
        history = world.run(read_history(world.db, world.session("ada"), full.report.id)).items
        assert EventKind.REPORT_UPDATED not in {entry.kind for entry in history}
        (comment,) = world.run(list_comments(world.db, world.session("ada"), "SHO-2"))
        assert (comment.author_id, comment.author_name) == (None, "Finn")
    assert all(
        project.organization_id != world.organization_id
        for project in world.run(list_projects(world.db, world.session("eve")))
    )


def test_it_goes_into_a_project_that_is_here(world: World, take: Take) -> None:
    world.submit()

    project = take(project="ORC").projects[0]

    assert (project.code, project.is_new) == ("ORC", False)
    report = world.run(get_report(world.db, world.session("ada"), "ORC-2")).report
    assert report.created_at == instant(5)


def test_each_organization_has_its_own(world: World, take: Take) -> None:
    take()

    elsewhere = take(organization=world.people["eve"].organization_id)

    assert elsewhere.projects[0].reports == 1
    counts = world.run(count_by_status(world.db, world.session("eve")))
    assert sum(sum(each.values()) for each in counts.values()) == 1


@pytest.mark.parametrize(
    ("wish", "code"),
    [({"organization": "nowhere"}, ErrorKind.NOT_FOUND), ({"project": "XYZ"}, ErrorKind.NOT_FOUND)],
)
def test_what_it_should_go_into_must_be_there(
    world: World, take: Take, wish: dict[str, str], code: ErrorKind
) -> None:
    with pytest.raises(LacewingError) as refused:
        take(**wish)
    assert refused.value.kind is code


def test_many_reports_come_in_parts(world: World, take: Take, bugpin: Path) -> None:
    for number in range(120):
        add_report(
            bugpin, f"more_{number:03}", created_at=f"2025-02-01T10:{number // 60:02}:{number % 60:02}Z"
        )

    assert take().projects[0].reports == 121

    listed = world.run(list_reports(world.db, world.session("ada"), ReportFilter(), Page(1, 3)))
    assert [(report.tracking_id, report.title) for report in listed.items][:2] == [
        ("SHO-121", "Bug more_119"),
        ("SHO-120", "Bug more_118"),
    ]
    assert world.read(counters_are_right)


def test_hostile_values_are_taken_as_far_as_they_go(world: World, take: Take, bugpin: Path) -> None:
    add_report(
        bugpin,
        "rpt_x",
        title="\0" + "x" * 600,
        description="y" * 20_000,
        status="developed",
        priority=b"\xff",
        metadata="{" * 500,
        assigned_to="nobody",
        created_at="yesterday",
        updated_at="9999-12-31T23:59:59-23:59",
    )
    for number, path in enumerate(
        ["../../../../etc/passwd", "/etc/passwd", "https://x.example/%2e%2e/etc/passwd", "\0"]
    ):
        insert(bugpin, "files", id=f"f{number}", report_id="rpt_x", type="video", filename="a.txt", path=path)

    outcome = take()

    assert outcome.projects[0].reports == 2
    told = {sentence for origin, sentence in outcome.notes if origin == "bugpin rpt_x"}
    assert "its title was cut from 600 to 500 characters" in told
    assert "its description was cut from 20000 to 10000 characters" in told
    assert any(sentence.startswith("its status 'developed' is not known here") for sentence in told)
    assert "its file /etc/passwd was not found" in told


def test_what_is_no_database_is_refused_in_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    for path in (broken, tmp_path / "nothing.db", tmp_path):
        with pytest.raises(SourceError):
            open_bugpin(str(path))


def test_only_the_operator_imports(world: World, take: Take) -> None:
    """Who administers the instance too, with a fresh proof."""
    with pytest.raises(LacewingError) as refused:
        take(actor=world.session("bob"))
    assert refused.value.kind is ErrorKind.FORBIDDEN
