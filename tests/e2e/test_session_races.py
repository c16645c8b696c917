"""A few seeded rounds of what `bench.session_races` does at length, on each database."""

import pytest

from bench.session_races import race_sessions
from tests.postgres import Cluster

SEED = 20260302
ROUNDS = 4


def test_no_race_of_two_workers_wins_twice_or_revives_a_session() -> None:
    """C-6, C-7, C-9, K-2, M-1, M-2."""
    outcome = race_sessions(ROUNDS, SEED, {})
    assert (outcome.rounds, outcome.findings) == (ROUNDS, [])


@pytest.mark.postgresql
def test_nor_does_one_on_postgresql(cluster: Cluster) -> None:
    outcome = race_sessions(ROUNDS, SEED, {"LACEWING_DATABASE_URL": cluster.create("races")})
    assert (outcome.rounds, outcome.findings) == (ROUNDS, [])
