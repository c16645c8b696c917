"""A person changes its name, and which mails it gets."""

from typing import Any

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.accounts import LONGEST_NAME, Notice, Profile, change_profile
from lacewing.kit.errors import ErrorKind, LacewingError
from tests.world import World


def change(world: World, **values: Any) -> Profile:
    return world.run(change_profile(world.db, world.session("cleo"), values))


def test_what_is_left_out_stays(world: World) -> None:
    assert change(world, name="Cléo \u202eR").name == "Cléo \u202eR"
    assert change(world, notices={Notice.EMAIL_ON_HIGH: False}).name == "Cléo \u202eR"

    changed = change(world, notices={Notice.EMAIL_ON_CRITICAL: True})
    assert changed.notices == {Notice.EMAIL_ON_HIGH: False, Notice.EMAIL_ON_CRITICAL: True}
    assert change(world) == changed


@pytest.mark.parametrize("name", ["", " ", "a\0b", "x" * (LONGEST_NAME + 1)])
def test_a_name_is_one_line_that_says_something(still_world: World, name: str) -> None:
    with pytest.raises(LacewingError) as refused:
        change(still_world, name=name)
    assert refused.value.fields[0].field == "name"


def test_only_a_fresh_session_may(world: World) -> None:
    session = world.session("cleo")
    world.clock.advance(minutes=16)
    for actor, code in (
        (session, "reauth_required"),
        (world.token("cleo", CredentialKind.PERSONAL_TOKEN), "credential_not_allowed"),
    ):
        with pytest.raises(LacewingError) as refused:
            world.run(change_profile(world.db, actor, {"name": "Other"}))
        assert (refused.value.kind, refused.value.code) == (ErrorKind.FORBIDDEN, code)
