"""Request budgets: counted in memory; those of several processes meet in the database every second (M-1)."""

from dataclasses import dataclass
from datetime import datetime

from lacewing.budgets import queries
from lacewing.budgets.values import BudgetName, Budgets
from lacewing.budgets.windows import allowance, end_of_window
from lacewing.kit.clock import Clock
from lacewing.kit.errors import Allowance, rate_limited
from lacewing.storage import Database, Transaction

MAX_TRACKED = 100_000


@dataclass(slots=True)
class _Count:
    ends_at: datetime
    used: int = 0
    unshared: int = 0


class RequestBudgets:
    """One a process. `budgets` is None when limits are off: then nothing is counted."""

    def __init__(self, budgets: Budgets | None, clock: Clock) -> None:
        self._budgets = budgets
        self._clock = clock
        self._counts: dict[tuple[BudgetName, str], _Count] = {}

    def charge(self, name: BudgetName, principal: str) -> Allowance | None:
        """What is left after this use. Raises RATE_LIMITED."""
        if self._budgets is None:
            return None
        budget, now = self._budgets[name], self._clock()
        count = self._counts.get((name, principal))
        if count is None or now >= count.ends_at:
            count = self._start(name, principal, now, budget.window_seconds)
        standing = allowance(budget.limit, count.used + 1, now, count.ends_at)
        if count.used >= budget.limit:
            raise rate_limited(standing)
        count.used += 1
        count.unshared += 1
        return standing

    async def share(self, db: Database) -> None:
        """Adds this process's new uses to the database's, and learns of the others'."""
        pending = {key: count for key, count in self._counts.items() if count.unshared}
        if not pending:
            return
        spent = {key: count.unshared for key, count in pending.items()}
        totals = await db.write(lambda tx: _spend_all(tx, pending, spent), is_alone=True)
        for key, count in pending.items():
            count.unshared -= spent[key]
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


def _spend_all(
    tx: Transaction, pending: dict[tuple[BudgetName, str], _Count], spent: dict[tuple[BudgetName, str], int]
) -> dict[tuple[BudgetName, str], int]:
    queries.forget_before(tx, tx.now)
    return {
        key: queries.spend(tx, key[0], key[1], count.ends_at, spent[key])
        for key, count in sorted(pending.items())
    }
