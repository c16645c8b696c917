"""Ten recovery codes: 50 bits each, stored as keyed digests, burnt by their use (P-6)."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from lacewing.budgets import StoredBudgets
from lacewing.credentials import (
    SecondStep,
    SignedIn,
    finish_log_in,
    make_recovery_codes,
    read_factors,
)
from lacewing.credentials.mfa_tables import recovery_codes
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError
from lacewing.outbox import MailKind
from lacewing.storage import Database
from tests.credentials.factors import App, add_app, finish, half, mails, refused
from tests.credentials.told import event_kinds
from tests.world import World, visit


@pytest.fixture
def app(world: World) -> App:
    world.vault = replace(world.vault, budgets=StoredBudgets(None))
    return add_app(world)


def test_they_are_ten_and_easily_typed(app: App) -> None:
    codes = app.changed.recovery_codes

    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}", code) for code in codes)


def test_one_finishes_a_login_and_is_burnt(world: World, app: App) -> None:
    code = app.changed.recovery_codes[0]
    assert finish(world, half(world).token, recovery_code=code)

    refused(world, half(world).token, "invalid_code", recovery_code=code)
    assert world.run(read_factors(world.db, app.session)).recovery_codes_left == 9


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.upper(),
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code} \n",
        lambda code: code.replace("0", "O").replace("1", "l"),
    ],
    ids=["capitals", "no dash", "a space", "spaces around", "letters like digits"],
)
def test_how_it_is_typed_is_free(world: World, app: App, typed: Callable[[str], str]) -> None:
    assert finish(world, half(world).token, recovery_code=typed(app.changed.recovery_codes[3]))


def test_a_part_of_one_is_none(world: World, app: App) -> None:
    code = app.changed.recovery_codes[0]

    refused(world, half(world).token, "invalid_code", recovery_code=code[:-1])
    refused(world, half(world).token, "invalid_code", recovery_code=code + "0")
    refused(world, half(world).token, "invalid_code", code=code)


def test_new_ones_kill_the_old(world: World, app: App) -> None:
    changed = world.run(make_recovery_codes(world.db, app.session, world.vault))

    refused(world, half(world).token, "invalid_code", recovery_code=app.changed.recovery_codes[0])
    assert finish(world, half(world).token, recovery_code=changed.recovery_codes[0])


def test_without_a_factor_there_are_none_to_make(world: World) -> None:
    with pytest.raises(LacewingError) as caught:
        world.run(make_recovery_codes(world.db, world.session("ada"), world.vault))

    assert caught.value.code == "no_second_factor"


def test_only_digests_are_stored(world: World, app: App) -> None:
    rows = world.read(lambda tx: tx.execute(select(recovery_codes.c.digest)).scalars().all())
    bare = [code.replace("-", "").encode() for code in app.changed.recovery_codes]

    assert len(rows) == 10
    assert {len(row) for row in rows} == {32}
    assert not any(code in row for code in bare for row in rows)


def test_one_code_at_once_from_two_processes_opens_one_session(
    world: World, app: App, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """M-2."""
    other, shown = open_db(world_url), SecondStep(recovery_code=app.changed.recovery_codes[0])
    tokens = [half(world).token for _ in range(6)]

    async def scenario() -> list[object]:
        calls = (
            finish_log_in(db, visit(), world.vault, token, shown)
            for db, token in zip([world.db, other] * 3, tokens, strict=True)
        )
        return await asyncio.gather(*calls, return_exceptions=True)

    assert sum(isinstance(answer, SignedIn) for answer in world.run(scenario())) == 1


def test_its_use_is_told_by_event_and_mail(world: World, app: App) -> None:
    """U-4."""
    before, posted = world.read(event_kinds), len(world.read(mails))
    finish(world, half(world).token, recovery_code=app.changed.recovery_codes[0])

    assert (world.read(event_kinds) - before)[EventKind.RECOVERY_CODE_USED] == 1
    assert world.read(mails)[posted:] == [MailKind.MFA_CHANGED]
