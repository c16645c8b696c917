"""Keys are UUIDv7 (RFC 9562) and sort by the time of their making."""

import time
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from lacewing.kit.ids import first_id_at, new_id, new_id_at
from tests.world import START


def test_an_id_has_version_7_and_the_rfc_variant() -> None:
    made = new_id()

    assert made.version == 7
    assert made.int >> 62 & 0b11 == 0b10


def test_an_id_begins_with_the_milliseconds_of_its_making() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000

    assert before <= made.int >> 80 <= after


def test_the_twelve_bits_after_the_version_are_the_fraction_of_the_millisecond() -> None:
    before = time.time_ns()
    made = new_id()
    after = time.time_ns()
    told = (made.int >> 80) * 1_000_000 + ((made.int >> 64 & 0xFFF) * 1_000_000 >> 12)

    assert before - 1_000 <= told <= after


def test_a_later_id_sorts_after_an_earlier_one() -> None:
    made = []
    for _ in range(50):
        made.append(new_id())
        begun = time.time_ns()
        while time.time_ns() - begun < 1_000:  # two of the same fraction may stand either way
            pass

    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)


def test_ids_of_one_moment_differ() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_an_id_of_a_moment_stands_between_the_moments_beside_it() -> None:
    before, at, after = (START + timedelta(microseconds=n) for n in (-1, 0, 1))

    assert first_id_at(before) < new_id_at(before) < first_id_at(at) <= new_id_at(at) < first_id_at(after)
    assert len({new_id_at(at) for _ in range(100)}) == 100
    assert (new_id_at(at).version, new_id_at(at).variant) == (7, RFC_4122)


def test_the_ends_of_time_have_ids_too() -> None:
    for moment in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert first_id_at(moment).version == 7
