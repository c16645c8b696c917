"""What was purged is deleted to its last row, in bounded units, whoever sweeps and whatever comes between."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from lacewing.access.permissions import ProjectRole
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.projects import (
    Farewell,
    NewInvitation,
    NewOrganization,
    NewProject,
    Project,
    create_organization,
    create_project,
    delete_organization,
    invite,
    list_projects,
    purge_project,
    rotate_primary_key,
)
from lacewing.projects.tables import organizations, projects
from lacewing.reports import get_report, sweep_purged
from lacewing.reports.delete_report import remove_reports
from lacewing.storage import Database, Transaction
from lacewing.storage.types import metadata
from tests.credentials.told import event_kinds
from tests.reports.stored import store
from tests.world import World, add_project_membership

# What refers to a project or an organization and does not go with it by itself: the sweep takes it first.
SWEPT_FIRST = {
    "invitations",
    "memberships",
    "organization_policies",
    "projects",
    "publishable_keys",
    "report_counts",
    "report_numbers",
    "reports",
    "tokens",
}
# The log is its organization's.
KEPT = {"events"}


def furnish(world: World, project: Project) -> None:
    """With some of everything, and more reports than go at once."""
    ada = world.session("ada")
    world.write(lambda tx: store(tx, project, 250) and None)
    report = world.submit("Kept by eve", actor=world.key(project)).report
    place = project.place
    world.write(lambda tx: remove_reports(tx, place, [report.id]) and None)
    world.mint_for_project(project)
    world.run(rotate_primary_key(world.db, ada, project.id))
    new = NewInvitation("x@example.com", ProjectRole.VIEWER, project.id)
    world.run(invite(world.db, ada, world.vault.ring, project.organization_id, new))
    eve = world.people["eve"].id
    world.write(lambda tx: add_project_membership(tx, project, eve, ProjectRole.VIEWER))


def sweep(world: World) -> None:
    world.clock.advance(minutes=2)
    world.run(sweep_purged(world.db))


def rows(world: World, column: str, wanted: object) -> dict[str, int]:
    """Of every table that has the column: how many rows are left."""

    def count(tx: Transaction, table: Table) -> int:
        query = select(func.count()).select_from(table).where(table.c[column] == wanted)
        return int(tx.execute(query).scalar_one())

    tables = [t for t in metadata.sorted_tables if column in t.c and t.name not in KEPT]
    found = {table.name: world.read(lambda tx, table=table: count(tx, table)) for table in tables}
    return {name: left for name, left in found.items() if left}


def is_there(world: World, table: Table, row_id: object) -> bool:
    return world.read(
        lambda tx: tx.execute(select(table.c.id).where(table.c.id == row_id)).first() is not None
    )


def test_a_purged_project_leaves_no_row_and_its_code_is_free(world: World) -> None:
    furnish(world, world.orchard)
    assert len(rows(world, "project_id", world.orchard.id)) >= 8
    ada = world.session("ada")
    world.run(purge_project(world.db, ada, world.orchard.id))
    world.run(sweep_purged(world.db))
    assert rows(world, "project_id", world.orchard.id)

    sweep(world)

    assert rows(world, "project_id", world.orchard.id) == {}
    assert not is_there(world, projects, world.orchard.id)
    assert [p.name for p in world.run(list_projects(world.db, world.session("ada")))] == ["Cellar"]
    again = world.run(create_project(world.db, world.session("ada"), NewProject("Orchard")))
    assert (again.code, again.slug) == (world.orchard.code, world.orchard.slug)


def test_what_was_not_purged_stays(world: World) -> None:
    furnish(world, world.cellar)
    before = rows(world, "project_id", world.cellar.id)
    world.run(purge_project(world.db, world.session("ada"), world.orchard.id))
    sweep(world)
    assert rows(world, "project_id", world.cellar.id) == before


def test_two_processes_sweep_together(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    furnish(world, world.orchard)
    furnish(world, world.cellar)
    for project in (world.orchard, world.cellar):
        world.run(purge_project(world.db, world.session("ada"), project.id))
    world.clock.advance(minutes=2)
    dbs = [world.db, open_db(world_url)]

    async def both() -> list[Any]:
        return await asyncio.gather(*(sweep_purged(db) for db in dbs))

    world.run(both())
    sweep(world)
    for project in (world.orchard, world.cellar):
        assert rows(world, "project_id", project.id) == {}


def test_a_deleted_organization_leaves_its_name_and_who_deleted_it(world: World) -> None:
    ada = world.session("ada")
    guild = world.run(create_organization(world.db, ada, NewOrganization("Guild")))
    made = world.run(
        create_project(world.db, world.session("ada"), NewProject("Hall", organization_id=guild.id))
    )
    furnish(world, made)
    farewell = Farewell(guild.slug, without_export=True)
    world.run(delete_organization(world.db, world.session("ada"), guild.id, farewell))

    sweep(world)

    assert rows(world, "organization_id", guild.id) == {"recent_submissions": 1}
    assert not is_there(world, organizations, guild.id)
    kinds = world.read(event_kinds)
    assert (kinds[EventKind.ORGANIZATION_DELETED], kinds[EventKind.ORGANIZATION_CREATED]) == (1, 0)
    again = world.run(create_organization(world.db, world.session("ada"), NewOrganization("Guild")))
    assert again.slug == guild.slug


def test_nothing_to_sweep_writes_nothing(world: World) -> None:
    report = world.submit().report
    sweep(world)
    assert world.run(get_report(world.db, world.session("ada"), report.id)).report.id == report.id


@pytest.mark.parametrize("target", ["projects", "organizations"])
def test_whatever_refers_to_them_goes_with_them_or_is_swept(target: str) -> None:
    """A table that refers to a project without ON DELETE CASCADE would keep it for ever."""
    found = {
        table.name
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == target and key.ondelete not in {"CASCADE", "SET NULL"}
    }
    assert found <= SWEPT_FIRST


def test_what_comes_for_a_project_that_was_purged_meanwhile_finds_none(world: World) -> None:
    """A body may be long on its way; whose it is was known before."""
    late = (world.key(), world.project_token())
    world.run(purge_project(world.db, world.session("ada"), world.orchard.id))
    for minutes in (0, 2):
        world.clock.advance(minutes=minutes)
        world.run(sweep_purged(world.db))
        for actor in late:
            with pytest.raises(LacewingError) as refused:
                world.submit(actor=actor)
            assert refused.value.kind is ErrorKind.NOT_FOUND
