"""Organizations: made by anybody, renamed by who runs them, handed over and deleted by their owners."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, OrganizationRole, Scope
from lacewing.credentials import Presented
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.projects import (
    Farewell,
    Member,
    NewOrganization,
    NewProject,
    Organization,
    add_membership,
    change_organization,
    change_policies,
    create_organization,
    create_project,
    delete_organization,
    get_organization,
    leave_organization,
    list_organization_members,
    list_organizations,
    list_projects,
    transfer_ownership,
)
from lacewing.storage import Database
from tests.credentials.factors import add_app
from tests.credentials.told import event_kinds
from tests.world import NAMES, START, World

GUILD = NewOrganization("Bug Guild")
ROLES = {"bob": OrganizationRole.ADMIN, "cleo": OrganizationRole.MEMBER, "dan": OrganizationRole.VIEWER}


@pytest.fixture
def guild(world: World) -> Organization:
    """Ada's, and no personal one; bob, cleo and dan have the roles that they always have."""
    made = world.run(create_organization(world.db, world.session("ada"), GUILD))
    for name, role in ROLES.items():
        world.write(lambda tx, name=name, role=role: add_membership(tx, made.id, world.people[name].id, role))
    return made


def refusal(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(LacewingError) as refused:
        call()
    return refused.value.kind, refused.value.code


def member(world: World, guild: Organization, name: str) -> Member:
    found = world.run(list_organization_members(world.db, world.session("ada"), guild.id))
    return next(m for m in found if m.person_id == world.people[name].id)


def delete(world: World, guild: Organization, actor: Actor, farewell: Farewell | None = None) -> None:
    farewell = farewell or Farewell(guild.slug, without_export=True)
    world.run(delete_organization(world.db, actor, guild.id, farewell))


def transfer(world: World, guild: Organization, actor: Actor, to: Member) -> Organization:
    return world.run(transfer_ownership(world.db, actor, guild.id, to.id))


def test_whoever_makes_an_organization_owns_it(world: World) -> None:
    made = world.run(create_organization(world.db, world.session("eve"), GUILD))
    again = world.run(create_organization(world.db, world.token("eve"), GUILD))

    assert (made.name, made.slug, made.created_at) == ("Bug Guild", "bug-guild", START)
    assert (made.role, made.is_personal, again.slug) == (OrganizationRole.OWNER, False, "bug-guild-2")
    listed = world.run(list_organizations(world.db, world.session("eve")))
    assert [(o.slug, o.is_personal) for o in listed] == [
        ("eve", True),
        ("bug-guild", False),
        ("bug-guild-2", False),
    ]
    assert world.run(get_organization(world.db, world.session("eve"), made.id)) == made
    assert world.read(event_kinds)[EventKind.ORGANIZATION_CREATED] == 2


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewOrganization(" "), "name"),
        (NewOrganization("x" * 256), "name"),
        (NewOrganization("a\0"), "name"),
        *((NewOrganization("A", slug), "slug") for slug in ("", "a", "A-B", "-a", "a--b", "a/b", "a" * 61)),
    ],
)
def test_what_an_organization_can_not_be_called_is_refused(
    still_world: World, new: NewOrganization, field: str
) -> None:
    with pytest.raises(LacewingError) as refused:
        still_world.run(create_organization(still_world.db, still_world.session("ada"), new))
    assert [error.field for error in refused.value.fields] == [field]


def test_a_slug_is_one_organizations(world: World, guild: Organization) -> None:
    new = NewOrganization("Other", guild.slug)
    ada = world.session("ada")
    assert refusal(lambda: world.run(create_organization(world.db, ada, new)))[1] == "slug_taken"
    rename = change_organization(world.db, ada, guild.id, {"slug": "eve", "name": "Other"})
    assert refusal(lambda: world.run(rename)) == (ErrorKind.CONFLICT, "slug_taken")
    assert world.run(get_organization(world.db, ada, guild.id)) == guild


@pytest.mark.parametrize("name", NAMES)
def test_who_sees_renames_hands_over_and_deletes(world: World, guild: Organization, name: str) -> None:
    actor = world.session(name)
    to = member(world, guild, "dan")
    allowed: dict[Callable[[], object], set[str]] = {
        lambda: world.run(get_organization(world.db, actor, guild.id)): {"ada", *ROLES},
        lambda: world.run(change_organization(world.db, actor, guild.id, {"name": "New"})): {"ada", "bob"},
        lambda: transfer(world, guild, actor, to): {"ada"},
        lambda: delete(world, guild, actor): set(),
    }
    if name == "ada":
        allowed.popitem()
    for call, names in allowed.items():
        if name in names:
            call()
        else:
            expected = ErrorKind.FORBIDDEN if name in {"ada", *ROLES} else ErrorKind.NOT_FOUND
            assert refusal(call)[0] is expected


def test_a_rename_changes_what_is_given(world: World, guild: Organization) -> None:
    change = change_organization(world.db, world.session("bob"), guild.id, {"slug": "guild"})
    changed = world.run(change)
    assert (changed.name, changed.slug, changed.role) == ("Bug Guild", "guild", OrganizationRole.ADMIN)
    same = change_organization(world.db, world.session("bob"), guild.id, {"slug": "guild"})
    assert world.run(same) == changed
    assert world.read(event_kinds)[EventKind.ORGANIZATION_CHANGED] == 1


def test_handed_over_the_old_owner_is_an_admin(world: World, guild: Organization) -> None:
    told = transfer(world, guild, world.session("ada"), member(world, guild, "dan"))
    assert told.role is OrganizationRole.ADMIN
    roles = {n: member(world, guild, n).role for n in ("ada", "bob", "dan")}
    assert roles == {"ada": "admin", "bob": "admin", "dan": "owner"}
    assert world.read(event_kinds)[EventKind.ORGANIZATION_TRANSFERRED] == 1


def test_handing_over_and_deleting_take_a_fresh_session(world: World, guild: Organization) -> None:
    """S-7."""
    to, ada, token = member(world, guild, "bob"), world.session("ada"), world.token("ada")
    world.clock.advance(minutes=16)
    for call in (
        lambda actor: transfer(world, guild, actor, to),
        lambda actor: delete(world, guild, actor),
    ):
        assert refusal(lambda call=call: call(ada)) == (ErrorKind.FORBIDDEN, "reauth_required")
        assert refusal(lambda call=call: call(token)) == (ErrorKind.FORBIDDEN, "credential_not_allowed")


def test_of_two_transfers_at_once_one_holds(
    world: World, guild: Organization, world_url: str, open_db: Callable[[str], Database]
) -> None:
    dbs, ada = [world.db, open_db(world_url)], world.session("ada")
    to = [member(world, guild, name) for name in ("bob", "cleo")]

    async def race() -> list[Any]:
        calls = [transfer_ownership(dbs[n], ada, guild.id, to[n].id) for n in (0, 1)]
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(race())
    assert sum(isinstance(answer, Organization) for answer in answers) == 1
    roles = [m.role for m in world.run(list_organization_members(world.db, world.session("ada"), guild.id))]
    assert roles.count("owner") == 1


def test_a_personal_organization_stays_its_persons(still_world: World) -> None:
    world, ada = still_world, still_world.session("ada")
    personal = world.run(get_organization(world.db, ada, world.organization_id))
    to = member(world, personal, "bob")
    assert refusal(lambda: transfer(world, personal, ada, to))[1] == "personal_organization"
    assert refusal(lambda: delete(world, personal, ada))[1] == "personal_organization"


def export(world: World, guild: Organization, *, of_project: bool = False) -> None:
    project = world.orchard.id if of_project else None
    made = events.by_actor(
        EventKind.EXPORT_MADE, world.session("ada"), organization_id=guild.id, project_id=project
    )
    world.write(lambda tx: events.append(tx, made))


def test_an_export_comes_first(world: World, guild: Organization) -> None:
    def plainly() -> None:
        delete(world, guild, world.session("ada"), Farewell())

    assert refusal(plainly) == (ErrorKind.CONFLICT, "export_first")
    export(world, guild, of_project=True)
    assert refusal(plainly)[1] == "export_first"
    export(world, guild)
    world.clock.advance(hours=24, seconds=1)
    assert refusal(plainly)[1] == "export_first"
    export(world, guild)
    world.clock.advance(hours=24)
    plainly()
    assert refusal(lambda: member(world, guild, "ada"))[0] is ErrorKind.NOT_FOUND


@pytest.mark.parametrize(
    "farewell", [Farewell("", without_export=True), Farewell("other", without_export=True), Farewell("other")]
)
def test_without_an_export_its_slug_is_typed(world: World, guild: Organization, farewell: Farewell) -> None:
    assert refusal(lambda: delete(world, guild, world.session("ada"), farewell))[0] is ErrorKind.INVALID


def test_deleted_it_is_gone_for_everybody_at_once(world: World, guild: Organization) -> None:
    ada = world.session("ada")
    project = world.run(create_project(world.db, ada, NewProject("Doomed", organization_id=guild.id)))
    token = world.mint_for_project(project).secret
    delete(world, guild, world.session("ada"))

    for name in ("ada", *ROLES):
        actor = world.session(name)
        assert not actor.is_in(guild.id)
        assert project.id not in {p.id for p in world.run(list_projects(world.db, actor))}
    for presented in (Presented(api_key=project.api_key), Presented(bearer=token)):
        call = lambda presented=presented: world.authenticate(presented)  # noqa: E731
        assert refusal(call)[0] is ErrorKind.UNAUTHENTICATED
    assert world.read(event_kinds)[EventKind.ORGANIZATION_DELETED] == 1


def test_a_token_needs_the_scope_and_a_projects_has_none(still_world: World) -> None:
    world = still_world
    narrow = world.token(scopes=frozenset({Scope.ORGANIZATIONS_READ}))
    assert world.run(get_organization(world.db, narrow, world.organization_id)).slug == "ada"
    change = {"name": "New"}
    for actor in (narrow, world.actor(CredentialKind.PROJECT_TOKEN), world.key()):
        for call in (
            create_organization(world.db, actor, GUILD),
            change_organization(world.db, actor, world.organization_id, change),  # type: ignore[arg-type]
        ):
            assert refusal(lambda call=call: world.run(call))[0] is ErrorKind.FORBIDDEN


def test_nobody_is_made_owner_who_is_kept_out(world: World) -> None:
    """Else an organization that demands a second factor would be locked up."""
    made = world.run(create_organization(world.db, world.session("ada"), GUILD))
    bob = world.people["bob"].id
    world.write(lambda tx: add_membership(tx, made.id, bob, OrganizationRole.OWNER))
    ada = add_app(world).session
    world.run(change_policies(world.db, ada, made.id, {"requires_mfa": True}))
    to = next(m for m in world.run(list_organization_members(world.db, ada, made.id)) if m.person_id == bob)
    assert refusal(lambda: transfer(world, made, ada, to)) == (ErrorKind.CONFLICT, "mfa_missing")
    leaving = leave_organization(world.db, ada, made.id)
    assert refusal(lambda: world.run(leaving)) == (ErrorKind.CONFLICT, "last_owner")
