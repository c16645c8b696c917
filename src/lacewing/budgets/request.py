"""Request budgets: counted in memory; those of several processes meet in one place every second (M-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lacewing.budgets.values import BudgetName, Budgets
from lacewing.budgets.windows import allowance, end_of_window
from lacewing.kit.clock import Clock
from lacewing.kit.errors import Allowance, rate_limited
from lacewing.storage import Database

MAX_TRACKED = 100_000

# How often each principal has used each budget in the window that ends then.
Uses = Mapping[tuple[BudgetName, str, datetime], int]


class SharedUses(Protocol):
    """Where processes meet; chosen at composition. Raises UNAVAILABLE when that place is down."""

    async def share(self, db: Database, new: Uses) -> Uses:
        """Adds one process's new uses; answers all processes' in the same windows."""
        ...


@dataclass(slots=True)
class _Count:
    ends_at: datetime
    used: int = 0
    unshared: int = 0


class RequestBudgets:
    """One a process. `budgets` is None when limits are off: then nothing is counted."""

    def __init__(self, budgets: Budgets | None, clock: Clock, shared: SharedUses) -> None:
        self._budgets = budgets
        self._clock = clock
        self._shared = shared
        self._counts: dict[tuple[BudgetName, str], _Count] = {}

    def charge(self, name: BudgetName, principal: str, own_limit: int | None = None) -> Allowance | None:
        """What is left after this use; an `own_limit` holds if it is the lower one. Raises RATE_LIMITED."""
        if self._budgets is None:
            return None
        budget, now = self._budgets[name], self._clock()
        limit = budget.limit if own_limit is None else min(own_limit, budget.limit)
        count = self._counts.get((name, principal))
        if count is None or now >= count.ends_at:
            count = self._start(name, principal, now, budget.window_seconds)
        standing = allowance(limit, count.used + 1, now, count.ends_at)
        if count.used >= limit:
            raise rate_limited(standing)
        count.used += 1
        count.unshared += 1
        return standing

    def standing(self, name: BudgetName, principal: str) -> Allowance | None:
        """What is left, without a use."""
        if self._budgets is None:
            return None
        budget, now = self._budgets[name], self._clock()
        count = self._counts.get((name, principal))
        if count is None or now >= count.ends_at:
            return allowance(budget.limit, 0, now, end_of_window(now, budget.window_seconds))
        return allowance(budget.limit, count.used, now, count.ends_at)

    async def share(self, db: Database) -> None:
        """Tells of this process's new uses, and learns of the others'."""
        pending = {(*key, count.ends_at): count for key, count in self._counts.items() if count.unshared}
        if not pending:
            return
        new = {key: count.unshared for key, count in pending.items()}
        totals = await self._shared.share(db, new)
        for key, count in pending.items():
            count.unshared -= new[key]
            count.used = max(count.used, totals[key] + count.unshared)

    def _start(self, name: BudgetName, principal: str, now: datetime, window_seconds: int) -> _Count:
        if len(self._counts) >= MAX_TRACKED:
            self._forget(now)
        count = _Count(end_of_window(now, window_seconds))
        self._counts[name, principal] = count
        return count

    def _forget(self, now: datetime) -> None:
        """What has ended; if nearly all still counts, the tenth that began first, so that this stays rare."""
        live = [(key, count) for key, count in self._counts.items() if count.ends_at > now]
        spare = max(0, len(live) - MAX_TRACKED * 9 // 10)
        self._counts = dict(live[spare:])
