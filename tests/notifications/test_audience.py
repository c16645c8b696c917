"""Who is told of what: never who did it, never who may not read it."""

import pytest

from lacewing.access.permissions import CredentialKind, ProjectRole, Scope
from lacewing.credentials import delete_account
from lacewing.notifications import Choice, Notifier, Topic
from lacewing.projects.tables import memberships
from lacewing.reports import (
    Severity,
    Status,
    add_comment,
    delete_comment,
    delete_report,
    merge_report,
)
from tests.counting import CountingDatabase
from tests.notifications.hearing import (
    choose,
    comment,
    hear,
    heard_since,
    listed,
    rows,
    topics,
    watch,
    who_is_told,
)
from tests.reports.triaging import change
from tests.world import World, add_project_membership

RUNNERS = ("ada", "bob", "fay")


@pytest.mark.parametrize(
    ("severity", "told"),
    [
        (Severity.CRITICAL, {name: [Topic.NEW_CRITICAL] for name in RUNNERS}),
        (Severity.HIGH, {name: [Topic.NEW_HIGH] for name in RUNNERS}),
        (Severity.MEDIUM, {}),
        (Severity.LOW, {}),
    ],
)
def test_of_grave_reports_those_are_told_who_run_the_project(
    world: World, severity: Severity, told: dict[str, list[Topic]]
) -> None:
    world.submit(severity=severity)
    assert who_is_told(world) == told


def test_whoever_can_read_a_project_may_choose_to_hear_of_its_new_reports(world: World) -> None:
    for name in ("dan", "eve", "ivy"):
        choose(world, name, {Topic.NEW_LOW: Choice.IN_APP})
    world.submit(severity=Severity.LOW)
    world.submit(severity=Severity.LOW, actor=world.key(world.cellar))

    assert who_is_told(world) == {"dan": [Topic.NEW_LOW], "ivy": [Topic.NEW_LOW]}


def test_who_is_to_see_to_a_report_is_told_so(world: World) -> None:
    report = world.submit().report
    change(world, report.id, "ada", assignee_id=world.people["gil"].id)

    assert who_is_told(world) == {"gil": [Topic.ASSIGNED]}
    [told] = listed(world, "gil")
    assert (told.title, told.tracking_id, told.actor_name) == ("It broke", report.tracking_id, "Ada")
    assert told.path == f"/b/{world.orchard.organization_slug}/{report.tracking_id}"


def test_watchers_and_the_assignee_are_told_what_is_said_and_what_becomes_of_it(world: World) -> None:
    report = world.submit()
    watch(world, report, "dan", "hal", "bob")
    comment(world, report, "bob", "It is the cache.")
    world.clock.advance(minutes=1)
    change(world, report.report.id, "gil", status=Status.TRIAGING)
    world.clock.advance(minutes=1)
    change(world, report.report.id, "bob", status=Status.RESOLVED)

    everything = [Topic.COMMENTED, Topic.STATUS_CHANGED, Topic.RESOLVED]
    assert who_is_told(world) == {"dan": everything, "hal": everything, "bob": [Topic.STATUS_CHANGED]}
    resolved, triaged, said = listed(world, "dan")
    assert (resolved.status, triaged.status, said.status) == (Status.RESOLVED, Status.TRIAGING, None)
    assert said.comment == "It is the cache."


def test_what_is_merged_away_is_told_as_closed(world: World) -> None:
    report, other = world.submit(), world.submit()
    watch(world, report, "dan")
    watch(world, other, "hal")
    world.run(merge_report(world.db, world.session("ada"), report.report.id, other.report.id))

    assert who_is_told(world) == {"dan": [Topic.RESOLVED]}
    assert listed(world, "dan")[0].status is Status.CLOSED


@pytest.mark.parametrize("kind", [CredentialKind.SESSION, CredentialKind.PERSONAL_ACCESS_TOKEN])
def test_a_member_s_words_may_mention_who_can_read_them(world: World, kind: CredentialKind) -> None:
    report = world.submit()
    body = "@dan @hal@example.com @eve @ivy @cleo what do you think?"
    world.run(add_comment(world.db, world.actor(kind, "cleo"), report.report.id, body))

    assert who_is_told(world) == {"dan": [Topic.MENTIONED], "hal": [Topic.MENTIONED]}


def test_a_reporter_and_a_project_s_token_mention_nobody(world: World) -> None:
    world.submit(description="@ada @bob look!")
    report = world.submit()
    watch(world, report, "dan")
    token = world.project_token(scopes=frozenset({Scope.COMMENTS_WRITE}))
    world.run(add_comment(world.db, token, report.report.id, "@hal @dan"))

    assert who_is_told(world) == {"dan": [Topic.COMMENTED]}
    assert listed(world, "dan")[0].actor_name == "a project's token"


@pytest.mark.parametrize("is_heard_at_once", [True, False])
def test_a_description_mentions_each_person_once_however_often_it_is_changed(
    world: World, is_heard_at_once: bool
) -> None:
    report = world.submit().report
    for text in ("@dan", "@dan, please", "@dan and @hal"):
        world.clock.advance(minutes=1)
        change(world, report.id, "ada", description=text)
        if is_heard_at_once:
            hear(world)

    assert who_is_told(world) == {"dan": [Topic.MENTIONED], "hal": [Topic.MENTIONED]}


def test_one_event_is_told_once_by_what_matters_most(world: World) -> None:
    """A watcher who is mentioned: not twice. With mentions off, it is still a comment."""
    report = world.submit()
    watch(world, report, "dan", "hal")
    choose(world, "hal", {Topic.MENTIONED: Choice.OFF})
    comment(world, report, "ada", "@dan @hal")

    assert who_is_told(world) == {"dan": [Topic.MENTIONED], "hal": [Topic.COMMENTED]}


def test_what_is_off_is_not_told(world: World) -> None:
    report = world.submit()
    watch(world, report, "dan")
    choose(world, "dan", {Topic.COMMENTED: Choice.OFF})
    comment(world, report)
    assert who_is_told(world) == {}


def test_who_lost_the_project_is_told_nothing_and_reads_nothing_of_before(world: World) -> None:
    dan = world.people["dan"].id
    world.write(lambda tx: add_project_membership(tx, world.cellar, dan, ProjectRole.VIEWER))
    report = world.submit(actor=world.key(world.cellar))
    watch(world, report, "dan")
    comment(world, report)
    assert topics(world, "dan") == [Topic.COMMENTED]
    its = (memberships.c.project_id == world.cellar.id, memberships.c.person_id == dan)
    world.write(lambda tx: tx.execute(memberships.delete().where(*its)) and None)
    comment(world, report)

    assert topics(world, "dan") == []
    assert rows(world) == 1


def test_what_was_deleted_before_it_was_heard_is_told_to_nobody(world: World) -> None:
    gone, kept = world.submit(), world.submit()
    watch(world, gone, "dan")
    watch(world, kept, "dan")
    comment(world, gone)
    said = comment(world, kept)
    world.run(delete_report(world.db, world.session("ada"), gone.report.id))
    world.run(delete_comment(world.db, world.session("ada"), said))
    hear(world)
    assert rows(world) == 0


def test_what_is_deleted_between_reading_and_storing_is_no_fault(world: World) -> None:
    report = world.submit()
    watch(world, report, "dan")
    comment(world, report)
    step = world.run(Notifier(world.db).hear(heard_since(world)))
    world.run(delete_report(world.db, world.session("ada"), report.report.id))
    world.write(step)
    assert rows(world) == 0


def test_a_comment_or_a_report_takes_along_what_was_told_of_it(world: World) -> None:
    report = world.submit()
    watch(world, report, "dan")
    said = comment(world, report)
    comment(world, report)
    hear(world)
    world.run(delete_comment(world.db, world.session("ada"), said))
    assert rows(world) == 1
    world.run(delete_report(world.db, world.session("ada"), report.report.id))
    assert rows(world) == 0


def test_a_deleted_account_keeps_nothing(world: World) -> None:
    report = world.submit()
    watch(world, report, "hal")
    choose(world, "hal", {Topic.NEW_LOW: Choice.MAIL})
    comment(world, report)
    hear(world)
    assert rows(world) == 1
    world.run(delete_account(world.db, world.session("hal"), world.vault))
    hear(world)
    assert rows(world) == 0


def test_to_hear_of_many_takes_no_more_statements_than_of_one(world: World) -> None:
    counted, after = [], len(heard_since(world))
    for count in (1, 20):
        reports = [world.submit(severity=Severity.HIGH) for _ in range(count)]
        for report in reports:
            watch(world, report, "dan")
            comment(world, report, "ada", "@hal look")
        counting = CountingDatabase(world.db)
        heard = heard_since(world, after)
        after = heard[-1].sequence
        world.write(world.run(Notifier(counting).hear(heard)))  # type: ignore[arg-type]
        counted.append(len(counting.statements))
    assert counted[0] == counted[1]
