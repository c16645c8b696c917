"""One report, by id or by the code that people say."""

from uuid import UUID

import pytest

from lacewing.access.permissions import CredentialKind, OrganizationRole, Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.projects import NewProject, create_project
from lacewing.reports import FullReport, Severity, get_report
from tests.counting import CountingDatabase
from tests.reports import triaging
from tests.world import World, add_membership


def get(world: World, reference: UUID | str, name: str = "ada", *project: UUID) -> FullReport:
    return world.run(get_report(world.db, world.session(name), reference, *project))


def refusal(world: World, reference: UUID | str, name: str = "ada", *project: UUID) -> LacewingError:
    with pytest.raises(LacewingError) as refused:
        get(world, reference, name, *project)
    return refused.value


@pytest.mark.parametrize("reference", ["ORC-2", "orc-2", "Orc-2", "ORC-0002"])
def test_a_report_is_found_by_its_code_in_any_case(world: World, reference: str) -> None:
    """Contract A8."""
    stored = [world.submit(f"Report {n}") for n in range(3)]

    assert get(world, reference) == stored[1]
    assert get(world, stored[1].report.id) == stored[1]


@pytest.mark.parametrize(
    "reference",
    [
        "ORC-99999",
        "ORC-0",
        "NOPE-1",
        "ORC",
        "ORC-",
        "-1",
        "ORC-1-1",
        "ORC-1 ",
        "ORC--1",
        "ORC-1\n",
        "\0",
        "ORC-\u0661",
        "\uff2fRC-1",
        "ORC-9999999999",
        "ORC-999999999",
        "%-1",
        "",
        new_id(),
    ],
)
def test_what_does_not_exist_is_not_found(still_world: World, reference: UUID | str) -> None:
    still_world.submit()
    error = refusal(still_world, reference)

    assert (error.kind, error.message) == (ErrorKind.NOT_FOUND, "Report not found.")


READERS = {
    "ada": {"orchard", "cellar"},
    "bob": {"orchard", "cellar"},
    "cleo": {"orchard"},
    "dan": {"orchard"},
    "fay": {"orchard"},
    "gil": {"orchard"},
    "hal": {"orchard"},
    "ivy": {"cellar"},
    "eve": set(),
}


@pytest.mark.parametrize("name", READERS)
def test_who_reads_a_report_and_for_whom_it_does_not_exist(world: World, name: str) -> None:
    """D7."""
    for title, project in (("orchard", world.orchard), ("cellar", world.cellar)):
        stored = world.submit(title, world.key(project))
        for reference in (stored.report.id, stored.report.tracking_id):
            if title in READERS[name]:
                assert get(world, reference, name) == stored
            else:
                assert refusal(world, reference, name).kind is ErrorKind.NOT_FOUND


def test_a_project_token_reads_the_reports_of_its_project_only(world: World) -> None:
    mine, other = world.submit(), world.submit("Private", world.key(world.cellar))
    actor = world.project_token()

    assert world.run(get_report(world.db, actor, mine.report.id)) == mine
    with pytest.raises(LacewingError) as refused:
        world.run(get_report(world.db, actor, other.report.id))
    assert refused.value.kind is ErrorKind.NOT_FOUND


@pytest.mark.parametrize("kind", [CredentialKind.PUBLISHABLE_KEY, CredentialKind.PROJECT_TOKEN])
def test_what_may_only_create_reads_nothing_back(world: World, kind: CredentialKind) -> None:
    stored = world.submit()
    actor = (
        world.key()
        if kind is CredentialKind.PUBLISHABLE_KEY
        else world.project_token(scopes=frozenset({Scope.REPORTS_CREATE}))
    )

    with pytest.raises(LacewingError) as refused:
        world.run(get_report(world.db, actor, stored.report.id))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_a_code_of_several_organizations_is_a_conflict_and_one_project_decides(world: World) -> None:
    """Contract A8."""
    theirs = world.run(create_project(world.db, world.session("eve"), NewProject("Orchard")))
    ada = world.people["ada"]
    world.write(lambda tx: add_membership(tx, theirs.organization_id, ada.id, OrganizationRole.VIEWER))
    mine, other = world.submit("Mine"), world.submit("Theirs", world.key(theirs))

    error = refusal(world, "ORC-1")

    changing = triaging.refusal(world, "ORC-1", severity=Severity.LOW)

    assert (error.kind, error.code) == (ErrorKind.CONFLICT, "ambiguous_code")
    assert error.message == "Several reports are called ORC-1: ada/ORC-1, eve/ORC-1."
    assert changing.message == error.message
    assert get(world, "ORC-1", "ada", world.orchard.id) == mine
    assert get(world, "ORC-1", "ada", theirs.id) == other
    assert get(world, "ORC-1", "eve") == other
    assert refusal(world, mine.report.id, "ada", theirs.id).kind is ErrorKind.NOT_FOUND


def test_a_report_of_a_deleted_project_stays_readable(world: World) -> None:
    """Contract A19."""
    stored = world.submit()
    world.delete_project(world.orchard)

    assert get(world, stored.report.id) == stored
    assert get(world, "ORC-1") == stored


@pytest.mark.parametrize("by", ["id", "code"])
def test_one_report_is_one_statement(world: World, by: str) -> None:
    stored = world.submit()
    counting = CountingDatabase(world.db)
    reference = stored.report.id if by == "id" else stored.report.tracking_id

    assert world.run(get_report(counting, world.session("ada"), reference)) == stored
    assert len(counting.statements) == 1
