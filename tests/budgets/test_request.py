"""Request budgets cost no write; with several processes their counts meet in one place (M-1)."""

import asyncio
from collections.abc import Callable

import pytest

from lacewing.budgets import DEFAULTS, Budget, BudgetName, RequestBudgets, SharedUses, StoredUses
from lacewing.kit.errors import Allowance, ErrorKind, LacewingError
from lacewing.storage import Database, connect
from tests.storage.together import held
from tests.world import START, FakeClock, Run

NAME = BudgetName.BEARER
Two = tuple[tuple[RequestBudgets, Database], tuple[RequestBudgets, Database]]
TEN = {**DEFAULTS, NAME: Budget(10, 60)}


def spent(budgets: RequestBudgets, times: int, who: str = "ada") -> int:
    """How many of so many uses were let through."""
    through = 0
    for _ in range(times):
        try:
            budgets.charge(NAME, who)
        except LacewingError:
            continue
        through += 1
    return through


def test_a_use_is_told_what_is_left(clock: FakeClock) -> None:
    budgets = RequestBudgets(TEN, clock, StoredUses())
    clock.advance(seconds=20)

    assert budgets.charge(NAME, "ada") == Allowance(10, 9, 40, int(START.timestamp()) + 60)
    assert budgets.charge(NAME, "ada") == Allowance(10, 8, 40, int(START.timestamp()) + 60)


def test_a_look_is_no_use(clock: FakeClock) -> None:
    budgets = RequestBudgets(TEN, clock, StoredUses())
    clock.advance(seconds=20)

    assert budgets.standing(NAME, "ada") == Allowance(10, 10, 40, int(START.timestamp()) + 60)
    budgets.charge(NAME, "ada")
    assert budgets.standing(NAME, "ada") == budgets.standing(NAME, "ada")
    assert budgets.standing(NAME, "ada") == Allowance(10, 9, 40, int(START.timestamp()) + 60)


def test_one_use_more_than_the_limit_is_refused(clock: FakeClock) -> None:
    budgets = RequestBudgets(TEN, clock, StoredUses())
    assert spent(budgets, 10) == 10

    with pytest.raises(LacewingError) as refused:
        budgets.charge(NAME, "ada")

    assert refused.value.kind is ErrorKind.RATE_LIMITED
    assert refused.value.retry_after_seconds == 60
    assert refused.value.allowance == Allowance(10, 0, 60, int(START.timestamp()) + 60)


def test_refusals_do_not_make_the_wait_longer(clock: FakeClock) -> None:
    budgets = RequestBudgets(TEN, clock, StoredUses())
    spent(budgets, 1000)
    clock.advance(seconds=60)

    assert spent(budgets, 100) == 10


def test_each_principal_has_its_own_count(clock: FakeClock) -> None:
    budgets = RequestBudgets(TEN, clock, StoredUses())

    assert [spent(budgets, 20, who) for who in ("ada", "bob")] == [10, 10]


def test_without_limits_nothing_is_counted(clock: FakeClock) -> None:
    budgets = RequestBudgets(None, clock, StoredUses())

    assert budgets.charge(NAME, "ada") is None
    assert spent(budgets, 10_000) == 10_000


@pytest.fixture
def two(
    db: Database,
    url: str,
    open_db: Callable[[str], Database],
    clock: FakeClock,
    meet: Callable[[], SharedUses],
) -> Two:
    """As two processes: each its own counts, and its own Database on the one URL."""
    return (RequestBudgets(TEN, clock, meet()), db), (RequestBudgets(TEN, clock, meet()), open_db(url))


def test_two_processes_learn_of_each_others_uses(two: Two, run: Run) -> None:
    (here, here_db), (there, there_db) = two
    spent(here, 6)
    spent(there, 1)

    run(here.share(here_db))
    run(there.share(there_db))

    assert spent(there, 100) == 3


def test_what_was_shared_is_not_shared_twice(two: Two, run: Run) -> None:
    (here, here_db), (there, there_db) = two
    spent(here, 2)
    for _ in range(5):
        run(here.share(here_db))
    spent(there, 1)
    run(there.share(there_db))

    assert spent(there, 100) == 7


def test_together_two_processes_overshoot_by_what_one_interval_lets_through(two: Two, run: Run) -> None:
    through = 0
    for _ in range(10):
        for budgets, db in two:
            through += spent(budgets, 2)
            run(budgets.share(db))

    assert 10 <= through <= 14


def test_uses_while_a_share_is_under_way_are_shared_by_the_next(two: Two, run: Run) -> None:
    (here, here_db), (there, there_db) = two
    spent(here, 3)

    async def scenario() -> None:
        async with held(here_db):
            sharing = asyncio.create_task(here.share(here_db))
            await asyncio.sleep(0)
            spent(here, 2)
        await sharing
        await here.share(here_db)

    run(scenario())
    spent(there, 1)
    run(there.share(there_db))

    assert spent(there, 100) == 4


def test_a_new_window_is_shared_as_a_new_one(two: Two, run: Run, clock: FakeClock) -> None:
    (here, here_db), (there, there_db) = two
    spent(here, 10)
    run(here.share(here_db))
    clock.advance(minutes=1)
    spent(there, 1)
    run(there.share(there_db))

    assert spent(there, 100) == 9
    assert spent(here, 100) == 10


def test_what_could_not_be_shared_is_shared_later(db: Database, url: str, clock: FakeClock, run: Run) -> None:
    here, there = (RequestBudgets(TEN, clock, StoredUses()) for _ in range(2))
    spent(here, 4)
    away = connect(url)
    away.close()
    with pytest.raises(LacewingError):
        run(here.share(away))

    run(here.share(db))
    spent(there, 1)
    run(there.share(db))

    assert spent(there, 100) == 5


def test_the_number_of_principals_that_are_remembered_is_bounded(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.budgets.request.MAX_TRACKED", 100)
    budgets = RequestBudgets(TEN, clock, StoredUses())
    for n in range(150):
        budgets.charge(NAME, str(n))

    assert len(budgets._counts) <= 100


def test_principals_of_windows_that_have_ended_make_room(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lacewing.budgets.request.MAX_TRACKED", 100)
    budgets = RequestBudgets(TEN, clock, StoredUses())
    for n in range(100):
        budgets.charge(NAME, str(n))
    clock.advance(minutes=1)
    budgets.charge(NAME, "ada")

    assert len(budgets._counts) == 1
