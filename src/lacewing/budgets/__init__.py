"""What a caller may spend: security budgets (exact, stored), request budgets (cheap, in memory).

A unit that spends is alone in its transaction: its rows are everybody's, and two processes whose batches
lock them and a project's counters in different orders would wait for each other.
"""

from lacewing.budgets.request import RequestBudgets
from lacewing.budgets.security import Charge, SecurityBudgets, StoredBudgets
from lacewing.budgets.values import DEFAULTS, Budget, BudgetName, budgets_from

__all__ = [
    "DEFAULTS",
    "Budget",
    "BudgetName",
    "Charge",
    "RequestBudgets",
    "SecurityBudgets",
    "StoredBudgets",
    "budgets_from",
]
