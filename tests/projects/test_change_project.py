"""A project is changed, deleted softly and restored by who runs it; with it die its keys and tokens (A19)."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from lacewing.access.permissions import OrganizationRole, Permission, ProjectRole, Scope
from lacewing.credentials import NewToken, Presented, create_project_token
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.projects import (
    NewProject,
    Project,
    ProjectChange,
    change_project,
    create_project,
    get_project,
    list_projects,
    purge_project,
)
from lacewing.reports import get_report
from lacewing.storage import Database
from tests.credentials.told import event_kinds
from tests.world import NAMES, World

RUN_IT = {"ada", "bob", "fay"}
SEE_IT = RUN_IT | {"cleo", "dan", "gil", "hal"}
DELETE = ProjectChange(is_active=False)
RESTORE = ProjectChange(is_active=True)


def change(
    world: World, change: ProjectChange, name: str = "ada", seen: frozenset[int] | None = None
) -> Project:
    return world.run(change_project(world.db, world.session(name), world.orchard.id, change, seen))


def purge(world: World, name: str = "ada") -> None:
    world.run(purge_project(world.db, world.session(name), world.orchard.id))


def refusal(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(LacewingError) as refused:
        call()
    return refused.value.kind, refused.value.code


@pytest.mark.parametrize("name", NAMES)
def test_who_changes_deletes_restores_and_purges(world: World, name: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: change(world, {"name": "Grove"}, name),
        lambda: change(world, DELETE, name),
        lambda: change(world, RESTORE, name),
        lambda: purge(world, name),
    ]
    for call in calls:
        if name in RUN_IT:
            call()
        else:
            expected = ErrorKind.FORBIDDEN if name in SEE_IT else ErrorKind.NOT_FOUND
            assert refusal(call)[0] is expected


def test_no_credential_of_the_project_and_no_token_without_the_scope_changes_it(still_world: World) -> None:
    world = still_world
    narrow = world.token(scopes=frozenset({Scope.PROJECTS_READ, Scope.REPORTS_WRITE}))
    for actor in (world.project_token(scopes=frozenset(Scope)), world.key(), narrow):
        for call in (
            lambda actor=actor: world.run(change_project(world.db, actor, world.orchard.id, DELETE)),
            lambda actor=actor: world.run(purge_project(world.db, actor, world.orchard.id)),
        ):
            assert refusal(call)[0] is ErrorKind.FORBIDDEN
    purger = world.token(scopes=frozenset({Scope.PROJECTS_WRITE}))
    assert refusal(lambda: world.run(purge_project(world.db, purger, world.orchard.id))) == (
        ErrorKind.FORBIDDEN,
        "insufficient_scope",
    )


def test_only_what_is_given_changes_and_settings_as_a_whole(world: World) -> None:
    change(world, {"settings": {"a": 1, "b": {"c": [None]}}})
    changed = change(world, {"settings": {"a": True}, "domain": "myapp.com", "is_private": True})

    assert (changed.settings, changed.domain, changed.is_private) == ({"a": True}, "myapp.com", True)
    assert (changed.name, changed.code, changed.api_key) == ("Orchard", "ORC", world.orchard.api_key)
    assert changed.version == 3
    assert world.run(get_project(world.db, world.session("ada"), world.orchard.id)) == changed
    assert world.read(event_kinds)[EventKind.PROJECT_CHANGED] == 2


def test_what_is_the_same_is_no_change(world: World) -> None:
    same = ProjectChange(name="Orchard", domain="", code="ORC", settings={}, is_private=False, is_active=True)
    assert change(world, same) == world.orchard
    assert change(world, {}) == world.orchard
    assert world.read(event_kinds)[EventKind.PROJECT_CHANGED] == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"name": "a\0"}, "name"),
        ({"domain": "no domain"}, "domain"),
        ({"settings": {"a": "é" * 5200}}, "settings"),
        ({"code": "OTHER"}, "code"),
    ],
)
def test_what_a_project_can_not_hold_is_refused(still_world: World, wrong: Any, field: str) -> None:
    with pytest.raises(LacewingError) as refused:
        change(still_world, wrong)
    assert [error.field for error in refused.value.fields] == [field]


def test_who_saw_an_older_one_changes_nothing(world: World) -> None:
    seen = frozenset({world.orchard.version})
    change(world, {"name": "Grove"}, seen=seen)
    assert refusal(lambda: change(world, {"name": "Wood"}, seen=seen))[0] is ErrorKind.PRECONDITION_FAILED
    assert change(world, {}).name == "Grove"


def test_of_many_who_saw_the_same_one_changes_it(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    dbs, actor = [world.db, open_db(world_url)], world.session("ada")

    async def race() -> list[Any]:
        calls = [
            change_project(dbs[n % 2], actor, world.orchard.id, {"name": f"Grove {n}"}, frozenset({1}))
            for n in range(6)
        ]
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(race())
    assert sum(isinstance(answer, Project) for answer in answers) == 1
    assert {a.kind for a in answers if not isinstance(a, Project)} == {ErrorKind.PRECONDITION_FAILED}


def test_a_deleted_projects_credentials_open_nothing_and_its_reports_stay_readable(world: World) -> None:
    report = world.submit().report
    token = world.mint_for_project().secret
    key = world.orchard.api_key
    gone = change(world, DELETE)

    for presented in (Presented(api_key=key), Presented(bearer=token)):
        assert (
            refusal(lambda presented=presented: world.authenticate(presented))[0] is ErrorKind.UNAUTHENTICATED
        )
    assert world.run(get_report(world.db, world.session("hal"), report.id)).report.id == report.id
    assert not gone.is_active
    ada = world.session("ada")
    assert [p.name for p in world.run(list_projects(world.db, ada))] == ["Cellar"]
    assert world.run(list_projects(world.db, ada, are_live=False)) == [gone]
    assert change(world, DELETE) == gone
    assert refusal(lambda: change(world, {"name": "Grove"})) == (ErrorKind.CONFLICT, "project_deleted")
    mint = create_project_token(world.db, ada, world.vault, world.orchard.id, NewToken("late"))
    assert refusal(lambda: world.run(mint))[0] is ErrorKind.NOT_FOUND

    assert change(world, RESTORE).is_active
    assert world.authenticate(Presented(api_key=key)).confined_to == world.orchard.place
    assert world.authenticate(Presented(bearer=token)).confined_to == world.orchard.place
    kinds = world.read(event_kinds)
    assert (kinds[EventKind.PROJECT_DELETED], kinds[EventKind.PROJECT_RESTORED]) == (1, 1)


def test_with_a_purge_a_project_is_gone_for_everybody_at_once(world: World) -> None:
    report = world.submit().report
    key = world.orchard.api_key
    purge(world, "fay")

    for name in ("ada", "fay", "hal"):
        actor = world.session(name)
        assert (
            refusal(lambda actor=actor: world.run(get_report(world.db, actor, report.id)))[0]
            is ErrorKind.NOT_FOUND
        )
    assert refusal(lambda: change(world, RESTORE))[0] is ErrorKind.NOT_FOUND
    assert refusal(lambda: purge(world))[0] is ErrorKind.NOT_FOUND
    assert refusal(lambda: world.authenticate(Presented(api_key=key)))[0] is ErrorKind.UNAUTHENTICATED
    assert not world.session("fay").is_in(world.organization_id)
    assert world.run(list_projects(world.db, world.session("ada"), are_live=False)) == []
    assert world.read(event_kinds)[EventKind.PROJECT_PURGED] == 1


def test_whoever_makes_a_project_runs_it(world: World) -> None:
    """cleo is a member of the organization, and would not see a private one that she made."""
    new = NewProject("Hers", organization_id=world.organization_id, is_private=True)
    made = world.run(create_project(world.db, world.session("cleo"), new))
    cleo = world.session("cleo")

    assert cleo.can(Permission.PROJECTS_WRITE, made.place)
    assert [g.role for g in cleo.grants if g.project_id == made.id] == [ProjectRole.ADMIN]
    theirs = world.run(create_project(world.db, world.session("bob"), new))
    assert {g.role for g in world.session("bob").grants if g.organization_id == theirs.organization_id} == {
        OrganizationRole.ADMIN
    }


def test_a_list_of_what_one_runs(world: World) -> None:
    """B4.2, `manageable`."""
    for name, expected in (("ada", {"Orchard", "Cellar"}), ("fay", {"Orchard"}), ("gil", set())):
        listed = world.run(list_projects(world.db, world.session(name), Permission.PROJECTS_WRITE))
        assert {project.name for project in listed} == expected
