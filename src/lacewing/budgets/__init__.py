"""What a caller may spend: security budgets (exact, stored), request budgets (cheap, in memory)."""

from lacewing.budgets.request import RequestBudgets
from lacewing.budgets.security import Charge, give_back, take
from lacewing.budgets.values import DEFAULTS, Budget, BudgetName, budgets_from

__all__ = [
    "DEFAULTS",
    "Budget",
    "BudgetName",
    "Charge",
    "RequestBudgets",
    "budgets_from",
    "give_back",
    "take",
]
