"""An acknowledged report outlives a crash, and the numbers stay 1 to N."""

import os
from pathlib import Path

import pytest

from bench.crash import PLANS, QUICK_ROUNDS, Plan, run
from bench.databases import Database
from tests.postgres import find_programs

SEED = 20260301
# As a small team runs it, and as a company does; `make soak` kills the others, too.
USUAL = [plan for plan in PLANS if (plan.database is Database.SQLITE) == (plan.workers == 1)]


def _skip_without(database: Database) -> None:
    if database is Database.POSTGRESQL and find_programs() is None and os.environ.get("CI") != "true":
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")


@pytest.mark.slow
@pytest.mark.parametrize("plan", USUAL, ids=str)
def test_a_crash_in_a_burst_loses_no_acknowledged_report_and_leaves_no_gap(
    plan: Plan, tmp_path: Path
) -> None:
    _skip_without(plan.database)
    outcome = run(plan, tmp_path, QUICK_ROUNDS, SEED, program=None)
    assert outcome.findings == []
    assert outcome.rounds == QUICK_ROUNDS
    assert len(outcome.ledger.acknowledged) >= QUICK_ROUNDS
