"""Several processes on one database: on SQLite they take turns, on PostgreSQL rows are locked."""

import subprocess
import sys
from pathlib import Path

from lacewing.storage import Database
from tests.storage.count_up import begin, count_up, reached
from tests.world import Run

ROOT = Path(__file__).parents[2]
TIMES = 60


def test_no_update_is_lost_between_processes(db: Database, url: str, run: Run) -> None:
    run(db.write(begin))
    command = [sys.executable, "-m", "tests.storage.count_up", url, str(TIMES)]
    others = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]

    run(count_up(db, TIMES))
    told = [other.communicate(timeout=60)[0] for other in others]

    assert told == ["", ""]
    assert run(db.write(reached)) == 3 * TIMES
