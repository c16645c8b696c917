"""What an organization demands, who may say so, and the longest life of a token under it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind, Scope
from lacewing.credentials import NewToken, Rotation, create_project_token, create_token
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.projects import Policies, PolicyChange, change_policies, read_policies
from tests.credentials.factors import add_app
from tests.credentials.rotating import mint, refusal, rotate, rotate_itself
from tests.world import START, FakeClock, World

PAT, PROJ = CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.PROJECT_TOKEN


def change(world: World, change: PolicyChange, actor: Actor | None = None, name: str = "ada") -> Policies:
    """Of `name`'s personal organization; ada's is the one in which the others have their roles."""
    organization_id = world.people[name].organization_id
    return world.run(change_policies(world.db, actor or world.session(name), organization_id, change))


def read(world: World, actor: Actor) -> Policies:
    return world.run(read_policies(world.db, actor, world.organization_id))


def beyond(call: Callable[[], object]) -> bool:
    try:
        call()
    except LacewingError as error:
        if [field.code for field in error.fields] != ["beyond_policy"]:
            raise
        return True
    return False


def test_an_organization_demands_nothing_until_it_says_so(world: World, clock: FakeClock) -> None:
    assert read(world, world.session("ada")) == Policies()
    assert change(world, {"max_token_days": 90}) == Policies(90, updated_at=START)
    clock.advance(hours=1)
    ada = add_app(world).session
    assert change(world, {"requires_mfa": True}, ada) == Policies(90, requires_mfa=True, updated_at=clock.now)
    assert change(world, {"max_token_days": None}, ada) == Policies(requires_mfa=True, updated_at=clock.now)
    assert read(world, ada) == Policies(requires_mfa=True, updated_at=clock.now)


def test_who_has_no_second_factor_can_not_demand_one_of_others(world: World) -> None:
    """Else the organization would be locked up at once."""
    with pytest.raises(LacewingError) as refused:
        change(world, {"requires_mfa": True})
    assert (refused.value.kind, refused.value.code) == (ErrorKind.CONFLICT, "mfa_missing")


def test_a_second_factor_that_is_demanded_is_demanded_of_all(world: World) -> None:
    """P-8: bob, who has none, sees nothing of the organization until the wish is taken back."""
    ada, bob = add_app(world).session, world.session("bob")
    change(world, {"requires_mfa": True}, ada)
    assert not world.session("bob").is_in(world.organization_id)
    change(world, {"requires_mfa": False}, ada)
    assert world.session("bob").grants == bob.grants


@pytest.mark.parametrize(
    ("name", "may_read", "may_change"),
    [
        ("ada", None, None),
        ("bob", None, None),
        ("cleo", None, ErrorKind.FORBIDDEN),
        ("dan", None, ErrorKind.FORBIDDEN),
        ("fay", ErrorKind.FORBIDDEN, ErrorKind.FORBIDDEN),
        ("eve", ErrorKind.NOT_FOUND, ErrorKind.NOT_FOUND),
    ],
)
def test_owners_and_administrators_change_what_members_read(
    world: World, name: str, may_read: ErrorKind | None, may_change: ErrorKind | None
) -> None:
    actor = world.session(name)
    organization_id = world.organization_id
    changing = change_policies(world.db, actor, organization_id, {"max_token_days": 1})
    for call, kind in (
        (read_policies(world.db, actor, organization_id), may_read),
        (changing, may_change),
    ):
        if kind is None:
            world.run(call)
        else:
            assert refusal(lambda call=call: world.run(call)).kind is kind


def test_a_token_needs_the_scope_and_a_projects_token_has_none(world: World) -> None:
    """S-4."""
    reader = world.token(scopes=frozenset({Scope.ORGANIZATIONS_READ}))
    assert read(world, reader) == Policies()
    assert refusal(lambda: change(world, {"max_token_days": 1}, reader)).code == "insufficient_scope"
    assert refusal(lambda: read(world, world.project_token())).kind is ErrorKind.FORBIDDEN
    assert change(world, {"max_token_days": 1}, world.token()).max_token_days == 1


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_maximum_that_makes_no_sense_is_refused(world: World, days: int) -> None:
    assert refusal(lambda: change(world, {"max_token_days": days})).kind is ErrorKind.INVALID


def test_a_change_is_told(world: World) -> None:
    """U-2."""
    change(world, {"max_token_days": 90})
    query = select(events.c.organization_id, events.c.person_id, events.c.data)
    told = world.read(lambda tx: tx.execute(query.where(events.c.kind == EventKind.POLICY_CHANGED)).all())
    assert told == [(world.organization_id, world.people["ada"].id, {"max_token_days": "90"})]


@pytest.mark.parametrize("name", ["ada", "dan", "fay"])
def test_a_personal_token_obeys_the_strictest_of_its_owners_organizations(world: World, name: str) -> None:
    """Any role counts: the token reaches there."""
    change(world, {"max_token_days": 30})
    change(world, {"max_token_days": 60}, name=name) if name != "ada" else None
    actor = world.session(name)

    def create(days: int | None) -> object:
        return world.run(create_token(world.db, actor, world.vault, NewToken("CI", PAT, days)))

    assert [beyond(lambda days=days: create(days)) for days in (30, 31, 60, None)] == [
        False,
        True,
        True,
        True,
    ]


def test_who_is_outside_is_not_bound(world: World) -> None:
    change(world, {"max_token_days": 30})
    actor = world.session("eve")
    assert world.run(create_token(world.db, actor, world.vault, NewToken("CI")))


def test_a_projects_token_obeys_its_organization(world: World) -> None:
    change(world, {"max_token_days": 30})

    def create(days: int | None) -> object:
        new = NewToken("CI", expires_in_days=days)
        return world.run(
            create_project_token(world.db, world.session("ada"), world.vault, world.orchard.id, new)
        )

    assert [beyond(lambda days=days: create(days)) for days in (30, 31, None)] == [False, True, True]


def test_the_instances_maximum_holds_too(world: World) -> None:
    change(world, {"max_token_days": 30})
    world.vault = replace(world.vault, max_token_days=10)
    assert not beyond(lambda: world.mint(expires_in_days=10))
    assert beyond(lambda: world.mint(expires_in_days=11))


@pytest.mark.parametrize("kind", [PAT, PROJ])
def test_a_rotation_obeys_too(world: World, kind: CredentialKind) -> None:
    """Tokens that exist keep their end, and no successor goes beyond."""
    endless, long = mint(world, kind), mint(world, kind, expires_in_days=60)
    change(world, {"max_token_days": 30})
    actor = world.session("ada")

    for call in (
        lambda: rotate_itself(world, endless.secret),
        lambda: rotate_itself(world, long.secret),
        lambda: rotate(world, actor, long),
        lambda: rotate(world, actor, endless, Rotation(expires_in_days=31)),
    ):
        assert beyond(call)
    rotated = rotate(world, actor, endless, Rotation(expires_in_days=30))
    assert rotated.token.expires_at == START + timedelta(days=30)
    assert rotate_itself(world, long.secret, Rotation(expires_in_days=30))
