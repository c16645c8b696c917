"""The same failure is told once in a while, and many different ones not all at once."""

from dataclasses import dataclass

import pytest

from lacewing.client.monitoring.pace import KINDS, Pace


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(3600, 3, clock)


def test_a_kind_is_told_again_after_the_quiet_time_with_how_many_were_kept_back(
    pace: Pace, clock: Clock
) -> None:
    assert [pace.admit("a") for _ in range(4)] == [0, None, None, None]
    clock.now += 3600
    assert pace.admit("a") == 3
    clock.now += 3600
    assert pace.admit("a") == 0


def test_of_all_kinds_so_many_are_told_in_a_minute(pace: Pace, clock: Clock) -> None:
    assert [pace.admit(kind) for kind in "abcd"] == [0, 0, 0, None]
    clock.now += 60
    assert pace.admit("d") == 1


def test_what_could_not_be_told_is_counted_and_may_be_told_at_once(pace: Pace) -> None:
    assert pace.admit("a") == 0
    assert pace.admit("a") is None
    pace.forget("a", 0)
    assert pace.admit("a") == 2


def test_it_remembers_no_more_than_so_many_kinds(clock: Clock) -> None:
    pace = Pace(3600, KINDS * 3, clock)
    pace.admit(0)
    for kind in range(1, KINDS + 1):
        pace.admit(kind)
    assert pace.admit(KINDS) is None
    assert pace.admit(0) == 0
