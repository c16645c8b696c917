"""Security budgets: exact, and kept where they hold across processes and restarts (M-1)."""

from dataclasses import dataclass
from typing import Protocol

from lacewing.budgets.values import BudgetName
from lacewing.storage import Database


@dataclass(frozen=True, slots=True)
class Charge:
    """One use of a budget by `principal` (an address, an account)."""

    name: BudgetName
    principal: str


class SecurityBudgets(Protocol):
    """Where they are kept is chosen at composition. All raise UNAVAILABLE when that place is down (M-5)."""

    async def take(self, db: Database, *charges: Charge) -> None:
        """Spends all of them, or raises RATE_LIMITED and spends none."""

    async def give_back(self, db: Database, *charges: Charge) -> None:
        """What was no failure is not counted as one."""
