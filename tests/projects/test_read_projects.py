"""Lists and details show exactly what the caller may see, and nothing else exists (A9, D7)."""

from dataclasses import replace

import pytest

from lacewing.access.permissions import CredentialKind, OrganizationRole, Permission, ProjectRole, Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.projects import NewProject, Project, create_project, get_project, list_projects, project_by_code
from tests.counting import CountingDatabase
from tests.world import NAMES, World, add_membership, add_project_membership

SEES = {
    "ada": {"Orchard", "Cellar"},
    "bob": {"Orchard", "Cellar"},
    "cleo": {"Orchard"},
    "dan": {"Orchard"},
    "fay": {"Orchard"},
    "gil": {"Orchard"},
    "hal": {"Orchard"},
    "ivy": {"Cellar"},
    "eve": {"Elsewhere"},
}


def everything(world: World) -> dict[str, Project]:
    return {project.name: project for project in (world.orchard, world.cellar, world.elsewhere)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [CredentialKind.SESSION, CredentialKind.PERSONAL_TOKEN])
def test_list_detail_and_code_agree_on_what_a_person_sees(
    world: World, name: str, kind: CredentialKind
) -> None:
    actor = world.actor(kind, name)

    assert {found.name for found in world.run(list_projects(world.db, actor))} == SEES[name]
    for title, project in everything(world).items():
        for call in (
            get_project(world.db, actor, project.id),
            project_by_code(world.db, actor, project.code.lower()),
        ):
            if title in SEES[name]:
                assert world.run(call) == project
            else:
                with pytest.raises(LacewingError) as refused:
                    world.run(call)
                assert (refused.value.kind, refused.value.message) == (
                    ErrorKind.NOT_FOUND,
                    "Project not found.",
                )


def test_what_may_not_be_seen_answers_like_what_does_not_exist(world: World) -> None:
    actor = world.session("eve")
    faces = set()
    for project_id in (world.orchard.id, new_id()):
        with pytest.raises(LacewingError) as refused:
            world.run(get_project(world.db, actor, project_id))
        faces.add((refused.value.kind, refused.value.code, refused.value.message))

    assert len(faces) == 1


def test_a_project_token_sees_its_project_only(world: World) -> None:
    """S-4."""
    actor = world.project_token(scopes=frozenset(Scope))

    assert world.run(list_projects(world.db, actor)) == [world.orchard]


def test_a_key_lists_nothing(world: World) -> None:
    with pytest.raises(LacewingError) as refused:
        world.run(list_projects(world.db, world.key()))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_a_token_without_the_scope_is_told_which_for_what_it_sees_and_nothing_for_the_rest(
    world: World,
) -> None:
    """D7."""
    actor = world.token("ada", scopes=frozenset({Scope.REPORTS_READ}))

    def refusal(project_id: object) -> LacewingError:
        with pytest.raises(LacewingError) as refused:
            world.run(get_project(world.db, actor, project_id))
        return refused.value

    assert (refusal(world.orchard.id).code, refusal(world.orchard.id).scope) == (
        "insufficient_scope",
        "projects:read",
    )
    assert refusal(world.elsewhere.id).kind is ErrorKind.NOT_FOUND


def test_a_list_is_the_newest_first(world: World) -> None:
    actor = world.session("ada")
    for name in ("First", "Second"):
        world.clock.advance(seconds=1)
        world.run(create_project(world.db, actor, NewProject(name)))

    assert [found.name for found in world.run(list_projects(world.db, actor))][:2] == ["Second", "First"]


def test_a_deleted_project_is_in_no_list_but_stays_readable(world: World) -> None:
    """Contract A19."""
    world.delete_project(world.orchard)
    actor = world.session("ada")

    assert [found.name for found in world.run(list_projects(world.db, actor))] == ["Cellar"]
    assert world.run(get_project(world.db, actor, world.orchard.id)) == replace(
        world.orchard, deleted_at=world.clock.now
    )


def test_a_code_that_several_organizations_use_names_its_candidates(world: World) -> None:
    """Contract A8."""
    theirs = world.run(create_project(world.db, world.session("eve"), NewProject("Orchard")))
    world.write(
        lambda tx: add_membership(tx, theirs.organization_id, world.people["ada"].id, OrganizationRole.VIEWER)
    )
    actor = world.session("ada")

    with pytest.raises(LacewingError) as refused:
        world.run(project_by_code(world.db, actor, "orc"))

    assert (refused.value.kind, refused.value.code) == (ErrorKind.CONFLICT, "ambiguous_code")
    assert "ada/ORC" in refused.value.message
    assert "eve/ORC" in refused.value.message
    assert world.run(project_by_code(world.db, actor, "orc", "eve")) == theirs
    assert world.run(project_by_code(world.db, actor, "orc", "ada")) == world.orchard


@pytest.mark.parametrize(
    "code", ["", "\0", "ORC\0", "%", "'", "\u00df" * 3, "x" * 1000, "NOPE", "orc ", "\u0131\u0131"]
)
def test_an_odd_code_is_not_found(still_world: World, code: str) -> None:
    with pytest.raises(LacewingError) as refused:
        still_world.run(project_by_code(still_world.db, still_world.session("ada"), code))
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_the_higher_of_two_roles_holds(world: World) -> None:
    """dan is a viewer of the organization; in the private cellar he becomes an editor."""
    dan = world.people["dan"]
    world.write(lambda tx: add_project_membership(tx, world.cellar, dan.id, ProjectRole.EDITOR))
    actor = world.session("dan")

    assert {found.name for found in world.run(list_projects(world.db, actor))} == {"Orchard", "Cellar"}
    assert actor.can(Permission.REPORTS_WRITE, world.cellar.place)
    assert not actor.can(Permission.REPORTS_WRITE, world.orchard.place)


def test_many_memberships_are_one_statement(world: World) -> None:
    eve, ada = world.session("eve"), world.people["ada"]
    for n in range(12):
        made = world.run(create_project(world.db, eve, NewProject(f"Project {n}")))
        world.write(lambda tx, made=made: add_project_membership(tx, made, ada.id, ProjectRole.VIEWER))
    actor, counting = world.session("ada"), CountingDatabase(world.db)

    assert len(world.run(list_projects(counting, actor))) == 14
    assert len(counting.statements) == 1
