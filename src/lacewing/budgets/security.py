"""Security budgets: exact, stored, so that they hold across processes and restarts (M-1)."""

from dataclasses import dataclass
from typing import Protocol

from lacewing.budgets import queries
from lacewing.budgets.values import BudgetName, Budgets
from lacewing.budgets.windows import allowance, end_of_window
from lacewing.kit.errors import rate_limited
from lacewing.storage import Database, Transaction


@dataclass(frozen=True, slots=True)
class Charge:
    """One use of a budget by `principal` (an address, an account)."""

    name: BudgetName
    principal: str


class SecurityBudgets(Protocol):
    """Where they are kept is chosen at composition. Both raise UNAVAILABLE when that place is down (M-5)."""

    async def take(self, db: Database, *charges: Charge) -> None:
        """Spends all of them, or raises RATE_LIMITED and spends none."""

    async def give_back(self, db: Database, *charges: Charge) -> None:
        """What was no failure is not counted as one."""


class StoredBudgets:
    """In the database; `budgets` is None when limits are off. Each call is alone in its transaction."""

    def __init__(self, budgets: Budgets | None) -> None:
        self._budgets = budgets

    async def take(self, db: Database, *charges: Charge) -> None:
        budgets = self._budgets
        if budgets is not None:
            await db.write(lambda tx: _take(tx, budgets, charges), is_alone=True)

    async def give_back(self, db: Database, *charges: Charge) -> None:
        budgets = self._budgets
        if budgets is not None:
            await db.write(lambda tx: _give_back(tx, budgets, charges), is_alone=True)


def _take(tx: Transaction, budgets: Budgets, charges: tuple[Charge, ...]) -> None:
    for charge in charges:
        budget = budgets[charge.name]
        ends_at = end_of_window(tx.now, budget.window_seconds)
        used = queries.spend(tx, charge.name, charge.principal, ends_at, 1)
        if used > budget.limit:
            raise rate_limited(allowance(budget.limit, used, tx.now, ends_at))
        if used == 1:
            queries.forget_before(tx, tx.now)


def _give_back(tx: Transaction, budgets: Budgets, charges: tuple[Charge, ...]) -> None:
    for charge in charges:
        budget = budgets[charge.name]
        queries.unspend(tx, charge.name, charge.principal, end_of_window(tx.now, budget.window_seconds))
