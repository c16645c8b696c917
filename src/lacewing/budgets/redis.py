"""Budgets that are kept in Redis or Valkey: one script spends all charges or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lacewing.budgets.request import Uses
from lacewing.budgets.security import Charge
from lacewing.budgets.values import BudgetName, Budgets
from lacewing.budgets.windows import allowance, end_of_window
from lacewing.kit.errors import rate_limited, unavailable
from lacewing.kit.lazy import LazyModule
from lacewing.storage import Database

_asyncio = LazyModule("redis.asyncio")
_backoff = LazyModule("redis.backoff")
_retry = LazyModule("redis.asyncio.retry")
_errors = LazyModule("redis.exceptions")

TIMEOUT_SECONDS: Final = 1
MAX_CONNECTIONS: Final = 16
_KEPT_LONGER_SECONDS: Final = 60  # another host's clock may be behind
_VALKEY: Final = re.compile("^valkey")  # valkey:// and valkeys://, which redis-py does not know

# Of each key in turn: its limit, and how long it is kept. Answers which is the first that is spent, or 0.
_TAKE: Final = """
for at, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[2 * at - 1]) then return at end
end
for at, key in ipairs(KEYS) do
  redis.call('INCR', key)
  redis.call('EXPIRE', key, ARGV[2 * at])
end
return 0
"""
_GIVE_BACK: Final = """
for _, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') > 0 then redis.call('DECR', key) end
end
return 0
"""
# Of each key in turn: what is added, and how long it is kept. Answers the sums.
_ADD: Final = """
local sums = {}
for at, key in ipairs(KEYS) do
  sums[at] = redis.call('INCRBY', key, ARGV[2 * at - 1])
  redis.call('EXPIRE', key, ARGV[2 * at])
end
return sums
"""


class Redis:
    """One client a process. Every call raises UNAVAILABLE when the server can not be reached (M-5).

    Nothing is sent twice: a use that was counted, and whose answer was lost, would be counted again.
    """

    def __init__(self, url: str) -> None:
        pool = _asyncio.BlockingConnectionPool.from_url(
            _VALKEY.sub("redis", url),
            max_connections=MAX_CONNECTIONS,
            timeout=TIMEOUT_SECONDS,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            retry=_retry.Retry(_backoff.NoBackoff(), 0),
            protocol=2,
        )
        self._client: Any = _asyncio.Redis.from_pool(pool)
        self._scripts: dict[str, Any] = {}

    async def run(self, script: str, keys: Sequence[str], arguments: Sequence[int] = ()) -> Any:  # noqa: ANN401
        if script not in self._scripts:
            self._scripts[script] = self._client.register_script(script)
        try:
            return await self._scripts[script](keys=keys, args=arguments)
        except (_errors.RedisError, OSError) as error:
            raise unavailable() from error

    async def require_up(self) -> None:
        await self.run("return 0", ())

    async def close(self) -> None:
        await self._client.aclose()


@dataclass(frozen=True, slots=True)
class _Window:
    key: str
    limit: int
    ends_at: datetime


class RedisBudgets:
    """`budgets` is None when limits are off. The time is the database's clock's."""

    def __init__(self, budgets: Budgets | None, redis: Redis) -> None:
        self._budgets = budgets
        self._redis = redis

    async def take(self, db: Database, *charges: Charge) -> None:
        now = db.clock()
        windows = self._windows(charges, now)
        if not windows:
            return
        arguments = [n for window in windows for n in (window.limit, _kept(now, window.ends_at))]
        spent = await self._redis.run(_TAKE, [window.key for window in windows], arguments)
        if spent:
            full = windows[spent - 1]
            raise rate_limited(allowance(full.limit, full.limit, now, full.ends_at))

    async def give_back(self, db: Database, *charges: Charge) -> None:
        windows = self._windows(charges, db.clock())
        if windows:
            await self._redis.run(_GIVE_BACK, [window.key for window in windows])

    def _windows(self, charges: Sequence[Charge], now: datetime) -> list[_Window]:
        if self._budgets is None:
            return []
        windows = []
        for charge in charges:
            budget = self._budgets[charge.name]
            ends_at = end_of_window(now, budget.window_seconds)
            windows.append(_Window(_key(charge.name, charge.principal, ends_at), budget.limit, ends_at))
        return windows


class RedisUses:
    """Where the request budgets of several processes and hosts meet."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def share(self, db: Database, new: Uses) -> Uses:
        now = db.clock()
        keys = [_key(name, principal, end) for name, principal, end in new]
        arguments = [n for (_, _, end), count in new.items() for n in (count, _kept(now, end))]
        sums = await self._redis.run(_ADD, keys, arguments)
        return dict(zip(new, sums, strict=True))


def _key(name: BudgetName, principal: str, ends_at: datetime) -> str:
    return f"lacewing:{name}:{principal}:{int(ends_at.timestamp())}"


def _kept(now: datetime, ends_at: datetime) -> int:
    """Seconds from now, since the server's clock need not be ours."""
    return max(0, int((ends_at - now).total_seconds())) + _KEPT_LONGER_SECONDS
