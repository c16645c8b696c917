"""A backup that is made under load restores to a server that has all that was acknowledged before it."""

import os
from pathlib import Path

import pytest

from bench import backup
from bench.databases import Database
from tests.postgres import find_programs

SEED = 20260301


@pytest.mark.slow
@pytest.mark.parametrize("database", Database)
def test_nothing_that_was_acknowledged_before_a_backup_is_missing_in_it(
    tmp_path: Path, database: Database
) -> None:
    if database is Database.POSTGRESQL and find_programs() is None and os.environ.get("CI") != "true":
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    outcome = backup.run(database, tmp_path, backup.QUICK, SEED, program=None)
    assert outcome.findings == []
    assert outcome.pictures
    assert (tmp_path / "1.tar.zst").stat().st_mode & 0o777 == 0o600
