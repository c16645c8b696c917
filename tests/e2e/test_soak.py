"""Short, seeded rounds of what `make soak` does at length."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from bench import conformance, live_crash, mixed, subjects
from bench.databases import Database
from bench.subjects import Setup

SEED = 20260301
REPORTS = 200


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_answer_is_one_that_the_documents_promise(tmp_path: Path) -> None:
    outcomes = conformance.run(tmp_path, conformance.QUICK_EXAMPLES, SEED, program=None, is_short=True)
    assert [finding for outcome in outcomes for finding in outcome.findings] == []
    assert all(outcome.cases for outcome in outcomes if outcome.document in conformance.DOCUMENTS)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_submits_and_lists_side_by_side_meet_no_error(tmp_path: Path, workers: int) -> None:
    with ExitStack() as stack:
        subject = subjects.start(stack, Setup(Database.SQLITE, workers), tmp_path, REPORTS)
        assert mixed.run(subject, mixed.QUICK_SECONDS, mixed.Limits()).findings == []


@pytest.mark.slow
@pytest.mark.parametrize("database", Database)
def test_a_follower_misses_nothing_when_the_server_is_killed(tmp_path: Path, database: Database) -> None:
    outcome = live_crash.run(database, tmp_path, rounds=1, seed=SEED, program=None)
    assert outcome.findings == []
    assert outcome.told
