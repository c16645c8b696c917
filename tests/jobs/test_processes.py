"""Real worker processes on one database, one of which is killed at its work."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.children import bound_to_us
from tests.jobs.working import Yard
from tests.storage.test_processes import ROOT

PATIENCE_SECONDS = 90
JOBS = 60


@contextmanager
def digger(url: str, path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.jobs.dig", url, str(path)]
    bound = bound_to_us(command, signal.SIGKILL, pwd.getpwuid(os.geteuid()))
    process = subprocess.Popen(bound, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_no_two_processes_do_one_job_or_lane_at_once_and_what_a_killed_one_began_is_done(
    yard: Yard, url: str, tmp_path: Path
) -> None:
    path = tmp_path / "told"
    with digger(url, path) as one, digger(url, path) as other:
        for number in range(JOBS):
            yard.add(f"{number}", lane=f"{number % 7}")
        yard.add("long", lane="0")
        victim = _who_begins(path, "long")
        for number in range(JOBS, 2 * JOBS):
            yard.add(f"{number}", lane=f"{number % 7}")
        killed_at = time.monotonic_ns()
        {one.pid: one, other.pid: other}[victim].kill()
        _wait(lambda: yard.rows() == [])

    told = [line.split() for line in path.read_text().splitlines()]
    begun, ended = ({line[3] for line in told if line[2] == what} for what in ("begins", "ends"))
    assert len(begun) == len(ended) == 2 * JOBS + 1
    by_lane = defaultdict(list)
    for at, pid, what, name, lane in told:
        by_lane[lane].append((int(at), int(pid), what, name))
    for lines in by_lane.values():
        _check_one_by_one(lines, victim, killed_at)


def _check_one_by_one(lines: list[tuple[int, int, str, str]], victim: int, killed_at: int) -> None:
    """Each ends, or is the victim's that was killed at it, before the next begins."""
    under_way: tuple[int, str] | None = None
    for at, pid, what, name in sorted(lines):
        if what == "ends":
            assert under_way == (pid, name)
            under_way = None
            continue
        assert under_way is None or (under_way == (victim, name) and at > killed_at)
        under_way = (pid, name)


def _who_begins(path: Path, name: str) -> int:
    def lines() -> list[list[str]]:
        return [line.split() for line in path.read_text().splitlines()] if path.exists() else []

    _wait(lambda: any(line[3] == name for line in lines()))
    [pid] = {int(line[1]) for line in lines() if line[3] == name}
    return pid


def _wait(is_so) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
