"""When a token was last used, when it ends for want of use, and who is warned of its end."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from lacewing.access.permissions import CredentialKind, Scope
from lacewing.credentials import (
    MintedToken,
    Presented,
    Rotation,
    Token,
    authenticate,
    list_tokens,
    read_own_token,
    revoke_token,
    warn_of_expiry,
)
from lacewing.credentials.last_use import LastUses
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import MailKind
from lacewing.projects import list_projects
from lacewing.storage import Database
from tests.counting import CountingDatabase
from tests.credentials.rotating import TOKEN_KINDS, column, mails, mint, opens, refusal, rotate, rotate_itself
from tests.world import ANY_CREDENTIAL, START, FakeClock, World, visit

every_kind = pytest.mark.parametrize("kind", TOKEN_KINDS)
DAYS = ("30", "7", "1")


def use(world: World, minted: MintedToken, agent: str = "curl/8.5.0", ip: str = "192.0.2.7") -> None:
    seen = visit(ip=ip, user_agent=agent)
    world.run(authenticate(world.db, world.vault, seen, Presented(bearer=minted.secret), ANY_CREDENTIAL))


def store(world: World, uses: LastUses | None = None) -> None:
    world.run((uses or world.vault.last_uses).store(world.db))


def shown(world: World, minted: MintedToken) -> Token:
    listed = world.run(list_tokens(world.db, world.session("ada"), world.vault))
    return next(token for token in listed if token.id == minted.token.id)


def test_a_list_shows_when_from_where_and_with_what_a_token_was_used(world: World, clock: FakeClock) -> None:
    """U-1."""
    minted, other = world.mint(), world.mint()
    clock.advance(hours=1)
    use(world, minted)
    store(world)
    found = shown(world, minted)

    assert (found.last_used_at, found.last_used_ip, found.last_used_client) == (
        clock.now,
        "192.0.2.7",
        "curl",
    )
    assert shown(world, other).last_used_at is None


@every_kind
def test_asking_with_a_token_writes_nothing(world: World, kind: CredentialKind) -> None:
    """U-1, C-5: outside the request."""
    minted = mint(world, kind, scopes=frozenset(Scope))
    counting = CountingDatabase(world.db)

    async def ask() -> None:
        presented = Presented(bearer=minted.secret)
        actor = await authenticate(counting, world.vault, visit(), presented, ANY_CREDENTIAL)
        await read_own_token(counting, actor)
        await list_projects(counting, actor)

    for _ in range(3):
        world.run(ask())

    assert len(counting.statements) == 9
    assert all(sql.lstrip().startswith("SELECT") for sql, _ in counting.statements)


def test_only_the_first_use_of_a_successor_writes(world: World) -> None:
    """C-5."""
    counting = CountingDatabase(world.db)
    secret = rotate_itself(world, world.mint().secret).secret

    def writes() -> int:
        counting.statements.clear()
        presented = Presented(bearer=secret)
        world.run(authenticate(counting, world.vault, visit(), presented, ANY_CREDENTIAL))
        return len([sql for sql, _ in counting.statements if not sql.lstrip().startswith("SELECT")])

    assert [writes() > 0, writes(), writes()] == [True, 0, 0]


def test_of_a_tokens_uses_within_a_minute_the_first_is_stored(world: World, clock: FakeClock) -> None:
    """U-1."""
    minted = world.mint()
    seen = []
    for _ in range(4):
        use(world, minted)
        store(world)
        seen.append(shown(world, minted).last_used_at)
        clock.advance(seconds=30)

    assert seen == [START, START, START + timedelta(minutes=1), START + timedelta(minutes=1)]


def test_nothing_to_store_asks_nothing(world: World) -> None:
    counting = CountingDatabase(world.db)
    world.run(LastUses().store(counting))
    assert counting.statements == []


def test_several_processes_never_move_time_backwards(
    world: World, world_url: str, open_db: Callable[[str], Database], clock: FakeClock
) -> None:
    """U-1: whoever stores last."""
    beside = world.beside(open_db(world_url))
    minted, mine, theirs = world.mint(), LastUses(), LastUses()
    actor = world.authenticate(Presented(bearer=minted.secret))
    mine.note(actor, clock.now)
    clock.advance(minutes=5)
    theirs.note(actor, clock.now)

    store(beside, theirs)
    store(world, mine)

    assert shown(world, minted).last_used_at == clock.now


def test_what_could_not_be_stored_is_stored_the_next_time(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """U-1, M-5: and fails no request."""
    minted, closed = world.mint(), open_db(world_url)
    closed.close()
    use(world, minted)
    with pytest.raises(LacewingError):
        world.run(world.vault.last_uses.store(closed))

    store(world)
    assert shown(world, minted).last_used_at == START


def test_a_refused_token_was_not_used(world: World, clock: FakeClock) -> None:
    minted = world.mint(expires_in_days=1)
    clock.advance(days=1)
    with pytest.raises(LacewingError):
        use(world, minted)
    store(world)

    assert column(world, minted.token.id, "last_used_at") is None


@every_kind
def test_a_token_that_nobody_uses_ends_after_a_year(
    world: World, clock: FakeClock, kind: CredentialKind
) -> None:
    """C-10: and is listed, rotated and let in no more."""
    used, unused = mint(world, kind), mint(world, kind)
    clock.advance(days=200)
    use(world, used)
    store(world)
    clock.advance(days=165)
    actor = world.session("ada")

    assert not opens(world, unused.secret)
    assert refusal(lambda: rotate(world, actor, unused)).kind is ErrorKind.NOT_FOUND
    assert refusal(lambda: rotate_itself(world, unused.secret)).kind is ErrorKind.UNAUTHENTICATED
    listed = {token.id for token in world.run(list_tokens(world.db, actor, world.vault))}
    assert unused.token.id not in listed
    assert opens(world, used.secret)
    clock.advance(days=200)
    assert not opens(world, used.secret)


def warnings(world: World) -> list[str]:
    world.run(warn_of_expiry(world.db, world.vault))
    return [mail["values"]["days"] for mail in mails(world, MailKind.TOKEN_EXPIRING)]


@every_kind
def test_the_owner_is_warned_30_7_and_1_day_before_once_each(
    world: World, clock: FakeClock, kind: CredentialKind
) -> None:
    """C-10."""
    minted = mint(world, kind, expires_in_days=90)
    told = {}
    for left in (89, 31, 30, 29, 8, 7, 6, 2, 1, 0.5, 0, -1):
        clock.now = START + timedelta(days=90 - left)
        warnings(world)
        told[left] = len(warnings(world))

    assert told == {89: 0, 31: 0, 30: 1, 29: 1, 8: 1, 7: 2, 6: 2, 2: 2, 1: 3, 0.5: 3, 0: 3, -1: 3}
    sent = mails(world, MailKind.TOKEN_EXPIRING)
    assert tuple(mail["values"]["days"] for mail in sent) == DAYS
    assert sent[0]["to"] == "ada@example.com"
    assert sent[0]["values"] == {
        "name": "Ada",
        "token_name": minted.token.name,
        "prefix": minted.token.prefix,
        "expires_at": (START + timedelta(days=90)).isoformat(),
        "days": "30",
    }


@pytest.mark.parametrize(
    ("days", "expected"), [(1, []), (2, ["1"]), (7, ["1"]), (8, ["7", "1"]), (30, ["7", "1"]), (31, [*DAYS])]
)
def test_a_short_life_is_not_warned_of_at_its_beginning(
    world: World, clock: FakeClock, days: int, expected: list[str]
) -> None:
    world.mint(expires_in_days=days)
    for _ in range(2 * days):
        warnings(world)
        clock.advance(hours=12)

    assert warnings(world) == expected


def test_a_server_that_slept_warns_of_the_nearest_end_only(world: World, clock: FakeClock) -> None:
    world.mint(expires_in_days=90)
    clock.advance(days=85)
    assert warnings(world) == ["5"]


@pytest.mark.parametrize("end", ["revoked", "rotated", "disabled"])
def test_nobody_is_warned_of_what_is_over(world: World, clock: FakeClock, end: str) -> None:
    minted = world.mint(expires_in_days=31)
    if end == "revoked":
        world.run(revoke_token(world.db, world.session("ada"), minted.token.id))
    elif end == "rotated":
        rotate_itself(world, minted.secret, Rotation(expires_in_days=1, grace_seconds=86_400))
    else:
        world.disable("ada")
    clock.advance(hours=23)
    assert warnings(world) == []


def test_two_processes_send_one_mail(
    world: World, world_url: str, open_db: Callable[[str], Database], clock: FakeClock
) -> None:
    """C-10, M-2."""
    for _ in range(3):
        world.mint(expires_in_days=90)
    clock.advance(days=60)
    second = open_db(world_url)

    async def both() -> None:
        await asyncio.gather(*(warn_of_expiry(db, world.vault) for db in (world.db, second)))

    world.run(both())
    assert len(mails(world, MailKind.TOKEN_EXPIRING)) == 3


@every_kind
def test_the_maker_of_a_token_is_told(world: World, kind: CredentialKind) -> None:
    """U-4."""
    minted = mint(world, kind)
    (mail,) = mails(world, MailKind.TOKEN_CREATED)

    assert mail["to"] == "ada@example.com"
    told = {"name": "Ada", "token_name": minted.token.name, "prefix": minted.token.prefix}
    assert mail["values"] == {**told, "ip": visit().ip, "agent": visit().user_agent}
    assert minted.secret not in str(mail)
