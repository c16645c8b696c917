"""What a caller may spend: security budgets (exact, stored), request budgets (cheap, in memory).

A unit that spends is alone in its transaction: its rows are everybody's, and two processes whose batches
lock them and a project's counters in different orders would wait for each other.
"""

from lacewing.budgets.redis import Redis, RedisBudgets, RedisUses
from lacewing.budgets.request import RequestBudgets, SharedUses
from lacewing.budgets.security import Charge, SecurityBudgets
from lacewing.budgets.stored import StoredBudgets, StoredUses
from lacewing.budgets.values import DEFAULTS, Budget, BudgetName, budgets_from

__all__ = [
    "DEFAULTS",
    "Budget",
    "BudgetName",
    "Charge",
    "Redis",
    "RedisBudgets",
    "RedisUses",
    "RequestBudgets",
    "SecurityBudgets",
    "SharedUses",
    "StoredBudgets",
    "StoredUses",
    "budgets_from",
]
