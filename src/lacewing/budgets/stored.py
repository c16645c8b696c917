"""Budgets that are kept in the database."""

from lacewing.budgets import queries
from lacewing.budgets.request import Uses
from lacewing.budgets.security import Charge
from lacewing.budgets.values import Budgets
from lacewing.budgets.windows import allowance, end_of_window
from lacewing.kit.errors import rate_limited
from lacewing.storage import Database, Transaction


class StoredBudgets:
    """`budgets` is None when limits are off. Each call is alone in its transaction."""

    def __init__(self, budgets: Budgets | None) -> None:
        self._budgets = budgets

    async def take(self, db: Database, *charges: Charge) -> None:
        budgets = self._budgets
        if budgets is not None:
            await db.bare().write(lambda tx: _take(tx, budgets, charges), is_alone=True)

    async def give_back(self, db: Database, *charges: Charge) -> None:
        budgets = self._budgets
        if budgets is not None:
            await db.bare().write(lambda tx: _give_back(tx, budgets, charges), is_alone=True)


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


class StoredUses:
    """Where the request budgets of several processes meet when there is no Redis."""

    async def share(self, db: Database, new: Uses) -> Uses:
        return await db.write(lambda tx: _share(tx, new), is_alone=True)


def _share(tx: Transaction, new: Uses) -> Uses:
    queries.forget_before(tx, tx.now)
    return {key: queries.spend(tx, *key, count) for key, count in sorted(new.items())}
