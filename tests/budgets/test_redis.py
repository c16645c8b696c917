"""Budgets in Redis: exact, forgotten with their window, and never allowed while it is down (M-1, M-5)."""

import asyncio
from collections.abc import Callable

import pytest

from lacewing.budgets import DEFAULTS, BudgetName, Charge, Redis, RedisBudgets, RedisUses, RequestBudgets
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.storage import Database
from tests.redis_server import RedisServer
from tests.world import START, FakeClock, Run

Open = Callable[[], Redis]
WHO = Charge(BudgetName.LOGIN_IP, "203.0.113.7")
KEY = f"lacewing:login_ip:203.0.113.7:{int(START.timestamp()) + 300}"


@pytest.fixture
def limiter(open_redis: Open) -> RedisBudgets:
    return RedisBudgets(DEFAULTS, open_redis())


def test_a_window_is_kept_little_longer_than_it_lasts(
    limiter: RedisBudgets, empty_redis: RedisServer, db: Database, run: Run, clock: FakeClock
) -> None:
    clock.advance(seconds=100)
    run(limiter.take(db, WHO))
    run(limiter.take(db, WHO))
    run(limiter.give_back(db, WHO))

    assert empty_redis.keys().keys() == {KEY}
    assert 200 < empty_redis.keys()[KEY] <= 260


def test_shared_uses_are_kept_little_longer_than_their_window(
    open_redis: Open, empty_redis: RedisServer, db: Database, run: Run, clock: FakeClock
) -> None:
    budgets = RequestBudgets(DEFAULTS, clock, RedisUses(open_redis()))
    budgets.charge(BudgetName.BEARER, "ada")
    run(budgets.share(db))

    (kept,) = empty_redis.keys().values()
    assert 60 < kept <= 120


def test_while_it_is_down_nothing_is_allowed(
    limiter: RedisBudgets, empty_redis: RedisServer, db: Database, run: Run
) -> None:
    """M-5: killed in the middle, then back again on the connections that were kept."""
    run(limiter.take(db, WHO))
    empty_redis.kill()

    for step in (limiter.take, limiter.give_back):
        with pytest.raises(LacewingError) as down:
            run(step(db, WHO))
        assert down.value.kind is ErrorKind.UNAVAILABLE

    empty_redis.start()
    run(limiter.take(db, WHO))


def test_while_it_hangs_nothing_is_allowed_either(
    limiter: RedisBudgets, empty_redis: RedisServer, db: Database, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(limiter.take(db, WHO))
    empty_redis.stop_answering()
    try:
        with pytest.raises(LacewingError) as hung:
            run(asyncio.wait_for(limiter.take(db, WHO), 60))
    finally:
        empty_redis.answer_again()

    assert hung.value.kind is ErrorKind.UNAVAILABLE
    run(limiter.take(db, WHO))


def test_what_could_not_be_shared_is_shared_later(
    open_redis: Open, empty_redis: RedisServer, db: Database, run: Run, clock: FakeClock
) -> None:
    here, there = (RequestBudgets(DEFAULTS, clock, RedisUses(open_redis())) for _ in range(2))
    for _ in range(4):
        here.charge(BudgetName.BEARER, "ada")
    empty_redis.kill()
    with pytest.raises(LacewingError) as down:
        run(here.share(db))
    assert down.value.kind is ErrorKind.UNAVAILABLE

    empty_redis.start()
    run(here.share(db))
    there.charge(BudgetName.BEARER, "ada")
    run(there.share(db))

    left = there.charge(BudgetName.BEARER, "ada")
    assert left is not None
    assert left.remaining == DEFAULTS[BudgetName.BEARER].limit - 6


def test_many_at_once_share_few_connections(limiter: RedisBudgets, db: Database, run: Run) -> None:
    async def scenario() -> list[object]:
        calls = (limiter.take(db, Charge(BudgetName.LOGIN_IP, str(n))) for n in range(500))
        return await asyncio.gather(*calls, return_exceptions=True)

    assert run(scenario()) == [None] * 500


@pytest.mark.parametrize("scheme", ["redis", "valkey"])
def test_a_server_goes_by_either_name(empty_redis: RedisServer, run: Run, scheme: str) -> None:
    redis = Redis(empty_redis.url.replace("redis", scheme))

    run(redis.require_up())
    run(redis.close())


def test_a_host_may_be_called_as_a_scheme_is(run: Run) -> None:
    redis = Redis("redis://valkey:1/0")

    assert redis._client.connection_pool.connection_kwargs["host"] == "valkey"
    run(redis.close())
