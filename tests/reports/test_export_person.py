"""What a person takes along: the account, what it may export, and what it wrote itself."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import insert

from lacewing.access.actor import Actor
from lacewing.access.permissions import Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.reports import PersonExport, export_person
from lacewing.reports.person_queries import MOST_AT_ONCE
from lacewing.reports.triage_tables import comments
from tests.reports.stored import store
from tests.world import World

EXPORTS = {
    "ada": {"Orchard", "Cellar"},
    "bob": {"Orchard", "Cellar"},
    "fay": {"Orchard"},
    "eve": {"Elsewhere"},
}


async def gathered(parts: AsyncIterator[list]) -> list:
    return [item async for part in parts for item in part]


def export(world: World, actor: Actor) -> tuple[PersonExport, list, list]:
    made = world.run(export_person(world.db, actor))
    return made, world.run(gathered(made.reports)), world.run(gathered(made.comments))


def comment(world: World, name: str, report_id: UUID, body: str) -> None:
    row = {
        "id": new_id(),
        "organization_id": world.organization_id,
        "project_id": world.orchard.id,
        "report_id": report_id,
        "author_id": world.people[name].id,
        "credential_id": new_id(),
        "body": body,
    }
    world.write(lambda tx: tx.execute(insert(comments).values(**row, created_at=tx.now)) and None)


@pytest.mark.parametrize("name", ["ada", "bob", "cleo", "dan", "fay", "gil", "hal", "eve"])
def test_projects_are_those_that_one_may_export(still_world: World, name: str) -> None:
    made, _, _ = export(still_world, still_world.session(name))

    assert made.profile.email == f"{name}@example.com"
    assert {project.name for project in made.projects} == EXPORTS.get(name, set())


def test_every_report_of_theirs_comes_once(world: World) -> None:
    stored = world.write(lambda tx: store(tx, world.orchard, MOST_AT_ONCE + 1))
    stored += world.write(lambda tx: store(tx, world.cellar, 2))
    world.write(lambda tx: store(tx, world.elsewhere, 3) and None)

    _, reports, _ = export(world, world.session("ada"))

    assert sorted(report.id for report in reports) == sorted(report.id for report in stored)


def test_comments_are_ones_own_alone(world: World) -> None:
    report_id = world.submit().report.id
    comment(world, "cleo", report_id, "Seen it too")
    comment(world, "ada", report_id, "Since when?")

    _, reports, comments_ = export(world, world.session("cleo"))

    assert reports == []
    assert [(found.report_id, found.body) for found in comments_] == [(report_id, "Seen it too")]


def test_a_token_needs_the_scope(still_world: World) -> None:
    scopes = frozenset({Scope.EXPORTS_READ, Scope.PROJECTS_READ})
    export(still_world, still_world.token("ada", scopes=scopes))
    for scope in scopes:
        with pytest.raises(LacewingError) as refused:
            export(still_world, still_world.token("ada", scopes=scopes - {scope}))
        assert refused.value.kind is ErrorKind.FORBIDDEN
