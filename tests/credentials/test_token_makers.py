"""Who may make tokens where an organization says so: personal ones, a project's, and those for programs."""

from collections.abc import Callable

import pytest

from lacewing.credentials import (
    NewDeviceLogin,
    NewToken,
    PollRefusal,
    Presented,
    Rotation,
    approve_device,
    ask_for_device_code,
    create_project_token,
    create_token,
    poll_device_login,
    rotate_token,
)
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError
from lacewing.projects import TokenMakers, change_policies, read_policies
from tests.credentials.told import event_kinds
from tests.world import World, visit

MAY = {
    TokenMakers.EVERYBODY: {"ada", "bob", "cleo", "dan", "fay", "gil", "hal", "eve"},
    TokenMakers.ADMINS: {"ada", "bob", "eve"},
    TokenMakers.OWNERS: {"ada", "eve"},
}
RUN_ORCHARD = {"ada", "bob", "fay"}


def let(world: World, makers: TokenMakers) -> None:
    change = change_policies(world.db, world.session("ada"), world.organization_id, {"token_makers": makers})
    assert world.run(change).token_makers is makers


def code_of(call: Callable[[], object]) -> str | None:
    try:
        call()
    except LacewingError as error:
        return f"{error.kind} {error.code}"
    return None


@pytest.mark.parametrize("makers", TokenMakers)
def test_who_makes_which_tokens(world: World, makers: TokenMakers) -> None:
    let(world, makers)
    new = NewToken("new")
    for name in ("ada", "bob", "cleo", "dan", "fay", "gil", "hal", "eve"):
        actor = world.session(name)
        expected = None if name in MAY[makers] else "forbidden token_makers"
        assert (
            code_of(lambda actor=actor: world.run(create_token(world.db, actor, world.vault, new)))
            == expected
        )
        if name in RUN_ORCHARD:
            verb = create_project_token(world.db, actor, world.vault, world.orchard.id, new)
            assert code_of(lambda verb=verb: world.run(verb)) == expected


def test_a_token_that_exists_goes_on_and_is_rotated(world: World) -> None:
    minted = world.mint("cleo")
    let(world, TokenMakers.OWNERS)
    rotation = rotate_token(world.db, world.session("cleo"), world.vault, minted.token.id, Rotation())
    assert world.authenticate(Presented(bearer=world.run(rotation).secret), "cleo").is_in(
        world.organization_id
    )


def test_who_may_make_none_approves_no_device(world: World) -> None:
    let(world, TokenMakers.ADMINS)
    approval = approve_device(world.db, world.session("cleo"), world.vault, "BCDF-GHJK")
    assert code_of(lambda: world.run(approval)) == "forbidden token_makers"


def test_what_was_approved_before_yields_no_token(world: World) -> None:
    codes = world.run(ask_for_device_code(world.db, visit(), world.vault, NewDeviceLogin("A CLI", "")))
    world.run(approve_device(world.db, world.session("cleo"), world.vault, codes.user_code))
    let(world, TokenMakers.ADMINS)
    poll = poll_device_login(world.db, visit(), world.vault, codes.device_code)
    assert world.run(poll) is PollRefusal.ACCESS_DENIED


def test_everybody_may_until_it_is_said(still_world: World) -> None:
    policies = read_policies(still_world.db, still_world.session("dan"), still_world.organization_id)
    assert still_world.run(policies).token_makers is TokenMakers.EVERYBODY


def test_a_change_is_told(world: World) -> None:
    let(world, TokenMakers.OWNERS)
    assert world.read(event_kinds)[EventKind.POLICY_CHANGED] == 1
