"""An organization that requires a second factor gives nothing to a member who has none."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import select

from lacewing.access.permissions import CredentialKind, OrganizationRole, ProjectRole
from lacewing.accounts import read_profile
from lacewing.accounts.tables import people
from lacewing.credentials import Presented, remove_passkey, remove_totp
from lacewing.projects import add_membership, inherit_needs_mfa, keep_needs_mfa, list_projects, set_needs_mfa
from lacewing.projects.tables import memberships
from lacewing.storage import Database
from tests.credentials.factors import add_app, add_key, continued
from tests.world import World, add_project_membership


def require(world: World, needs: bool = True) -> None:
    world.write(lambda tx: set_needs_mfa(tx, world.organization_id, needs))


def names(world: World, actor) -> set[str]:
    return {project.name for project in world.run(list_projects(world.db, actor))}


def is_in(world: World, name: str) -> bool:
    return world.session(name).is_in(world.organization_id)


@pytest.mark.parametrize("name", ["ada", "bob", "cleo", "dan", "fay", "hal"])
def test_who_has_no_second_factor_has_no_role_there(world: World, name: str) -> None:
    assert is_in(world, name)
    require(world)

    actor = world.session(name)
    assert not actor.is_in(world.organization_id)
    assert "Orchard" not in names(world, actor)


def test_neither_has_any_token_of_theirs(world: World) -> None:
    pat = world.mint("cleo")
    pk = world.mint("cleo", CredentialKind.PERSONAL_TOKEN)
    project_token = world.mint_for_project()
    require(world)

    for minted in (pat, pk):
        actor = world.authenticate(Presented(bearer=minted.secret), "cleo")
        assert not actor.is_in(world.organization_id)
    assert world.authenticate(Presented(bearer=project_token.secret)).is_in(world.organization_id)
    assert world.key().confined_to is not None


def test_their_own_organizations_stay_theirs(world: World) -> None:
    require(world)

    assert world.session("cleo").is_in(world.people["cleo"].organization_id)
    assert is_in(world, "eve") is False


def test_an_app_or_a_passkey_opens_it_again(world: World) -> None:
    require(world)

    assert add_app(world, "cleo").session.is_in(world.organization_id)
    _, _, bob = add_key(world, "bob")
    assert bob.is_in(world.organization_id)


def test_when_the_last_factor_goes_the_role_sleeps(world: World) -> None:
    """Removing it is allowed; with one of two left the role stays."""
    require(world)
    app = add_app(world, "cleo")
    _, added, session = add_key(world, "cleo", app.session)
    with_key = continued(world, world.run(remove_totp(world.db, session, world.vault)), "cleo")
    assert with_key.is_in(world.organization_id)

    passkey_id = added.passkey.id
    changed = world.run(remove_passkey(world.db, with_key, world.vault, passkey_id))
    assert not continued(world, changed, "cleo").is_in(world.organization_id)


def test_two_factors_removed_at_once_are_removed_one_after_the_other(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """By two processes: the second finds its session ended (C-9), and `has_mfa` says what is left."""
    app = add_app(world, "cleo")
    _, added, session = add_key(world, "cleo", app.session)
    other = open_db(world_url)

    async def scenario() -> list[object]:
        removals = (
            remove_totp(world.db, session, world.vault),
            remove_passkey(other, session, world.vault, added.passkey.id),
        )
        return await asyncio.gather(*removals, return_exceptions=True)

    removed = [answer for answer in world.run(scenario()) if not isinstance(answer, BaseException)]
    assert len(removed) == 1
    assert has_mfa(world, "cleo")


def has_mfa(world: World, name: str) -> bool:
    query = select(people.c.has_mfa).where(people.c.id == world.people[name].id)
    found: bool = world.read(lambda tx: tx.execute(query).scalar_one())
    return found


def test_without_the_wish_everything_is_as_before(world: World) -> None:
    require(world)
    require(world, needs=False)

    assert is_in(world, "cleo")
    assert "Orchard" in names(world, world.session("cleo"))


def test_it_holds_for_who_joins_later(world: World) -> None:
    require(world)
    eve = world.people["eve"]
    world.write(lambda tx: add_membership(tx, world.organization_id, eve.id, OrganizationRole.MEMBER))

    assert not is_in(world, "eve")
    assert profile(world, "eve").needs_mfa


def test_and_for_who_joins_a_project(world: World) -> None:
    require(world)
    eve = world.people["eve"]

    def join(tx) -> None:
        add_project_membership(tx, world.orchard, eve.id, ProjectRole.EDITOR)
        inherit_needs_mfa(tx, world.organization_id, eve.id)

    world.write(join)
    assert not is_in(world, "eve")


def test_other_organizations_are_not_concerned(world: World) -> None:
    world.write(lambda tx: set_needs_mfa(tx, world.people["eve"].organization_id, True))

    assert is_in(world, "ada")
    assert not profile(world, "ada").needs_mfa


def profile(world: World, name: str):
    return world.run(read_profile(world.db, world.session(name)))


def test_a_person_is_told_of_both(world: World) -> None:
    assert not profile(world, "cleo").needs_mfa
    require(world)
    assert profile(world, "cleo").needs_mfa
    assert not profile(world, "cleo").has_mfa

    assert world.run(read_profile(world.db, add_app(world, "cleo").session)).has_mfa


def test_who_left_is_told_so(world: World) -> None:
    require(world)
    cleo = world.people["cleo"].id

    def leave(tx) -> None:
        of_cleo = (memberships.c.person_id == cleo, memberships.c.organization_id == world.organization_id)
        tx.execute(memberships.delete().where(*of_cleo))
        keep_needs_mfa(tx, [cleo])

    world.write(leave)
    assert not profile(world, "cleo").needs_mfa
