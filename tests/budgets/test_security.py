"""Security budgets are exact, in every process, and survive a restart (M-1)."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lacewing.budgets import (
    DEFAULTS,
    Budget,
    BudgetName,
    Charge,
    SecurityBudgets,
    StoredBudgets,
    budgets_from,
)
from lacewing.budgets.tables import budgets
from lacewing.budgets.values import Budgets
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.settings import BUDGET_NAMES, Limits
from lacewing.storage import Database, Transaction
from tests.world import START, FakeClock, Run

NAME = BudgetName.LOGIN_IP
WHO = (Charge(NAME, "203.0.113.7"),)
THREE = {**DEFAULTS, NAME: Budget(3, 300)}

Open = Callable[[str], Database]
Process = tuple[SecurityBudgets, Database]
Make = Callable[[Budgets | None], SecurityBudgets]


async def tries(*processes: Process, times: int) -> list[object]:
    """Once in each in turn, all at the same moment: None for a success, else the refusal."""
    turns = (processes[n % len(processes)] for n in range(times))
    calls = (limiter.take(db, *WHO) for limiter, db in turns)
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
    """The table at the end of "P. Login protection" in design/authentication.md; the last eight are ours."""
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
        "intake_quota": (20_000, 86_400),
        "link_ip": (600, 60),
        "widget_ip": (300, 60),
        "reporter_address": (5, 3600),
        "reporter_address_day": (20, 86_400),
        "reporter_answers": (20, 3600),
        "reporter_news": (20, 86_400),
        "reporter_organization": (1000, 86_400),
        "reporter_source": (20, 3600),
    }


def test_a_setting_changes_one_limit_and_off_ends_them_all() -> None:
    changed = budgets_from(Limits(counts={"login_ip": 7}))

    assert changed == {**DEFAULTS, NAME: Budget(7, 300)}
    assert budgets_from(Limits(enforced=False)) is None


@pytest.fixture
def process(limiters: Make, db: Database) -> Process:
    return limiters(THREE), db


@pytest.fixture
def other(limiters: Make, open_db: Open, url: str) -> Process:
    """Another process: a client and a Database of its own."""
    return limiters(THREE), open_db(url)


def test_as_many_succeed_at_once_as_the_limit_says(process: Process, other: Process, run: Run) -> None:
    answers = run(tries(process, other, times=12))

    assert answers.count(None) == 3
    assert sum(map(is_limited, answers)) == 9


def test_a_refusal_says_how_long_to_wait(process: Process, run: Run, clock: FakeClock) -> None:
    clock.advance(seconds=60)
    (refused,) = filter(is_limited, run(tries(process, times=4)))

    assert isinstance(refused, LacewingError)
    assert refused.retry_after_seconds == 240
    assert refused.allowance is not None
    assert (refused.allowance.limit, refused.allowance.remaining) == (3, 0)
    assert refused.allowance.reset_at == (START + timedelta(seconds=300)).timestamp()


def test_a_refused_use_is_not_counted(process: Process, run: Run) -> None:
    limiter, db = process
    run(tries(process, times=10))
    run(limiter.give_back(db, *WHO))

    assert run(tries(process, times=5)).count(None) == 1


def test_a_new_window_begins_with_nothing_spent(process: Process, run: Run, clock: FakeClock) -> None:
    run(tries(process, times=3))
    clock.advance(seconds=299, milliseconds=999)
    assert is_limited(run(tries(process, times=1))[0])

    clock.advance(milliseconds=1)

    assert run(tries(process, times=4)).count(None) == 3


def test_a_restart_forgets_nothing(process: Process, other: Process, run: Run) -> None:
    run(tries(process, times=3))

    assert is_limited(run(tries(other, times=1))[0])


def test_each_principal_and_each_budget_has_its_own_count(process: Process, run: Run) -> None:
    limiter, db = process
    run(tries(process, times=3))

    run(limiter.take(db, Charge(NAME, "203.0.113.8")))
    run(limiter.take(db, Charge(BudgetName.REGISTER_IP, "203.0.113.7")))


def test_several_charges_are_spent_together_or_not_at_all(process: Process, run: Run) -> None:
    limiter, db = process
    ada = Charge(BudgetName.REGISTER_IP, "ada")
    for _ in range(DEFAULTS[ada.name].limit - 1):
        run(limiter.take(db, ada))
    run(tries(process, times=3))

    for _ in range(2):
        with pytest.raises(LacewingError):
            run(limiter.take(db, ada, *WHO))

    run(limiter.take(db, ada))


def test_what_is_given_back_can_be_spent_again(process: Process, run: Run) -> None:
    limiter, db = process
    run(tries(process, times=3))
    run(limiter.give_back(db, *WHO))

    assert run(tries(process, times=2)).count(None) == 1


def test_nothing_can_be_given_back_that_was_not_spent(process: Process, run: Run) -> None:
    limiter, db = process
    run(tries(process, times=1))
    for _ in range(5):
        run(limiter.give_back(db, *WHO))

    assert run(tries(process, times=10)).count(None) == 3


def test_what_is_given_back_after_its_window_is_no_gift_to_the_next(
    process: Process, run: Run, clock: FakeClock
) -> None:
    limiter, db = process
    run(tries(process, times=3))
    clock.advance(minutes=5)
    run(limiter.give_back(db, *WHO))

    assert run(tries(process, times=10)).count(None) == 3


def test_without_limits_nothing_is_counted(limiters: Make, db: Database, run: Run) -> None:
    unlimited = limiters(None)
    for _ in range(20):
        run(unlimited.take(db, *WHO))
        run(unlimited.give_back(db, *WHO))

    assert run(tries((limiters(THREE), db), times=4)).count(None) == 3


def test_windows_that_have_ended_are_forgotten(db: Database, run: Run, clock: FakeClock) -> None:
    limiter = StoredBudgets(THREE)
    run(limiter.take(db, *(Charge(NAME, f"203.0.113.{n}") for n in range(20))))
    clock.advance(minutes=11)
    run(limiter.take(db, *WHO))

    assert run(db.read(rows)) == 1
