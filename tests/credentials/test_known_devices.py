"""A browser that has logged in before has a budget of its own, and a new one is told of (P-1, U-4)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lacewing.budgets import DEFAULTS, Budget, BudgetName, StoredBudgets
from lacewing.credentials import (
    DEVICE_LIFETIME,
    LogIn,
    SignedIn,
    SignUp,
    forget_devices,
    forget_expired_devices,
    log_in,
    sign_up,
)
from lacewing.credentials.slow_down import MAX_WAITING, SECONDS, SlowDown
from lacewing.credentials.tables import known_devices
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.json import loads
from lacewing.kit.keyring import parse
from lacewing.outbox import MailKind
from lacewing.outbox.tables import outbox_mails
from lacewing.storage import Database
from tests.counting import CountingDatabase
from tests.credentials.told import event_kinds
from tests.world import NEW_KEY, OLD_KEY, PASSWORD, FakeClock, World, visit


def enter(
    world: World, device: str | None = None, name: str = "ada", at: str = "", **changed: Any
) -> SignedIn:
    value = LogIn(f"{name}@example.com", PASSWORD, device)
    return world.run(log_in(world.db, visit(at or name), replace(world.vault, **changed), value))


def failure(
    world: World, device: str | None = None, email: str = "ada@example.com", at: str = "ada"
) -> ErrorKind:
    """How a wrong password is answered."""
    with pytest.raises(LacewingError) as refused:
        world.run(log_in(world.db, visit(at), world.vault, LogIn(email, "not the password", device)))
    return refused.value.kind


def known(world: World, name: str = "ada") -> str:
    """A device that logged in as `name` just now."""
    device = enter(world, name=name).device
    assert device is not None
    return device


_MAILS = select(outbox_mails.c.kind, outbox_mails.c.sealed).order_by(outbox_mails.c.id)


def mails(world: World) -> list[tuple[str, dict[str, Any]]]:
    rows = world.read(lambda tx: tx.execute(_MAILS).all())
    sealed = [(kind, sealed) for kind, sealed in rows if kind is not MailKind.EMAIL_VERIFY]
    return [(kind, loads(world.vault.ring.unseal(content))) for kind, content in sealed]


def lock(world: World) -> None:
    """What an attacker does from many addresses; nobody can tell it from the owner's own failures."""
    for n in range(10):
        assert failure(world, at=f"attacker {n}") is ErrorKind.UNAUTHENTICATED
    assert failure(world, at="attacker") is ErrorKind.RATE_LIMITED


def test_a_first_log_in_gives_the_browser_a_device_and_the_next_keeps_it(world: World) -> None:
    device = known(world)

    assert len(device) == 43
    assert enter(world, device).device is None


def test_a_device_is_stored_as_its_digest_only(world: World) -> None:
    device = known(world)
    stored = world.read(lambda tx: tx.execute(select(known_devices.c.digest)).scalars().all())

    assert world.vault.ring.digest(device).value in stored
    assert device.encode() not in b"".join(stored)


def test_an_attacker_can_not_lock_the_owner_out(world: World) -> None:
    """P-1."""
    device = known(world)
    lock(world)

    assert enter(world, device)
    with pytest.raises(LacewingError):
        enter(world, at="elsewhere")


def test_an_unknown_device_is_locked_with_the_account(world: World) -> None:
    """One that was made up, and one that is known to somebody else."""
    lock(world)

    for device in ("x" * 43, "", known(world, "bob")):
        assert failure(world, device) is ErrorKind.RATE_LIMITED


def test_failures_with_a_known_device_count_on_it_alone(world: World) -> None:
    device = known(world)
    for n in range(10):
        assert failure(world, device, at=f"network {n}") is ErrorKind.UNAUTHENTICATED

    assert failure(world, device) is ErrorKind.RATE_LIMITED
    assert enter(world)


def test_a_right_password_is_refused_while_the_device_is_locked(world: World, clock: FakeClock) -> None:
    """P-1."""
    device = known(world)
    for _ in range(10):
        failure(world, device)

    with pytest.raises(LacewingError) as refused:
        enter(world, device)
    assert refused.value.kind is ErrorKind.RATE_LIMITED
    clock.advance(minutes=5)
    assert enter(world, device)


def test_the_address_counts_with_a_known_device_too(world: World) -> None:
    device = known(world)
    for n in range(30):
        failure(world, email=f"person-{n}@example.com")

    with pytest.raises(LacewingError) as refused:
        enter(world, device)
    assert refused.value.kind is ErrorKind.RATE_LIMITED


def test_who_logs_in_rightly_again_and_again_is_never_locked(world: World) -> None:
    device = known(world)

    assert all(enter(world, device) for _ in range(40))


def test_guesses_with_one_device_at_once_are_no_more_than_its_budget(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """Counted atomically, in two processes."""
    value = LogIn("ada@example.com", "wrong", known(world))
    other = open_db(world_url)

    async def scenario() -> list[Any]:
        calls = (log_in(on, visit(), world.vault, value) for on in [world.db, other] * 8)
        return await asyncio.gather(*calls, return_exceptions=True)

    kinds = [answer.kind for answer in world.run(scenario())]
    assert kinds.count(ErrorKind.UNAUTHENTICATED) == 10


def test_a_device_is_forgotten_after_a_year(world: World, clock: FakeClock) -> None:
    device = known(world)
    clock.advance(days=364)
    assert enter(world, device).device is None
    clock.advance(days=2)

    assert enter(world, device).device not in {None, device}


def test_a_device_that_the_browser_chose_is_never_adopted(world: World) -> None:
    """K-1."""
    given = enter(world, "chosen by somebody else").device

    assert given is not None
    assert given != "chosen by somebody else"


def test_one_browser_may_be_known_to_several_people(world: World) -> None:
    device = known(world, "ada")

    assert enter(world, device, "bob").device is None
    lock(world)
    assert enter(world, device, "ada")


def test_a_device_known_to_somebody_is_new_to_another(world: World) -> None:
    device = known(world, "ada")
    before = mails(world)
    enter(world, device, "bob")

    assert [mail["to"] for _, mail in mails(world)[len(before) :]] == ["bob@example.com"]


def test_forgotten_devices_are_unknown(world: World) -> None:
    device, bobs = known(world), known(world, "bob")
    world.write(lambda tx: forget_devices(tx, world.people["ada"].id))
    lock(world)

    assert failure(world, device) is ErrorKind.RATE_LIMITED
    assert enter(world, bobs, "bob").device is None


def test_the_owner_is_told_of_a_new_device(world: World) -> None:
    """U-4."""
    before, told = mails(world), world.read(event_kinds)
    device = known(world)
    enter(world, device)

    agent = visit().user_agent
    values = {"name": "Ada", "ip": visit().ip, "agent": agent}
    content = {"to": "ada@example.com", "values": values, "thread": "", "unsubscribe": ""}
    assert mails(world)[len(before) :] == [("new_device", content)]
    assert world.read(event_kinds)[EventKind.DEVICE_NEW] - told[EventKind.DEVICE_NEW] == 1


def test_who_has_just_signed_up_is_told_nothing_and_has_a_known_device(world: World) -> None:
    before = mails(world)
    value = SignUp("Zoe", "zoe@example.com", PASSWORD)
    device = world.run(sign_up(world.db, visit("zoe"), world.vault, value)).device

    assert device is not None
    assert enter(world, device, "zoe").device is None
    assert mails(world) == before


def test_a_wrong_password_makes_no_device_known_and_tells_nobody(world: World) -> None:
    before = mails(world)
    failure(world)

    assert mails(world) == before


def test_a_device_of_the_old_key_is_known_and_rewritten_under_the_new_one(world: World) -> None:
    """F-4."""
    device = known(world)
    rotated = parse(f"{NEW_KEY},{OLD_KEY}")
    assert enter(world, device, ring=rotated).device is None

    assert enter(world, device, ring=parse(NEW_KEY)).device is None


@pytest.mark.parametrize("device", [None, "x" * 43, "known"])
def test_a_look_up_costs_the_same_for_known_and_unknown_accounts(world: World, device: str | None) -> None:
    """L-5: who does not know an account can not tell whether it is there."""
    if device == "known":
        device = known(world, "bob")
    failure(world, email="somebody@example.com", at="somebody")  # the instance's window has begun
    costs = []
    for email in ("ada@example.com", "nobody@example.com"):
        counting = CountingDatabase(world.db)
        with pytest.raises(LacewingError):
            world.run(log_in(counting, visit(email), world.vault, LogIn(email, "wrong", device)))  # type: ignore[arg-type]
        costs.append([sql for sql, _ in counting.statements])

    assert costs[0] == costs[1]


@pytest.mark.parametrize("device", ["\0", "\x80\xff", "'", "x" * 256])
def test_an_odd_device_is_an_unknown_one(still_world: World, device: str) -> None:
    assert enter(still_world, device).device not in {None, device}


class Waiting:
    """A sleep that ends when it is told to."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.over = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await self.over.wait()


def few(world: World, waiting: Waiting) -> None:
    """From here on two failures are too many for the whole instance."""
    budgets = {**DEFAULTS, BudgetName.LOGIN_INSTANCE: Budget(2, 300)}
    world.vault = replace(world.vault, budgets=StoredBudgets(budgets), slow_down=SlowDown(waiting))


def test_beyond_the_instances_budget_logins_wait_and_are_not_refused(world: World) -> None:
    """P-1, the table's last line."""
    waiting = Waiting()
    device = known(world)
    waiting.over.set()
    few(world, waiting)
    for n in range(2):
        failure(world, email=f"person-{n}@example.com", at="attacker")
    assert waiting.seconds == []

    assert enter(world)
    assert waiting.seconds == [SECONDS]
    assert enter(world, device)
    assert waiting.seconds == [SECONDS]


def test_who_waited_and_was_right_gives_back_no_more_than_it_took(world: World) -> None:
    waiting = Waiting()
    waiting.over.set()
    few(world, waiting)
    for n in range(2):
        failure(world, email=f"person-{n}@example.com", at="attacker")
    for _ in range(3):
        enter(world)

    assert len(waiting.seconds) == 3


def test_more_than_so_many_do_not_wait(world: World) -> None:
    waiting = Waiting()
    slow = SlowDown(waiting)

    async def scenario() -> None:
        calls = [asyncio.create_task(slow.wait()) for _ in range(MAX_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(LacewingError) as refused:
            await slow.wait()
        assert refused.value.kind is ErrorKind.UNAVAILABLE
        assert refused.value.retry_after_seconds
        waiting.over.set()
        await asyncio.gather(*calls)
        await slow.wait()

    world.run(scenario())


def test_a_disabled_owner_is_refused_with_a_known_device_too(world: World) -> None:
    device = known(world, "bob")
    world.disable("bob")

    assert failure(world, device, "bob@example.com", "bob") is ErrorKind.UNAUTHENTICATED
    with pytest.raises(LacewingError):
        enter(world, device, "bob")


def test_the_last_use_of_a_device_is_kept(world: World, clock: FakeClock) -> None:
    device = known(world)
    clock.advance(days=3)
    enter(world, device, at="elsewhere")

    row = known_devices.c.digest == world.vault.ring.digest(device).value
    used, ip = world.read(
        lambda tx: tx.execute(select(known_devices.c.last_used_at, known_devices.c.ip).where(row)).one()
    )
    assert (used, ip) == (clock(), visit("elsewhere").ip)


def test_only_expired_devices_are_forgotten(world: World) -> None:
    def owners() -> set[UUID]:
        return set(world.read(lambda tx: tx.execute(select(known_devices.c.person_id)).scalars().all()))

    known(world, "ada")
    world.clock.now += DEVICE_LIFETIME
    known(world, "bob")
    world.run(forget_expired_devices(world.db))

    assert owners() == {world.people["bob"].id}
