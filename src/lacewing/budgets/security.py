"""Security budgets: exact, in the database, so that they hold across processes and restarts (M-1)."""

from dataclasses import dataclass

from lacewing.budgets import queries
from lacewing.budgets.values import BudgetName, Budgets
from lacewing.budgets.windows import allowance, end_of_window
from lacewing.kit.errors import rate_limited
from lacewing.storage import Transaction


@dataclass(frozen=True, slots=True)
class Charge:
    """One use of a budget by `principal` (an address, an account)."""

    name: BudgetName
    principal: str


def take(tx: Transaction, budgets: Budgets | None, charges: tuple[Charge, ...]) -> None:
    """Spends all of them, or raises RATE_LIMITED and, with the unit, spends none."""
    if budgets is None:
        return
    for charge in charges:
        budget = budgets[charge.name]
        ends_at = end_of_window(tx.now, budget.window_seconds)
        used = queries.spend(tx, charge.name, charge.principal, ends_at, 1)
        if used > budget.limit:
            raise rate_limited(allowance(budget.limit, used, tx.now, ends_at))
        if used == 1:
            queries.forget_before(tx, tx.now)


def give_back(tx: Transaction, budgets: Budgets | None, charges: tuple[Charge, ...]) -> None:
    """What was no failure is not counted as one."""
    if budgets is None:
        return
    for charge in charges:
        budget = budgets[charge.name]
        queries.unspend(tx, charge.name, charge.principal, end_of_window(tx.now, budget.window_seconds))
