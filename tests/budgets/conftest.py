"""Both homes of budgets: a test that asks for `limiters` or `meet` runs once on each."""

from collections.abc import Callable, Iterator

import pytest

from lacewing.budgets import (
    Redis,
    RedisBudgets,
    RedisUses,
    SecurityBudgets,
    SharedUses,
    StoredBudgets,
    StoredUses,
)
from lacewing.budgets.values import Budgets
from tests.redis_server import RedisServer
from tests.world import Run

HOMES = ("stored", "redis")


@pytest.fixture
def open_redis(empty_redis: RedisServer, run: Run) -> Iterator[Callable[[], Redis]]:
    """Each is a process's own client."""
    opened: list[Redis] = []

    def open_one() -> Redis:
        opened.append(Redis(empty_redis.url))
        return opened[-1]

    yield open_one
    for each in opened:
        run(each.close())


@pytest.fixture(params=HOMES)
def limiters(request: pytest.FixtureRequest) -> Callable[[Budgets | None], SecurityBudgets]:
    """Makes the security budgets of as many processes as a test needs."""
    if request.param == "stored":
        return StoredBudgets
    opened: Callable[[], Redis] = request.getfixturevalue("open_redis")
    return lambda budgets: RedisBudgets(budgets, opened())


@pytest.fixture(params=HOMES)
def meet(request: pytest.FixtureRequest) -> Callable[[], SharedUses]:
    """Makes what each process tells its request budgets to."""
    if request.param == "stored":
        return StoredUses
    opened: Callable[[], Redis] = request.getfixturevalue("open_redis")
    return lambda: RedisUses(opened())
