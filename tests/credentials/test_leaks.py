"""Who holds a secret may end it: leaked tokens are revoked at once, and their owners told (X-1)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.credentials import BEARER_KINDS, Presented, report_leak, revoke_leaked
from lacewing.credentials.schemes import PREFIXES
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.keyring import parse
from lacewing.kit.tokens import mint
from lacewing.outbox import Mail, MailKind
from lacewing.storage import Database
from tests.credentials.told import event_kinds, mails
from tests.world import NEW_KEY, OLD_KEY, World, visit


def report(world: World, *secrets: str) -> None:
    world.run(report_leak(world.db, visit("eve"), world.vault, secrets))


def is_live(world: World, secret: str) -> bool:
    try:
        world.authenticate(Presented(bearer=secret))
    except LacewingError:
        return False
    return True


def told(world: World) -> list[Mail]:
    return world.read(lambda tx: mails(tx, world.vault.ring, MailKind.LEAK_FOUND))


@pytest.mark.parametrize("kind", sorted(BEARER_KINDS))
def test_a_leaked_token_is_dead_and_its_owner_is_told(world: World, kind: CredentialKind) -> None:
    """X-1, U-4; the mail names the token by what may be shown of it."""
    is_project = kind is CredentialKind.PROJECT_TOKEN
    minted = world.mint_for_project() if is_project else world.mint("ada", kind)
    other = world.mint("ada")

    report(world, minted.secret)

    assert not is_live(world, minted.secret)
    assert is_live(world, other.secret)
    assert world.read(event_kinds)[EventKind.TOKEN_LEAKED] == 1
    (mail,) = told(world)
    assert mail.to == "ada@example.com"
    assert mail.values["prefix"] == minted.token.prefix
    assert minted.secret not in mail.values.values()


def test_what_is_no_live_token_changes_nothing(world: World) -> None:
    """X-1: unknown, revoked, expired, malformed, and the publishable key, which is no secret."""
    expired = world.mint(expires_in_days=1)
    revoked = world.mint()
    report(world, revoked.secret)
    world.clock.advance(days=1)
    key = world.orchard.api_key or ""

    report(
        world, expired.secret, revoked.secret, mint(PREFIXES[CredentialKind.PERSONAL_TOKEN]), key, "\0", ""
    )

    assert world.authenticate(Presented(api_key=key)).is_public
    assert len(told(world)) == 1


def test_a_disabled_owner_gets_no_mail_but_the_token_is_revoked(world: World) -> None:
    minted = world.mint("bob")
    world.disable("bob")

    report(world, minted.secret)

    assert told(world) == []
    assert world.read(event_kinds)[EventKind.TOKEN_LEAKED] == 1


def test_a_token_kept_under_an_older_key_is_found(world: World) -> None:
    """F-4: the pepper has been rotated since."""
    minted = world.mint()
    ring = parse(f"{NEW_KEY},{OLD_KEY}")
    vault = replace(world.vault, ring=ring)

    assert world.write(lambda tx: revoke_leaked(tx, visit("eve"), vault, [minted.secret], "here")) == 1
    assert not is_live(world, minted.secret)


def test_of_many_reports_at_once_one_revokes_and_tells(
    world: World, open_db: Callable[[str], Database], populated: tuple[str, object]
) -> None:
    """M-2: two Databases are as two processes."""
    minted = world.mint()
    dbs = (world.db, open_db(populated[0]))

    async def race() -> None:
        calls = (report_leak(dbs[n % 2], visit("eve"), world.vault, [minted.secret]) for n in range(10))
        await asyncio.gather(*calls)

    world.run(race())

    assert world.read(event_kinds)[EventKind.TOKEN_LEAKED] == 1
    assert len(told(world)) == 1


def test_sixty_calls_an_hour_and_no_more(world: World) -> None:
    """The budget `leak_ip`; it is charged whether or not anything was found."""
    for _ in range(60):
        report(world, "nothing")

    with pytest.raises(LacewingError) as refused:
        report(world, world.mint().secret)

    assert refused.value.kind is ErrorKind.RATE_LIMITED
