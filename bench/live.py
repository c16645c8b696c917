"""`python -m bench.live`: what 500 live streams cost, if they slow submits, how late a change arrives."""

import argparse
import math
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from bench import memory, wrk
from bench.databases import cluster_for, settings
from bench.followers import following
from bench.login import percentile
from bench.operations import Operation
from bench.seeding import SUBMIT
from bench.subjects import SETUPS, Setup
from bench.table import number, render
from tests.server import PROGRAM, Person, Server

OF_EACH: Final = 10
CONNECTIONS: Final = 16
PAUSE_SECONDS: Final = 0.05
SETTLE_SECONDS: Final = 2.0
_HEADINGS: Final = (
    *("", "streams", "PSS MiB", "KiB each", "submits/s", "beside them", "slower"),
    *("late p50 ms", "p99 ms", "under load p99"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured, and what is a finding; a short run has no limits."""

    streams: int
    rounds: int
    seconds: int
    changes: int
    most_mib: float = math.inf
    most_slower: float = math.inf
    late_p99_ms: float = math.inf


FULL: Final = Plan(500, rounds=5, seconds=3, changes=200, most_mib=60, most_slower=0.10, late_p99_ms=300)
QUICK: Final = Plan(50, rounds=1, seconds=1, changes=20)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`late` are of single changes, `late_under_load` of those that came as fast as they were answered."""

    setup: Setup
    streams: int
    mib: float
    alone: float
    beside: float
    late: Sequence[float]
    late_under_load: Sequence[float]

    @property
    def slower(self) -> float:
        return 1 - self.beside / self.alone

    def findings(self, plan: Plan) -> list[str]:
        found = []
        if self.mib > plan.most_mib:
            found.append(f"{self.setup}: {self.streams} streams cost {self.mib:.0f} MiB")
        if self.slower > plan.most_slower:
            found.append(f"{self.setup}: submits are {self.slower:.0%} slower beside {self.streams} streams")
        if (p99 := percentile(self.late, 99)) > plan.late_p99_ms:
            found.append(f"{self.setup}: a change arrives {p99:.0f} ms late (p99)")
        return found


def run(setup: Setup, folder: Path, plan: Plan, program: Sequence[str] = PROGRAM) -> Outcome:
    """The many streams are Ada's, who sees nothing of Ben's project, which takes the load; few follow it."""
    with ExitStack() as stack:
        cluster = stack.enter_context(cluster_for(setup.database))
        server = stack.enter_context(Server(folder, settings(setup.workers, cluster), program=program))
        ada, ben = (stack.enter_context(Person(server.url, name)) for name in ("Ada", "Ben"))
        submit = Operation(SUBMIT, {"X-API-Key": ben.create_project("Burst").key}, posts=True, status=201)
        tokens = [ada.mint_token(f"{number}") for number in range(plan.streams // OF_EACH)]
        wrk.measure(server.url, submit, CONNECTIONS, 1)
        before = _pss(server)
        with following(server.port, tokens, OF_EACH):
            mib = _pss(server) - before
        alone, beside = _rates(server, submit, tokens, plan)
        with following(server.port, [ben.mint_token()], OF_EACH) as near:
            _submit_singly(server.url, submit, plan.changes)
            late = list(near.late_ms)
        with following(server.port, [ben.mint_token()], 1) as near:
            wrk.measure(server.url, submit, CONNECTIONS, plan.seconds)
            time.sleep(SETTLE_SECONDS)
    return Outcome(setup, plan.streams, mib, alone, beside, late, near.late_ms)


def _rates(server: Server, submit: Operation, tokens: Sequence[str], plan: Plan) -> tuple[float, float]:
    """Medians, in turns: what else the machine does meets both."""
    alone, beside = [], []
    for _ in range(plan.rounds):
        alone.append(wrk.measure(server.url, submit, CONNECTIONS, plan.seconds).per_second)
        with following(server.port, tokens, OF_EACH):
            time.sleep(SETTLE_SECONDS)
            beside.append(wrk.measure(server.url, submit, CONNECTIONS, plan.seconds).per_second)
    return statistics.median(alone), statistics.median(beside)


def _submit_singly(url: str, submit: Operation, count: int) -> None:
    with httpx.Client(
        base_url=url, headers=submit.headers, timeout=30.0, trust_env=False, verify=False
    ) as http:
        for _ in range(count):
            report = {"title": f"Change {uuid.uuid4()}", "severity": "low", "category": "bug"}
            http.post(submit.path, json=report).raise_for_status()
            time.sleep(PAUSE_SECONDS)
    time.sleep(SETTLE_SECONDS)


def _pss(server: Server) -> float:
    time.sleep(SETTLE_SECONDS)
    return memory.of(server.processes()).pss_mib


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    options.add_argument("--quick", action="store_true", help="few streams, one short round, no limits")
    options.add_argument("--only", default="", help="part of the names of the set-ups: 'sqlite', '1w'")
    chosen = options.parse_args()
    plan = QUICK if chosen.quick else FULL
    outcomes = []
    for setup in SETUPS:
        if chosen.only in str(setup):
            with tempfile.TemporaryDirectory(prefix="lacewing-live-") as folder:
                outcomes.append(run(setup, Path(folder), plan))
    findings = [finding for outcome in outcomes for finding in outcome.findings(plan)]
    print(render(_HEADINGS, [_cells(outcome) for outcome in outcomes]))
    print(*findings, sep="\n", file=sys.stderr)
    return 1 if findings else 0


def _cells(outcome: Outcome) -> tuple[str, ...]:
    late = (percentile(outcome.late, 50), percentile(outcome.late, 99))
    return (
        str(outcome.setup),
        str(outcome.streams),
        number(outcome.mib, 1),
        number(outcome.mib * 1024 / outcome.streams),
        number(outcome.alone),
        number(outcome.beside),
        f"{outcome.slower:+.1%}",
        *(number(each) for each in late),
        number(percentile(outcome.late_under_load, 99)),
    )


if __name__ == "__main__":
    sys.exit(main())
