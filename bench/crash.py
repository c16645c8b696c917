"""Rounds of: a burst of submits, a crash in the midst of it, a restart, and a look at what was kept."""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

import httpx

from bench.burst import Burst, Moment
from bench.databases import Database, cluster_for, settings
from bench.ledger import Kept, Ledger, audit, read_all
from bench.table import render
from tests.postgres import Cluster
from tests.server import PROGRAM, Person, Server, ServerFailedError

ROUNDS: Final = 20
QUICK_ROUNDS: Final = 1
MOST_REPORTS: Final = 500
MOST_DELAY_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Plan:
    """What runs and what is killed: the whole process group of the server, or the PostgreSQL below it."""

    database: Database
    workers: int
    kills_database: bool = False

    def __str__(self) -> str:
        victim = "database" if self.kills_database else "server"
        return f"{self.database}, {self.workers} worker(s), {victim} killed"


PLANS: Final = (
    Plan(Database.SQLITE, 1),
    Plan(Database.SQLITE, 2),
    Plan(Database.POSTGRESQL, 1),
    Plan(Database.POSTGRESQL, 2),
    Plan(Database.POSTGRESQL, 2, kills_database=True),
)


@dataclass(slots=True)
class Outcome:
    plan: Plan
    rounds: int = 0
    kept: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    findings: list[str] = field(default_factory=list)


def run(plan: Plan, folder: Path, rounds: int, seed: int, program: Sequence[str] | None = PROGRAM) -> Outcome:
    """Plays the rounds on one database that grows, up to the first that has findings."""
    outcome = Outcome(plan)
    try:
        _play(outcome, folder, _moments(rounds, seed), program)
    except* (TimeoutError, ServerFailedError, httpx.HTTPError) as failures:
        outcome.findings += map(str, failures.exceptions)
    if outcome.findings:
        outcome.findings[-1] += f"\nThe end of the server's log:\n{Server(folder).log_tail()}"
    return outcome


def _play(outcome: Outcome, folder: Path, moments: Sequence[Moment], program: Sequence[str] | None) -> None:
    plan = outcome.plan
    with cluster_for(plan.database) as cluster:
        server = Server(folder, settings(plan.workers, cluster), program=program)
        with server, Person(server.url) as ada:
            stage = _Stage(server, cluster if plan.kills_database else None, ada)
            while outcome.rounds < len(moments) and not outcome.findings:
                kept = stage.play_round(outcome.ledger, moments[outcome.rounds])
                outcome.rounds += 1
                outcome.kept = len(kept.reports)
                outcome.findings = audit(outcome.ledger, kept)


def _moments(rounds: int, seed: int) -> list[Moment]:
    dice = random.Random(seed)
    return [Moment(dice.randint(1, MOST_REPORTS), dice.uniform(0, MOST_DELAY_SECONDS)) for _ in range(rounds)]


class _Stage:
    """One server with one person and one project; with `victim`, what is killed is that cluster."""

    def __init__(self, server: Server, victim: Cluster | None, ada: Person) -> None:
        self._server = server
        self._victim = victim
        self._key = ada.create_project().key
        self._token = ada.mint_token()
        self._titles = (f"Crash report {number}" for number in count())

    def play_round(self, ledger: Ledger, moment: Moment) -> Kept:
        blow = self._server.kill if self._victim is None else self._victim.crash
        Burst(self._server.port, self._key, ledger, self._titles).play(moment, blow)
        self._restart()
        return self._look()

    def _restart(self) -> None:
        if self._victim is None:
            self._server.start()
        else:
            self._victim.start()
            self._server.wait_until_ready()

    def _look(self) -> Kept:
        headers = {"Authorization": f"Bearer {self._token}"}
        with httpx.Client(
            base_url=self._server.url, headers=headers, timeout=30.0, trust_env=False, verify=False
        ) as http:
            return read_all(http)


HEADINGS: Final = ("crash rounds", "rounds", "acknowledged", "unanswered", "kept", "findings")


def cells(outcome: Outcome) -> tuple[str, ...]:
    """An outcome as a row below HEADINGS."""
    ledger = outcome.ledger
    figures = (outcome.rounds, len(ledger.acknowledged), ledger.unanswered, outcome.kept)
    return (str(outcome.plan), *map(str, figures), str(len(outcome.findings)))


def run_in_passing(plan: Plan, rounds: int, seed: int, program: Sequence[str] = PROGRAM) -> Outcome:
    """The same in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="lacewing-crash-") as folder:
        return run(plan, Path(folder), rounds, seed, program)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--seed", type=int, default=1, help="decides the moments of the crashes")
    options.add_argument("--program", default=None, help="another program than this environment's lacewing")
    chosen = options.parse_args()
    program = [chosen.program] if chosen.program else PROGRAM
    outcomes = [run_in_passing(plan, chosen.rounds, chosen.seed, program) for plan in PLANS]
    print(render(HEADINGS, [cells(outcome) for outcome in outcomes]))
    findings = [f"{outcome.plan}: {finding}" for outcome in outcomes for finding in outcome.findings]
    print(*findings, sep="\n", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
