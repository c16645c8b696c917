"""The pepper is rotated without logging anyone out (F-4)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from lacewing.access.permissions import CredentialKind
from lacewing.credentials import (
    MissingKeysError,
    Presented,
    log_out,
    refresh_session,
    register_keys,
    revoke_token,
)
from lacewing.credentials.tables import mail_links, session_tokens, tokens
from lacewing.kit.errors import LacewingError
from lacewing.kit.keyring import parse
from tests.world import NEW_KEY, OLD_KEY, World, visit

ROTATED = parse(f"{NEW_KEY},{OLD_KEY}")
NEW_ONLY = parse(NEW_KEY)
BEARERS = (
    CredentialKind.PERSONAL_ACCESS_TOKEN,
    CredentialKind.PERSONAL_TOKEN,
    CredentialKind.PROJECT_TOKEN,
)


def rotate(world: World, text: str = f"{NEW_KEY},{OLD_KEY}") -> None:
    world.vault = replace(world.vault, ring=parse(text))


def present(world: World, kind: CredentialKind) -> Presented:
    if kind is CredentialKind.SESSION:
        return Presented(session=world.sign_in("ada").access)
    minted = world.mint_for_project() if kind is CredentialKind.PROJECT_TOKEN else world.mint("ada", kind)
    return Presented(bearer=minted.secret)


def kids(world: World, kind: CredentialKind) -> list[str]:
    if kind is CredentialKind.SESSION:
        query = select(session_tokens.c.kid).where(session_tokens.c.purpose == "access")
    else:
        query = select(tokens.c.kid).where(tokens.c.kind == kind)
    return world.read(lambda tx: sorted(tx.execute(query).scalars()))


@pytest.mark.parametrize("kind", [CredentialKind.SESSION, *BEARERS])
def test_a_credential_of_the_old_key_still_opens_and_is_rewritten_under_the_new_one(
    world: World, kind: CredentialKind
) -> None:
    presented = present(world, kind)
    old = kids(world, kind)
    rotate(world)

    first = world.authenticate(presented)
    rewritten = kids(world, kind)
    rotate(world, NEW_KEY)
    second = world.authenticate(presented)

    assert rewritten == sorted([*old[1:], "k2"])
    assert first.credential_id == second.credential_id


def test_what_was_not_used_under_both_keys_dies_with_the_old_one(world: World) -> None:
    presented = present(world, CredentialKind.PERSONAL_TOKEN)
    rotate(world, NEW_KEY)

    with pytest.raises(LacewingError):
        world.authenticate(presented)


def test_a_publishable_key_knows_nothing_of_the_ring(world: World) -> None:
    rotate(world, NEW_KEY)

    assert world.key()


def test_a_session_goes_on_over_a_rotation(world: World) -> None:
    secrets = world.sign_in("ada")
    rotate(world)
    successor = world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh)).secrets
    second_tab = world.run(refresh_session(world.db, visit(), world.vault, secrets.refresh)).secrets
    rotate(world, NEW_KEY)

    assert second_tab == successor
    assert world.authenticate(Presented(session=successor.access))


def test_a_replay_is_noticed_over_a_rotation(world: World) -> None:
    first = world.sign_in("ada")
    second = world.run(refresh_session(world.db, visit(), world.vault, first.refresh)).secrets
    rotate(world)
    third = world.run(refresh_session(world.db, visit(), world.vault, second.refresh)).secrets

    with pytest.raises(LacewingError):
        world.run(refresh_session(world.db, visit(), world.vault, first.refresh))
    with pytest.raises(LacewingError):
        world.authenticate(Presented(session=third.access))


def test_a_log_out_with_cookies_of_the_old_key_ends_the_session(world: World) -> None:
    secrets = world.sign_in("ada")
    rotate(world)
    world.run(log_out(world.db, visit(), world.vault, secrets.access, secrets.refresh))

    with pytest.raises(LacewingError):
        world.authenticate(Presented(session=secrets.access))


def test_a_token_that_was_rewritten_can_be_revoked(world: World) -> None:
    minted = world.mint("ada")
    rotate(world)
    world.authenticate(Presented(bearer=minted.secret))
    world.run(revoke_token(world.db, world.session("ada"), minted.token.id))

    with pytest.raises(LacewingError):
        world.authenticate(Presented(bearer=minted.secret))


def test_what_is_made_after_a_rotation_is_made_under_the_new_key(world: World) -> None:
    rotate(world)
    world.mint("ada")

    assert kids(world, CredentialKind.PERSONAL_ACCESS_TOKEN) == ["k2"]


def test_a_ring_that_lacks_a_key_that_was_used_stops_the_start(world: World) -> None:
    for ring in (world.vault.ring, world.vault.ring, ROTATED):
        world.run(register_keys(world.db, ring))

    with pytest.raises(MissingKeysError) as refused:
        world.run(register_keys(world.db, NEW_ONLY))

    assert "lacks k1" in str(refused.value)
    assert "LACEWING_SECRET_KEYS" in str(refused.value)
    world.run(register_keys(world.db, parse(f"{OLD_KEY},{NEW_KEY}")))


def test_a_key_under_which_nothing_is_kept_any_more_may_leave_the_ring(world: World) -> None:
    world.run(register_keys(world.db, world.vault.ring))
    world.run(register_keys(world.db, ROTATED))
    world.write(lambda tx: tx.execute(session_tokens.delete()).rowcount)
    with pytest.raises(MissingKeysError):
        world.run(register_keys(world.db, NEW_ONLY))  # the links that verify addresses are still out
    world.write(lambda tx: tx.execute(mail_links.delete()).rowcount)

    world.run(register_keys(world.db, NEW_ONLY))
