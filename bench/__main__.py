"""`python -m bench`: measures Lacewing beside its ceilings and prints one table."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from bench import results, subjects, wrk
from bench.databases import Database
from bench.inserts import Inserts
from bench.measure import Measurements, Plan, measure_all
from bench.operations import Ask
from bench.results import State
from bench.subjects import SETUPS, Setup, Subject
from tests.postgres import find_programs
from tests.server import PROGRAM

FULL: Final = Plan(rounds=3, seconds=2, connections=(1, 16, 64), reports=10_000)
QUICK: Final = Plan(rounds=1, seconds=1, connections=(16,), reports=1_000)


def main() -> int:
    chosen = _parse()
    plan = _plan(chosen)
    setups = [setup for setup in SETUPS if chosen.only in str(setup)]
    if missing := _missing(setups):
        print(missing, file=sys.stderr)
        return 2
    with (
        tempfile.TemporaryDirectory(prefix="lacewing-bench-", dir=chosen.folder) as folder,
        ExitStack() as stack,
    ):
        running = [
            subjects.start(stack, setup, Path(folder), plan.reports, _program(chosen)) for setup in setups
        ]
        measured = _measure(stack, running, Path(folder), plan)
        failures = [*measured.failures(), *_unstored(running, measured)]
        states = [_end(subject) for subject in running]
    print(results.as_table(measured, states))
    if chosen.json:
        results.write_json(chosen.json, measured, states)
    print(*failures, sep="\n", file=sys.stderr)
    return 1 if failures else 0


def _parse() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument(
        "--quick", action="store_true", help="one short round at 16 connections, 1,000 reports"
    )
    options.add_argument("--rounds", type=int)
    options.add_argument("--seconds", type=int, help="of each single measurement")
    options.add_argument("--reports", type=int, help="how many are seeded")
    options.add_argument("--connections", type=int, nargs="+")
    options.add_argument(
        "--only", default="", help="part of the names of the set-ups to measure: 'sqlite', '1w'"
    )
    options.add_argument("--json", type=Path, help="a file for the figures")
    options.add_argument(
        "--folder", type=Path, help="where the databases stand: choose the disk to be measured"
    )
    options.add_argument("--program", help="another program than this environment's lacewing")
    return options.parse_args()


def _plan(chosen: argparse.Namespace) -> Plan:
    base = QUICK if chosen.quick else FULL
    return Plan(
        rounds=chosen.rounds or base.rounds,
        seconds=chosen.seconds or base.seconds,
        connections=tuple(chosen.connections or base.connections),
        reports=chosen.reports or base.reports,
    )


def _program(chosen: argparse.Namespace) -> Sequence[str]:
    return [chosen.program] if chosen.program else PROGRAM


def _missing(setups: Sequence[Setup]) -> str | None:
    if not wrk.is_installed():
        return "wrk is not installed (Debian: apt-get install wrk)"
    if any(setup.database is Database.POSTGRESQL for setup in setups) and find_programs() is None:
        return "PostgreSQL is not installed (Debian: apt-get install postgresql); --only sqlite does without"
    return None


def _measure(stack: ExitStack, running: Sequence[Subject], folder: Path, plan: Plan) -> Measurements:
    inserts = stack.enter_context(closing(Inserts(folder)))
    return measure_all(running, subjects.start_bare(stack, folder), inserts, plan)


def _unstored(running: Sequence[Subject], measured: Measurements) -> list[str]:
    """A submit that is answered without being stored would look quick."""
    counts = ((subject, measured.requests(Ask.SUBMIT, subject.name), subject.stored()) for subject in running)
    return [f"{subject.name}: stored {has} of {sent} submits" for subject, sent, has in counts if has < sent]


def _end(subject: Subject) -> State:
    after = subject.memory()
    return State(subject.name, subject.idle, after, subject.restart_seconds())


if __name__ == "__main__":
    sys.exit(main())
