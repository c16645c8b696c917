"""Members of an organization: every role against every verb; the last owner stays one (S-8)."""

import asyncio
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from sqlalchemy import update

from lacewing.access.permissions import CredentialKind, OrganizationRole, Permission, ProjectRole
from lacewing.credentials import Presented
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.projects import (
    Member,
    NewInvitation,
    add_membership,
    change_organization_member,
    invite,
    leave_organization,
    list_invitations,
    list_organization_members,
    remove_organization_member,
)
from lacewing.projects.tables import organizations
from lacewing.storage import Database
from tests.credentials.told import event_kinds
from tests.world import NAMES, ORGANIZATION_ROLES, World, add_project_membership

RUN_IT = {"ada", "bob"}
IN_IT = {*ORGANIZATION_ROLES, "fay", "gil", "hal", "ivy"}
OWNER, ADMIN, MEMBER, VIEWER = OrganizationRole


def members(world: World, name: str = "ada") -> list[Member]:
    return world.run(list_organization_members(world.db, world.session(name), world.organization_id))


def member(world: World, name: str) -> Member:
    return next(m for m in members(world) if m.person_id == world.people[name].id)


def change(world: World, who: str, role: OrganizationRole, by: str = "ada") -> Member:
    verb = change_organization_member
    return world.run(verb(world.db, world.session(by), world.organization_id, member(world, who).id, role))


def remove(world: World, who: str, by: str = "ada") -> None:
    member_id = member(world, who).id
    world.run(remove_organization_member(world.db, world.session(by), world.organization_id, member_id))


def leave(world: World, name: str) -> None:
    world.run(leave_organization(world.db, world.session(name), world.organization_id))


def refusal(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(LacewingError) as refused:
        call()
    return refused.value.kind, refused.value.code


def add_owner(world: World, name: str) -> None:
    world.write(lambda tx: add_membership(tx, world.organization_id, world.people[name].id, OWNER))


@pytest.mark.parametrize("name", NAMES)
def test_who_sees_and_manages_members(world: World, name: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: members(world, name),
        lambda: change(world, "dan", MEMBER, name),
        lambda: remove(world, "dan", name),
    ]
    for call in calls:
        if name in RUN_IT:
            call()
        else:
            expected = ErrorKind.FORBIDDEN if name in IN_IT else ErrorKind.NOT_FOUND
            assert refusal(call)[0] is expected


def test_the_list_holds_who_has_a_role_in_the_organization_itself(still_world: World) -> None:
    assert {(m.name, m.role) for m in members(still_world)} == {
        (name.title(), role.value) for name, role in ORGANIZATION_ROLES.items()
    }


@pytest.mark.parametrize(
    ("by", "who", "role"), list(product(("ada", "bob"), ("eve", "cleo"), OrganizationRole))
)
def test_nobody_grants_above_its_own_role_nor_touches_somebody_above_it(
    world: World, by: str, who: str, role: OrganizationRole
) -> None:
    """S-8: bob is an admin; eve becomes a second owner."""
    add_owner(world, "eve")
    if by == "bob" and (who == "eve" or role is OWNER):
        assert refusal(lambda: change(world, who, role, by)) == (ErrorKind.FORBIDDEN, "exceeds_own_role")
    else:
        assert change(world, who, role, by).role == role.value
    if by == "bob" and member(world, who).role == "owner":
        assert refusal(lambda: remove(world, who, by))[1] == "exceeds_own_role"


def test_the_last_owner_neither_leaves_nor_is_lowered_nor_removed(world: World) -> None:
    calls = (
        lambda: leave(world, "ada"),
        lambda: remove(world, "ada"),
        lambda: change(world, "ada", ADMIN),
    )
    for call in calls:
        assert refusal(call) == (ErrorKind.CONFLICT, "last_owner")
    add_owner(world, "eve")
    world.disable("eve")
    for call in calls:
        assert refusal(call) == (ErrorKind.CONFLICT, "last_owner")


def test_nobody_is_put_out_of_its_personal_organization(world: World) -> None:
    add_owner(world, "eve")
    for call in (
        lambda: leave(world, "ada"),
        lambda: remove(world, "ada", "eve"),
        lambda: change(world, "ada", ADMIN, "eve"),
    ):
        assert refusal(call) == (ErrorKind.CONFLICT, "personal_organization")
    leave(world, "eve")


@pytest.mark.parametrize("verb", ["leave", "lower"])
def test_of_two_owners_who_go_at_once_one_stays(
    world: World, world_url: str, open_db: Callable[[str], Database], verb: str
) -> None:
    add_owner(world, "eve")
    is_nobodys = update(organizations).values(personal_to=None)
    world.write(lambda tx: tx.execute(is_nobodys) and None)
    dbs, names = [world.db, open_db(world_url)], ("ada", "eve")
    actors = [world.session(name) for name in names]
    ids = [member(world, name).id for name in names]

    async def race() -> list[Any]:
        calls = [
            leave_organization(dbs[n], actors[n], world.organization_id)
            if verb == "leave"
            else change_organization_member(dbs[n], actors[n], world.organization_id, ids[n], VIEWER)
            for n in (0, 1)
        ]
        return await asyncio.gather(*calls, return_exceptions=True)

    refused = [answer.code for answer in world.run(race()) if isinstance(answer, LacewingError)]
    assert refused == ["last_owner"]


@pytest.mark.parametrize("kind", [CredentialKind.SESSION, CredentialKind.PERSONAL_TOKEN])
def test_who_was_removed_has_nothing_left_with_any_credential(world: World, kind: CredentialKind) -> None:
    """Its roles in projects go too, and what it has asked of others."""
    cleo = world.people["cleo"].id
    world.write(lambda tx: add_project_membership(tx, world.cellar, cleo, ProjectRole.ADMIN))
    new = NewInvitation("x@example.com", ProjectRole.VIEWER, world.cellar.id)
    ring = world.vault.ring
    world.run(invite(world.db, world.session("cleo"), ring, world.organization_id, new))
    presented = (
        Presented(session=world.sign_in("cleo").access)
        if kind is CredentialKind.SESSION
        else Presented(bearer=world.mint("cleo", kind).secret)
    )
    remove(world, "cleo", "bob")
    assert not world.authenticate(presented, "cleo").is_in(world.organization_id)
    assert world.run(list_invitations(world.db, world.session("ada"), world.organization_id)) == []
    assert world.read(event_kinds)[EventKind.MEMBER_REMOVED] == 1


@pytest.mark.parametrize("name", ["bob", "cleo", "dan"])
def test_everybody_but_the_last_owner_may_leave(world: World, name: str) -> None:
    leave(world, name)
    assert not world.session(name).is_in(world.organization_id)


def test_a_lower_role_holds_at_once(world: World) -> None:
    token = Presented(bearer=world.mint("bob").secret)
    change(world, "bob", VIEWER)
    assert not world.authenticate(token, "bob").can(Permission.REPORTS_WRITE, world.orchard.place)


def test_a_member_of_another_organization_does_not_exist_here(still_world: World) -> None:
    """D7; eve is nobody here."""
    world, ada = still_world, still_world.session("ada")
    eves = world.people["eve"].organization_id
    theirs = world.run(list_organization_members(world.db, world.session("eve"), eves))[0]
    for member_id in (theirs.id, new_id()):
        removal = remove_organization_member(world.db, ada, world.organization_id, member_id)
        assert refusal(lambda removal=removal: world.run(removal))[0] is ErrorKind.NOT_FOUND
    assert refusal(lambda: leave(world, "eve"))[0] is ErrorKind.NOT_FOUND
