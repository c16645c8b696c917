"""A report that arrives: checked, stored whole before the answer, counted, never answered twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.access.permissions import PRESENTED_KINDS, CredentialKind, Scope
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.reports import (
    Category,
    Evidence,
    FullReport,
    NewReport,
    Reference,
    Severity,
    Status,
    Use,
    get_report,
    submit_report,
)
from tests.credentials.told import event_kinds
from tests.reports.payloads import ORIGINAL, evidence_of
from tests.reports.stored import counters_are_right, row_counts
from tests.world import START, World

NEW = NewReport("It broke", Severity.HIGH)
EVIDENCE = Evidence(
    console=b'[{"level":"error","message":"a\\u0000b \xf0\x9f\x90\x9b"}]',
    network=b'[{"url":"https://example.com","status":500}]',
    actions=b"[]",
    metadata=b'{"agent": "Firefox",  "spaced": 1.0}',
)


def refusal(world: World, actor: object, new: NewReport, *project: object) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        world.run(submit_report(world.db, actor, world.vault, new, *project))
    return refused.value


def read(world: World, stored: FullReport) -> FullReport:
    return world.run(get_report(world.db, world.session("ada"), stored.report.id))


def test_everything_that_was_given_is_stored(world: World) -> None:
    stored = world.submit(
        "It broke",
        description="when I clicked",
        severity=Severity.CRITICAL,
        category=Category.CRASH,
        reporter_identifier="user-7",
        evidence=EVIDENCE,
    )
    report = stored.report

    assert (report.title, report.description) == ("It broke", "when I clicked")
    assert (report.severity, report.category, report.status) == (
        Severity.CRITICAL,
        Category.CRASH,
        Status.NEW,
    )
    assert (report.reporter_identifier, report.assignee_id) == ("user-7", None)
    assert (report.created_at, report.updated_at) == (START, START)
    assert (report.organization_id, report.project_id) == (world.organization_id, world.orchard.id)
    assert (report.number, report.tracking_id) == (1, "ORC-1")
    assert stored.evidence == EVIDENCE
    assert stored.warnings == ()
    assert read(world, stored) == stored


def test_a_ticket_keeps_its_parts_and_reads_as_a_report(world: World) -> None:
    stored = world.submit("Login", given="a user", when="she logs in", then="it works", notes="since May")

    assert (stored.report.given, stored.report.when, stored.report.then) == (
        "a user",
        "she logs in",
        "it works",
    )
    assert stored.report.notes == "since May"
    assert stored.report.description == "Given a user\nWhen she logs in\nThen it works\n\nsince May"
    assert read(world, stored) == stored


@pytest.mark.parametrize(
    ("parts", "description"),
    [
        ({}, ""),
        ({"notes": "only notes"}, "only notes"),
        ({"when": "clicked"}, "When clicked"),
        ({"given": "x", "description": "said otherwise"}, "said otherwise"),
    ],
)
def test_a_description_is_made_of_the_parts_that_there_are(
    world: World, parts: dict[str, str], description: str
) -> None:
    assert world.submit(**parts).report.description == description


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=100))
def test_text_is_stored_as_given(still_world: World, text: str) -> None:
    """Contract A12: byte for byte."""
    stored = still_world.submit(f"x{text}", description=text)

    assert read(still_world, stored).report.title == f"x{text}"
    assert read(still_world, stored).report.description == text


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("title", "", "blank"),
        ("title", " \n", "blank"),
        ("title", "x" * 501, "too_long"),
        ("title", "a\0b", "nul_character"),
        ("description", "x" * 10_001, "too_long"),
        ("description", "\0", "nul_character"),
        ("given", "x" * 10_001, "too_long"),
        ("when", "\0", "nul_character"),
        ("then", "x" * 10_001, "too_long"),
        ("notes", "\0", "nul_character"),
        ("reporter_identifier", "x" * 256, "too_long"),
        ("reporter_identifier", "\0", "nul_character"),
    ],
)
def test_a_report_that_can_not_be_is_refused_and_takes_no_number(
    still_world: World, field: str, value: str, code: str
) -> None:
    before = still_world.submit().report.number
    error = refusal(still_world, still_world.key(), replace(NEW, **{field: value}))

    assert (error.kind, [(f.field, f.code) for f in error.fields]) == (ErrorKind.INVALID, [(field, code)])
    assert still_world.submit().report.number == before + 1


def test_the_longest_that_fits_is_taken(world: World) -> None:
    text = "\U0001f41b" * 10_000
    stored = world.submit("\u00e9" * 500, description=text, notes=text, reporter_identifier="x" * 255)

    assert read(world, stored) == stored


def test_all_mistakes_are_told_at_once(world: World) -> None:
    error = refusal(world, world.key(), NewReport("", Severity.LOW, notes="\0", given="x" * 10_001))

    assert [field.field for field in error.fields] == ["title", "given", "notes"]


def test_a_filled_honeypot_is_answered_as_success_and_stores_nothing(world: World) -> None:
    """Contract A19, W-3."""
    real = world.submit("Real")
    before, told = world.read(row_counts), world.read(event_kinds)
    named = (Reference(Use.SCREENSHOT, "x"),)
    robot = world.submit("Buy now", honeypot="http://spam", evidence=EVIDENCE, attachments=named)

    assert world.read(row_counts) == before
    assert world.read(event_kinds) == told
    assert (robot.report.title, robot.report.status, robot.report.number) == ("Buy now", Status.NEW, 2)
    assert robot.report.id != real.report.id
    assert len(robot.warnings) == 1
    assert world.submit("Real too").report.number == 2


def test_a_robots_mistakes_are_told_as_anybodys(world: World) -> None:
    assert refusal(world, world.key(), replace(NEW, title="", honeypot="x")).kind is ErrorKind.INVALID


@pytest.mark.parametrize("kind", sorted(PRESENTED_KINDS - {CredentialKind.PUBLISHABLE_KEY}))
def test_a_bearer_or_a_session_knows_no_honeypot(world: World, kind: CredentialKind) -> None:
    """Contract A5."""
    actor = world.actor(kind)
    new = replace(NEW, honeypot="a field that a script filled")

    stored = world.run(submit_report(world.db, actor, world.vault, new, world.orchard.id))

    assert read(world, stored).report == stored.report


def test_a_bearer_that_may_only_create_knows_no_honeypot(world: World) -> None:
    """Contract A5: the narrowest CI token is no robot."""
    actor = world.project_token(scopes=frozenset({Scope.REPORTS_CREATE}))

    stored = world.run(submit_report(world.db, actor, world.vault, replace(NEW, honeypot="x")))

    assert read(world, stored).report == stored.report


MAY_CREATE = {
    "ada": {"orchard", "cellar"},
    "bob": {"orchard", "cellar"},
    "cleo": {"orchard"},
    "dan": set(),
    "fay": {"orchard"},
    "gil": {"orchard"},
    "hal": set(),
    "ivy": {"cellar"},
    "eve": set(),
}
SEES = {**MAY_CREATE, "dan": {"orchard"}, "hal": {"orchard"}}


@pytest.mark.parametrize("name", MAY_CREATE)
def test_who_creates_reports_where(still_world: World, name: str) -> None:
    """Who may do what; what is not seen does not exist (D7)."""
    actor = still_world.session(name)
    for title, project in (("orchard", still_world.orchard), ("cellar", still_world.cellar)):
        if title in MAY_CREATE[name]:
            assert (
                still_world.run(
                    submit_report(still_world.db, actor, still_world.vault, NEW, project.id)
                ).report.project_id
                == project.id
            )
        else:
            expected = ErrorKind.FORBIDDEN if title in SEES[name] else ErrorKind.NOT_FOUND
            assert refusal(still_world, actor, NEW, project.id).kind is expected


@pytest.mark.parametrize("kind", [CredentialKind.PUBLISHABLE_KEY, CredentialKind.PROJECT_TOKEN])
def test_a_projects_credential_knows_its_project_and_no_other(world: World, kind: CredentialKind) -> None:
    """Contract A5."""
    actor = world.actor(kind)

    assert world.run(submit_report(world.db, actor, world.vault, NEW)).report.project_id == world.orchard.id
    again = replace(NEW, title="It broke again")
    assert world.run(submit_report(world.db, actor, world.vault, again, world.orchard.id)).report.number == 2
    for other in (world.cellar.id, world.elsewhere.id, new_id()):
        assert refusal(world, actor, NEW, other).kind is ErrorKind.INVALID


def test_a_person_names_the_project(world: World) -> None:
    error = refusal(world, world.session("ada"), NEW)

    assert [(field.field, field.code) for field in error.fields] == [("project_id", "blank")]
    assert refusal(world, world.session("ada"), NEW, new_id()).kind is ErrorKind.NOT_FOUND


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (Scope.REPORTS_CREATE, True),
        (Scope.REPORTS_WRITE, True),
        (Scope.REPORTS_READ, False),
        (Scope.COMMENTS_WRITE, False),
    ],
)
def test_a_token_needs_a_scope_that_creates(still_world: World, scope: Scope, allowed: bool) -> None:
    actors = [
        still_world.token("ada", scopes=frozenset({scope})),
        still_world.project_token(scopes=frozenset({scope})),
    ]
    for actor in actors:
        if allowed:
            assert still_world.run(
                submit_report(still_world.db, actor, still_world.vault, NEW, still_world.orchard.id)
            )
        else:
            error = refusal(still_world, actor, NEW, still_world.orchard.id)
            assert (error.code, error.scope) == ("insufficient_scope", "reports:create")


def test_a_deleted_project_takes_no_report(world: World) -> None:
    actor, key = world.session("ada"), world.key()
    world.delete_project(world.orchard)

    assert refusal(world, actor, NEW, world.orchard.id).kind is ErrorKind.NOT_FOUND
    with pytest.raises(LacewingError):
        world.key()
    assert key.confined_to is not None


def test_a_report_is_told_in_the_events_with_its_credential(world: World) -> None:
    before = world.read(event_kinds)[EventKind.REPORT_CREATED]
    world.submit()

    assert world.read(event_kinds)[EventKind.REPORT_CREATED] == before + 1


def test_counters_and_rows_agree_after_each_kind_of_report(world: World) -> None:
    for severity in Severity:
        world.submit(severity=severity)
        world.submit(severity=severity, honeypot="x")

    assert world.read(counters_are_right)
    assert world.read(row_counts)["reports"] == len(Severity)


def test_what_lists_are_filtered_by_is_read_from_the_evidence(world: World) -> None:
    token = "ghp_" + "a1B2" * 9
    metadata = {**ORIGINAL["metadata"], "url": f"https://shop.example.com/{token}?q"}
    stored = world.submit(evidence=evidence_of({**ORIGINAL, "metadata": metadata})).report

    assert (stored.page, stored.browser) == ("https://shop.example.com/[removed:github_token]", "firefox")
    assert (stored.os, stored.has_error) == ("linux", True)
    quiet = read(world, world.submit("quiet")).report
    assert (quiet.page, quiet.browser, quiet.os, quiet.has_error) == (None, None, None, False)


def test_evidence_that_is_no_json_is_kept_as_text_and_told(world: World) -> None:
    """Contract A12. No dialect lets it through; another caller of the verb may."""
    stored = world.submit(evidence=Evidence(console=b"{no\xff", network=b"[1"))

    assert (stored.evidence.console, stored.evidence.network) == (b'"{no\xef\xbf\xbd"', b'"[1"')
    assert "console_logs could not be read as JSON; its text was kept." in stored.warnings
    assert read(world, stored).evidence == stored.evidence
