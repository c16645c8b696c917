"""Members of a project: who manages them, by the same id before and after they accept (B4.6, S-8)."""

from collections.abc import Callable

import pytest

from lacewing.access.permissions import CredentialKind, Permission, ProjectRole, Scope
from lacewing.credentials import Presented
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.outbox import MailKind
from lacewing.projects import (
    Member,
    accept_invitation,
    change_member,
    change_project,
    invite_member,
    list_members,
    remove_member,
)
from tests.credentials.told import event_kinds, mails
from tests.world import NAMES, START, World

RUN_IT = {"ada", "bob", "fay"}
SEE_IT = RUN_IT | {"cleo", "dan", "gil", "hal"}
VIEWER, EDITOR, ADMIN = ProjectRole.VIEWER, ProjectRole.EDITOR, ProjectRole.ADMIN


def members(world: World, name: str = "ada") -> list[Member]:
    return world.run(list_members(world.db, world.session(name), world.orchard.id))


def member(world: World, name: str) -> Member:
    (found,) = [found for found in members(world) if found.email == f"{name}@example.com"]
    return found


def invite(world: World, email: str, role: ProjectRole = VIEWER, name: str = "ada") -> Member:
    ring = world.vault.ring
    return world.run(invite_member(world.db, world.session(name), ring, world.orchard.id, email, role))


def accept(world: World, name: str) -> None:
    token = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.INVITATION))[-1].values["token"]
    world.run(accept_invitation(world.db, world.session(name), world.vault.ring, token))


def change(world: World, found: Member, role: ProjectRole, name: str = "ada") -> Member:
    return world.run(change_member(world.db, world.session(name), world.orchard.id, found.id, role))


def remove(world: World, found: Member, name: str = "ada") -> None:
    world.run(remove_member(world.db, world.session(name), world.orchard.id, found.id))


def refusal(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(LacewingError) as refused:
        call()
    return refused.value.kind, refused.value.code


def test_the_list_holds_the_projects_own_members(still_world: World) -> None:
    """B4.6: the owner is not in it, nor is who has the organization's role only."""
    listed = members(still_world, "hal")
    assert [(found.name, found.role) for found in listed] == [
        ("Fay", "admin"),
        ("Gil", "editor"),
        ("Hal", "viewer"),
    ]
    assert {found.accepted_at for found in listed} == {START}
    assert {found.person_id for found in listed} == {still_world.people[n].id for n in ("fay", "gil", "hal")}


@pytest.mark.parametrize("name", NAMES)
def test_who_manages_members(world: World, name: str) -> None:
    gil, ivy = member(world, "gil"), invite(world, "ivy@example.com")
    calls: list[Callable[[], object]] = [
        lambda: invite(world, "new@example.com", name=name),
        lambda: change(world, gil, VIEWER, name),
        lambda: change(world, ivy, EDITOR, name),
        lambda: remove(world, ivy, name),
        lambda: remove(world, member(world, "hal" if name == "gil" else "gil"), name),
    ]
    for call in calls:
        if name in RUN_IT:
            call()
        else:
            expected = ErrorKind.FORBIDDEN if name in SEE_IT else ErrorKind.NOT_FOUND
            assert refusal(call)[0] is expected


def test_a_token_needs_the_scope_and_a_projects_credentials_reach_no_member(still_world: World) -> None:
    """S-4."""
    world = still_world
    gil = member(world, "gil")
    narrow = world.token(scopes=frozenset({Scope.MEMBERS_READ}))
    assert len(world.run(list_members(world.db, narrow, world.orchard.id))) == 3
    for actor in (narrow, world.project_token(scopes=frozenset(Scope)), world.key()):
        removal = remove_member(world.db, actor, world.orchard.id, gil.id)
        assert refusal(lambda removal=removal: world.run(removal))[0] is ErrorKind.FORBIDDEN
    listing = list_members(world.db, world.actor(CredentialKind.PROJECT_TOKEN), world.orchard.id)
    assert refusal(lambda: world.run(listing))[0] is ErrorKind.FORBIDDEN


def test_who_was_invited_is_changed_by_the_id_that_it_keeps_as_a_member(world: World) -> None:
    invited = invite(world, "Eve@Example.com")
    assert (invited.person_id, invited.name, invited.accepted_at) == (None, None, None)
    assert members(world)[-1] == invited
    world.clock.advance(hours=1)
    assert change(world, invited, EDITOR).role == "editor"
    accept(world, "eve")

    eve = member(world, "eve")
    assert (eve.id, eve.role, eve.person_id) == (invited.id, "editor", world.people["eve"].id)
    assert (eve.created_at, eve.accepted_at) == (START, world.clock.now)
    assert change(world, eve, ADMIN).role == "admin"
    assert world.session("eve").can(Permission.PROJECTS_WRITE, world.orchard.place)
    remove(world, eve)
    assert not world.session("eve").is_in(world.organization_id)


def test_an_invitation_that_was_taken_back_or_ran_out_is_nobodys(world: World) -> None:
    invited = invite(world, "eve@example.com")
    remove(world, invited)
    with pytest.raises(LacewingError) as refused:
        accept(world, "eve")
    assert refused.value.code == "invalid_link"
    old = invite(world, "new@example.com")
    world.clock.advance(days=8)
    assert {found.email for found in members(world)} == {f"{n}@example.com" for n in ("fay", "gil", "hal")}
    assert refusal(lambda: change(world, old, EDITOR))[0] is ErrorKind.NOT_FOUND


def test_what_a_member_has_asked_of_others_ends_when_it_is_removed(world: World) -> None:
    """Else it would come back by a friend's address."""
    invite(world, "eve@example.com", ADMIN, "fay")
    remove(world, member(world, "fay"))
    assert refusal(lambda: accept(world, "eve"))[1] == "invalid_link"


def test_who_is_a_member_already_is_not_invited(still_world: World) -> None:
    again = refusal(lambda: invite(still_world, "GIL@example.com"))
    assert again == (ErrorKind.CONFLICT, "already_member")


@pytest.mark.parametrize("kind", [CredentialKind.SESSION, CredentialKind.PERSONAL_ACCESS_TOKEN])
def test_nobody_is_kept_by_a_credential_after_a_removal_or_a_lower_role(
    world: World, kind: CredentialKind
) -> None:
    presented = (
        Presented(session=world.sign_in("fay").access)
        if kind is CredentialKind.SESSION
        else Presented(bearer=world.mint("fay").secret)
    )
    fay = member(world, "fay")
    change(world, fay, VIEWER)
    assert not world.authenticate(presented, "fay").can(Permission.REPORTS_WRITE, world.orchard.place)
    remove(world, fay)
    assert not world.authenticate(presented, "fay").is_in(world.organization_id)
    kinds = world.read(event_kinds)
    assert (kinds[EventKind.MEMBER_CHANGED], kinds[EventKind.MEMBER_REMOVED]) == (1, 1)


@pytest.mark.parametrize("name", ["fay", "gil", "hal"])
def test_everybody_may_leave(world: World, name: str) -> None:
    remove(world, member(world, name), name)
    assert not world.session(name).is_in(world.organization_id)


def test_a_member_of_another_project_does_not_exist_here(world: World) -> None:
    """D7."""
    ivy = world.run(list_members(world.db, world.session("ada"), world.cellar.id))[0]
    for found in (ivy.id, new_id()):
        for call in (
            change_member(world.db, world.session("ada"), world.orchard.id, found, ADMIN),
            remove_member(world.db, world.session("ada"), world.orchard.id, found),
        ):
            assert refusal(lambda call=call: world.run(call))[0] is ErrorKind.NOT_FOUND
    assert world.run(list_members(world.db, world.session("ada"), world.cellar.id)) == [ivy]


def test_a_deleted_projects_members_stay_as_they_are(world: World) -> None:
    gil = member(world, "gil")
    world.run(change_project(world.db, world.session("ada"), world.orchard.id, {"is_active": False}))
    assert len(members(world)) == 3
    for call in (
        lambda: change(world, gil, ADMIN),
        lambda: remove(world, gil),
        lambda: invite(world, "x@y.z"),
    ):
        assert refusal(call)[0] is ErrorKind.NOT_FOUND
