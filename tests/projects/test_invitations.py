"""An invitation is good for one address, once, for seven days; nobody grants above their own role (S-8)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from lacewing.access.actor import Actor
from lacewing.access.permissions import OrganizationRole, ProjectRole, Scope
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.keyring import parse
from lacewing.outbox import MailKind
from lacewing.projects import (
    Invitation,
    NewInvitation,
    accept_invitation,
    invite,
    list_invitations,
    read_invitation,
    revoke_invitation,
)
from lacewing.storage import Database
from tests.credentials.told import event_kinds, mails
from tests.world import NEW_KEY, OLD_KEY, World, visit

EVE = NewInvitation("Eve@Example.com", OrganizationRole.MEMBER)


def invite_by(world: World, name: str, new: NewInvitation = EVE) -> Invitation:
    actor = world.session(name)
    return world.run(invite(world.db, actor, world.vault.ring, world.organization_id, new))


def tokens(world: World) -> list[str]:
    posted = world.read(lambda tx: mails(tx, world.vault.ring, MailKind.INVITATION))
    return [mail.values["token"] for mail in posted]


def accept(world: World, token: str, name: str = "eve", actor: Actor | None = None) -> Invitation:
    return world.run(accept_invitation(world.db, actor or world.session(name), world.vault.ring, token))


def refused(world: World, token: str, name: str = "eve") -> str:
    with pytest.raises(LacewingError) as error:
        accept(world, token, name)
    return error.value.code


def roles(world: World, name: str) -> set[str]:
    return {str(g.role) for g in world.session(name).grants if g.organization_id == world.organization_id}


def test_who_accepts_gets_the_role_and_a_verified_address(world: World) -> None:
    invitation = invite_by(world, "ada")
    (token,) = tokens(world)
    shown = world.run(read_invitation(world.db, visit("eve"), world.vault.ring, token))
    assert (shown, shown.invited_by) == (invitation, "Ada")

    accept(world, token)

    assert roles(world, "eve") == {"member"}
    assert world.run(list_invitations(world.db, world.session("ada"), world.organization_id)) == []
    assert world.read(event_kinds)[EventKind.INVITATION_ACCEPTED] == 1


def test_an_invitation_to_a_project_gives_a_role_there_only(world: World) -> None:
    invite_by(world, "fay", NewInvitation("eve@example.com", ProjectRole.EDITOR, world.orchard.id))
    accept(world, tokens(world)[0])

    (grant,) = [g for g in world.session("eve").grants if g.organization_id == world.organization_id]
    assert (grant.project_id, grant.role) == (world.orchard.id, ProjectRole.EDITOR)


@pytest.mark.parametrize("name", ["cleo", "dan", "fay", "gil", "hal"])
def test_who_does_not_run_the_organization_can_not_invite_into_it(world: World, name: str) -> None:
    with pytest.raises(LacewingError) as error:
        invite_by(world, name)
    assert error.value.kind is ErrorKind.FORBIDDEN


@pytest.mark.parametrize("name", ["cleo", "dan", "gil", "hal"])
def test_who_does_not_run_the_project_can_not_invite_into_it(world: World, name: str) -> None:
    with pytest.raises(LacewingError) as error:
        invite_by(world, name, NewInvitation("x@example.com", ProjectRole.VIEWER, world.orchard.id))
    assert error.value.kind is ErrorKind.FORBIDDEN


def test_an_outsider_sees_no_organization(world: World) -> None:
    """D7."""
    with pytest.raises(LacewingError) as error:
        invite_by(world, "eve")
    assert error.value.kind is ErrorKind.NOT_FOUND


def test_a_project_of_another_organization_is_not_found(world: World) -> None:
    with pytest.raises(LacewingError) as error:
        invite_by(world, "ada", NewInvitation("x@example.com", ProjectRole.VIEWER, world.elsewhere.id))
    assert error.value.kind is ErrorKind.NOT_FOUND


def test_nobody_grants_above_their_own_role(world: World) -> None:
    """S-8: bob is an admin."""
    with pytest.raises(LacewingError) as error:
        invite_by(world, "bob", replace(EVE, role=OrganizationRole.OWNER))
    assert error.value.code == "exceeds_own_role"
    assert invite_by(world, "ada", replace(EVE, role=OrganizationRole.OWNER)).role == "owner"


def test_a_token_without_the_scope_neither_invites_nor_accepts(world: World) -> None:
    invite_by(world, "ada")
    narrow = world.token("ada", scopes=frozenset({Scope.MEMBERS_READ}))
    with pytest.raises(LacewingError) as error:
        world.run(invite(world.db, narrow, world.vault.ring, world.organization_id, EVE))
    assert error.value.scope == Scope.MEMBERS_WRITE
    with pytest.raises(LacewingError) as error:
        accept(world, tokens(world)[0], actor=world.token("eve", scopes=frozenset({Scope.STATS_READ})))
    assert error.value.code == "insufficient_scope"


def test_another_address_can_not_accept(world: World) -> None:
    """C-11: an invitation is matched by the address, and the link stays good for who was meant."""
    invite_by(world, "ada")
    (token,) = tokens(world)
    assert refused(world, token, "ivy") == "other_address"
    accept(world, token)


def test_a_used_revoked_expired_replaced_or_unknown_link_is_refused_alike(world: World) -> None:
    invite_by(world, "ada")
    accept(world, tokens(world)[0])
    other = NewInvitation("gil@example.com", OrganizationRole.VIEWER)
    taken_back = invite_by(world, "ada", other)
    world.run(revoke_invitation(world.db, world.session("bob"), world.organization_id, taken_back.id))
    invite_by(world, "ada", other)
    invite_by(world, "ada", other)
    used, revoked, replaced, live = tokens(world)
    world.clock.advance(days=7)
    codes = {refused(world, token, "eve") for token in (used, "nothing", "\0é")}
    codes |= {refused(world, token, "gil") for token in (revoked, replaced, live)}
    assert codes == {"invalid_link"}


def test_who_is_a_member_is_not_invited_again(world: World) -> None:
    with pytest.raises(LacewingError) as error:
        invite_by(world, "ada", NewInvitation("CLEO@example.com", OrganizationRole.ADMIN))
    assert error.value.code == "already_member"


def test_of_many_who_accept_at_once_one_does(
    world: World, open_db: Callable[[str], Database], populated: tuple[str, object]
) -> None:
    """M-2: two Databases are as two processes."""
    invite_by(world, "ada")
    (token,) = tokens(world)
    eve = world.session("eve")
    dbs = (world.db, open_db(populated[0]))

    async def race() -> list[object]:
        calls = (accept_invitation(dbs[n % 2], eve, world.vault.ring, token) for n in range(10))
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = world.run(race())
    assert sum(isinstance(answer, Invitation) for answer in answers) == 1
    assert {a.code for a in answers if isinstance(a, LacewingError)} == {"invalid_link"}
    assert roles(world, "eve") == {"member"}


def test_a_link_made_under_an_older_key_is_good(world: World) -> None:
    """F-4."""
    invite_by(world, "ada")
    ring = parse(f"{NEW_KEY},{OLD_KEY}")
    (token,) = tokens(world)
    assert world.run(read_invitation(world.db, visit("eve"), ring, token)).role == "member"


@pytest.mark.parametrize("email", ["", "nobody", "a@b\0.example", f"{'a' * 250}@example.com"])
def test_what_is_no_address_is_refused(world: World, email: str) -> None:
    with pytest.raises(LacewingError) as error:
        invite_by(world, "ada", NewInvitation(email, OrganizationRole.VIEWER))
    assert error.value.fields[0].field == "email"


@pytest.mark.parametrize(("role", "in_project"), [("editor", False), ("owner", True), ("", False)])
def test_a_role_of_the_other_kind_is_refused(world: World, role: str, in_project: bool) -> None:
    project_id = world.orchard.id if in_project else None
    with pytest.raises(LacewingError) as error:
        invite_by(world, "ada", NewInvitation("x@example.com", role, project_id))
    assert error.value.fields[0].field == "role"
