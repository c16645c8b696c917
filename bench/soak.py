"""`python -m bench.soak`: crashes, backups, deliveries, races, conformance, logins, load, frameworks.

Exit 1 on any finding.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import httpx

from bench import (
    backup,
    conformance,
    crash,
    deliveries,
    frameworks,
    live_crash,
    login,
    mixed,
    session_races,
    subjects,
    token_races,
)
from bench.databases import Database, cluster_for, settings
from bench.subjects import SETUPS, Setup
from bench.table import render
from tests.postgres import find_programs
from tests.server import PROGRAM

REPORTS: Final = 1_000
_HEADINGS: Final = ("", "how much", "figures", "findings")


@dataclass(frozen=True, slots=True)
class Line:
    what: str
    amount: str
    figures: str
    findings: list[str]


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int
    backups: backup.Plan
    followed: int
    kills: deliveries.Plan
    races: int
    examples: int
    seconds: int
    limits: mixed.Limits
    logins: login.Plan


FULL: Final = Plan(
    crash.ROUNDS,
    backup.FULL,
    live_crash.ROUNDS,
    deliveries.FULL,
    token_races.ROUNDS,
    conformance.EXAMPLES,
    mixed.SECONDS,
    mixed.STEADY,
    login.FULL,
)
QUICK: Final = Plan(
    crash.QUICK_ROUNDS,
    backup.QUICK,
    live_crash.QUICK_ROUNDS,
    deliveries.QUICK,
    token_races.QUICK_ROUNDS,
    conformance.QUICK_EXAMPLES,
    mixed.QUICK_SECONDS,
    mixed.Limits(),
    login.QUICK,
)


Attempts = Iterator[tuple[str, Callable[[], list[Line]]]]


def main() -> int:
    chosen = _parse()
    if find_programs() is None:
        print("PostgreSQL is not installed (Debian: apt-get install postgresql)", file=sys.stderr)
        return 2
    program = [chosen.program] if chosen.program else PROGRAM
    lines = [
        _tell(line) for line in _soak(QUICK if chosen.quick else FULL, chosen.seed, program, chosen.part)
    ]
    print(render(_HEADINGS, [_cells(line) for line in lines], left_columns=3))
    return 1 if any(line.findings for line in lines) else 0


def _tell(line: Line) -> Line:
    print(
        line.what,
        "found something:" if line.findings else "is done",
        *line.findings,
        sep="\n  ",
        file=sys.stderr,
    )
    return line


def _parse() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    options.add_argument("--quick", action="store_true", help="few rounds and examples, no limits")
    options.add_argument("--seed", type=int, default=1, help="decides the crashes and the examples")
    options.add_argument("--part", nargs="+", choices=PARTS, default=list(PARTS))
    options.add_argument("--program", help="another program than this environment's lacewing")
    return options.parse_args()


def _soak(plan: Plan, seed: int, program: Sequence[str], parts: Sequence[str]) -> Iterator[Line]:
    for name, part in PARTS.items():
        if name in parts:
            for what, attempt in part(plan, seed, program):
                yield from _attempt(what, attempt)


def _attempt(what: str, part: Callable[[], list[Line]]) -> list[Line]:
    """The part's lines, or, if it could not be done, why not: the others are still worth it."""
    try:
        return part()
    except (RuntimeError, httpx.HTTPError) as error:
        return [Line(what, "", "could not be done", [str(error)])]


def _crashes(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    for each in crash.PLANS:
        yield f"crash: {each}", partial(_crash, each, plan, seed, program)


def _backups(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    for database in Database:
        yield f"backups: {database}", partial(_back_up, database, plan, seed, program)


def _followings(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    for database in Database:
        yield f"followed: {database}", partial(_follow, database, plan, seed, program)


def _deliveries(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    for database in Database:
        yield f"deliveries: {database}", partial(_deliver, database, plan, seed, program)


def _races(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    for database in Database:
        yield f"races of tokens: {database}", partial(_race_tokens, database, plan, seed)
        yield f"races of sessions: {database}", partial(_race_sessions, database, plan, seed)


def _conformance(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    yield "conformance", partial(_conform, plan, seed, program)


def _logins(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    yield "logins", partial(_log_in, plan, program)


def _loads(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    for setup in SETUPS:
        yield f"load: {setup}", partial(_mix, setup, plan, program)


def _frameworks(plan: Plan, seed: int, program: Sequence[str]) -> Attempts:
    for framework in frameworks.APPS:
        yield f"framework: {framework}", partial(_take_in, framework, program)


PARTS: Final[Mapping[str, Callable[[Plan, int, Sequence[str]], Attempts]]] = {
    "crash": _crashes,
    "backup": _backups,
    "live": _followings,
    "deliveries": _deliveries,
    "races": _races,
    "conformance": _conformance,
    "login": _logins,
    "mixed": _loads,
    "frameworks": _frameworks,
}


def _crash(each: crash.Plan, plan: Plan, seed: int, program: Sequence[str]) -> list[Line]:
    return [_crash_line(crash.run_in_passing(each, plan.rounds, seed, program))]


def _back_up(database: Database, plan: Plan, seed: int, program: Sequence[str]) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="lacewing-backups-") as folder:
        outcome = backup.run(database, Path(folder), plan.backups, seed, program)
    return [Line(f"backups: {database}", f"{outcome.rounds} rounds", outcome.figures(), outcome.findings)]


def _follow(database: Database, plan: Plan, seed: int, program: Sequence[str]) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="lacewing-followed-") as folder:
        outcome = live_crash.run(database, Path(folder), plan.followed, seed, program)
    figures = f"{outcome.told} reports told over {outcome.connections} streams"
    return [Line(f"followed: {database}", f"{outcome.rounds} rounds", figures, outcome.findings)]


def _deliver(database: Database, plan: Plan, seed: int, program: Sequence[str]) -> list[Line]:
    what, many = f"deliveries: {database}", f"{deliveries.MANY} deliveries"
    with tempfile.TemporaryDirectory(prefix="lacewing-deliveries-") as folder:
        outcome = deliveries.run(database, Path(folder) / "kills", plan.kills.rounds, seed, program)
        seconds = deliveries.hurry(database, Path(folder) / "hurry", program)
    figures = f"{outcome.expected} expected, {len(outcome.calls)} calls, {outcome.repeated} repeated"
    late = [f"they took {seconds:.1f} s"] if seconds > plan.kills.most_seconds else []
    return [
        Line(f"{what}, killed", f"{outcome.rounds} rounds", figures, outcome.findings),
        Line(f"{what}, in a hurry", many, f"{seconds:.1f} s", late),
    ]


def _race_tokens(database: Database, plan: Plan, seed: int) -> list[Line]:
    with cluster_for(database) as cluster:
        outcome = token_races.race_tokens(plan.races, seed, settings(2, cluster))
    figures = f"{outcome.answers} answers, {outcome.rotated} rotated, {outcome.revoked} revoked"
    return [Line(f"races of tokens: {database}", f"{outcome.rounds} rounds", figures, outcome.findings)]


def _race_sessions(database: Database, plan: Plan, seed: int) -> list[Line]:
    with cluster_for(database) as cluster:
        outcome = session_races.race_sessions(plan.races, seed, settings(2, cluster))
    figures = "refresh, logout, password change, by two at once"
    return [Line(f"races of sessions: {database}", f"{outcome.rounds} rounds", figures, outcome.findings)]


def _conform(plan: Plan, seed: int, program: Sequence[str]) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="lacewing-conformance-") as folder:
        outcomes = conformance.run(Path(folder), plan.examples, seed, program)
    return [_conformance_line(outcome) for outcome in outcomes]


def _log_in(plan: Plan, program: Sequence[str]) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="lacewing-login-") as folder:
        outcome = login.run(Path(folder), plan.logins, program)
    return [Line("logins", outcome.amount(), outcome.figures(), outcome.findings(plan.logins))]


def _mix(setup: Setup, plan: Plan, program: Sequence[str]) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="lacewing-mixed-") as folder, ExitStack() as stack:
        subject = subjects.start(stack, setup, Path(folder), REPORTS, program)
        return [_mixed_line(mixed.run(subject, plan.seconds, plan.limits))]


def _take_in(framework: str, program: Sequence[str]) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="lacewing-framework-") as folder:
        outcome = frameworks.run(framework, Path(folder), program)
    figures = f"{outcome.seconds:.0f} s"
    return [Line(f"framework: {framework}", "1 report", figures, outcome.findings)]


def _crash_line(outcome: crash.Outcome) -> Line:
    ledger = outcome.ledger
    figures = f"{len(ledger.acknowledged)} acknowledged, {ledger.unanswered} unanswered, {outcome.kept} kept"
    return Line(f"crash: {outcome.plan}", f"{outcome.rounds} rounds", figures, outcome.findings)


def _conformance_line(outcome: conformance.Outcome) -> Line:
    what = f"conformance: {outcome.document}, {outcome.caller}"
    return Line(what, f"{outcome.cases} cases", "", outcome.findings)


def _mixed_line(outcome: mixed.Outcome) -> Line:
    sample = outcome.sample
    latency = f"p50 {sample.p50_ms:.1f}, p99 {sample.p99_ms:.1f} ms"
    memory = f"PSS {outcome.pss_mib:.0f} MiB ({outcome.growth_mib:+.1f})"
    figures = f"{sample.per_second:,.0f} req/s, {latency}, {memory}"
    return Line(f"load: {outcome.subject}", f"{sample.seconds:.0f} s", figures, outcome.findings)


def _cells(line: Line) -> tuple[str, ...]:
    return (line.what, line.amount, line.figures, str(len(line.findings)))


if __name__ == "__main__":
    sys.exit(main())
