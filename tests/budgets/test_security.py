"""Security budgets are exact, in every process, and survive a restart (M-1)."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lacewing.budgets import DEFAULTS, Budget, BudgetName, Charge, StoredBudgets, budgets_from
from lacewing.budgets.tables import budgets
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.settings import BUDGET_NAMES, Limits
from lacewing.storage import Database, Transaction
from tests.world import START, FakeClock, Run

NAME = BudgetName.LOGIN_IP
WHO = (Charge(NAME, "203.0.113.7"),)
THREE = {**DEFAULTS, NAME: Budget(3, 300)}
LIMITER = StoredBudgets(THREE)

Open = Callable[[str], Database]


async def tries(*dbs: Database, times: int) -> list[object]:
    """Once on each in turn, all at the same moment: None for a success, else the refusal."""
    calls = (LIMITER.take(dbs[n % len(dbs)], *WHO) for n in range(times))
    return await asyncio.gather(*calls, return_exceptions=True)


def is_limited(answer: object) -> bool:
    return isinstance(answer, LacewingError) and answer.kind is ErrorKind.RATE_LIMITED


def rows(tx: Transaction) -> int:
    return tx.execute(select(func.count()).select_from(budgets)).scalar_one()


def test_the_names_of_the_settings_are_the_names_of_the_budgets() -> None:
    assert set(BudgetName) == BUDGET_NAMES
    assert set(DEFAULTS) == set(BudgetName)
    assert list(BudgetName) == sorted(BudgetName)


def test_the_defaults_are_the_documents() -> None:
    """The table at the end of "P. Login protection" in design/authentication.md."""
    assert {name: (budget.limit, budget.window_seconds) for name, budget in DEFAULTS.items()} == {
        "login_account": (10, 300),
        "login_ip_account": (5, 300),
        "login_ip": (30, 300),
        "login_instance": (1000, 300),
        "register_ip": (10, 3600),
        "recover_ip": (10, 3600),
        "login_device": (10, 300),
        "device_codes_ip": (10, 60),
        "device_user_codes": (5, 300),
        "leak_ip": (60, 3600),
        "bearer_tickets": (1000, 3600),
        "bearer": (600, 60),
        "anonymous_tickets": (100, 3600),
        "anonymous": (100, 60),
        "session": (1200, 60),
        "intake_key": (600, 60),
        "intake_ip": (30, 60),
        "intake_project": (20_000, 86_400),
    }


def test_a_setting_changes_one_limit_and_off_ends_them_all() -> None:
    changed = budgets_from(Limits(counts={"login_ip": 7}))

    assert changed == {**DEFAULTS, NAME: Budget(7, 300)}
    assert budgets_from(Limits(enforced=False)) is None


def test_as_many_succeed_at_once_as_the_limit_says(db: Database, url: str, open_db: Open, run: Run) -> None:
    """Two Databases are as two processes."""
    answers = run(tries(db, open_db(url), times=12))

    assert answers.count(None) == 3
    assert sum(map(is_limited, answers)) == 9


def test_a_refusal_says_how_long_to_wait(db: Database, run: Run, clock: FakeClock) -> None:
    clock.advance(seconds=60)
    refused = run(tries(db, times=4))[3]

    assert isinstance(refused, LacewingError)
    assert refused.retry_after_seconds == 240
    assert refused.allowance is not None
    assert (refused.allowance.limit, refused.allowance.remaining) == (3, 0)
    assert refused.allowance.reset_at == (START + timedelta(seconds=300)).timestamp()


def test_a_refused_use_is_not_counted(db: Database, run: Run) -> None:
    run(tries(db, times=10))

    assert run(db.read(lambda tx: tx.execute(select(budgets.c.count)).scalar_one())) == 3


def test_a_new_window_begins_with_nothing_spent(db: Database, run: Run, clock: FakeClock) -> None:
    run(tries(db, times=3))
    clock.advance(seconds=299, milliseconds=999)
    assert is_limited(run(tries(db, times=1))[0])

    clock.advance(milliseconds=1)

    assert run(tries(db, times=4)).count(None) == 3


def test_a_restart_forgets_nothing(db: Database, url: str, open_db: Open, run: Run) -> None:
    run(tries(db, times=3))

    assert is_limited(run(tries(open_db(url), times=1))[0])


def test_each_principal_and_each_budget_has_its_own_count(db: Database, run: Run) -> None:
    run(tries(db, times=3))

    run(LIMITER.take(db, Charge(NAME, "203.0.113.8")))
    run(LIMITER.take(db, Charge(BudgetName.REGISTER_IP, "203.0.113.7")))


def test_several_charges_are_spent_together_or_not_at_all(db: Database, run: Run) -> None:
    both = (Charge(BudgetName.LOGIN_ACCOUNT, "ada"), *WHO)
    run(tries(db, times=3))

    with pytest.raises(LacewingError):
        run(LIMITER.take(db, *both))

    spent = select(budgets.c.count).where(budgets.c.name == BudgetName.LOGIN_ACCOUNT)
    assert run(db.read(lambda tx: tx.execute(spent).scalar_one_or_none())) in {None, 0}


def test_what_is_given_back_can_be_spent_again(db: Database, run: Run) -> None:
    run(tries(db, times=3))
    run(LIMITER.give_back(db, *WHO))

    assert run(tries(db, times=2)).count(None) == 1


def test_nothing_can_be_given_back_that_was_not_spent(db: Database, run: Run) -> None:
    run(tries(db, times=1))
    for _ in range(5):
        run(LIMITER.give_back(db, *WHO))

    assert run(tries(db, times=10)).count(None) == 3


def test_what_is_given_back_after_its_window_is_no_gift_to_the_next(
    db: Database, run: Run, clock: FakeClock
) -> None:
    run(tries(db, times=3))
    clock.advance(minutes=5)
    run(LIMITER.give_back(db, *WHO))

    assert run(tries(db, times=10)).count(None) == 3


def test_without_limits_nothing_is_counted(db: Database, run: Run) -> None:
    unlimited = StoredBudgets(None)
    for step in (unlimited.take, unlimited.give_back):
        run(step(db, *WHO))

    assert run(db.read(rows)) == 0


def test_windows_that_have_ended_are_forgotten(db: Database, run: Run, clock: FakeClock) -> None:
    run(LIMITER.take(db, *(Charge(NAME, f"203.0.113.{n}") for n in range(20))))
    clock.advance(minutes=11)
    run(tries(db, times=1))

    assert run(db.read(rows)) == 1
