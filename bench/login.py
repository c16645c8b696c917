"""`python -m bench.login`: do logins tell known accounts from unknown by their time, or hold others up?"""

import argparse
import asyncio
import json
import math
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Final

import httpx

from bench.databases import RAISED_LIMITS
from bench.wire import Connection
from tests.server import PASSWORD, PROGRAM, Person, Server

AT_ONCE: Final = 100
LOOK_SECONDS: Final = 0.01
LOGIN: Final = "/api/v1/auth/login"
_RIGHT: Final = {"email": "ada@example.com", "password": PASSWORD}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured, and what is a finding; a short run has no limits."""

    pairs: int
    seconds: float
    most_apart: float = math.inf
    health_p99_ms: float = math.inf


FULL: Final = Plan(pairs=150, seconds=15, most_apart=0.10, health_p99_ms=50.0)
QUICK: Final = Plan(pairs=20, seconds=3)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Milliseconds. `health` was asked all the while; `answers` are what the logins met, by status."""

    known: float
    unknown: float
    idle: list[float]
    health: list[float]
    logins: list[float]
    answers: Counter[int] = field(default_factory=Counter)

    def amount(self) -> str:
        return f"{self.answers[200]} of {self.answers.total()} logins"

    def figures(self) -> str:
        wrong = f"wrong password p50 {self.known:.1f} known, {self.unknown:.1f} unknown"
        health = f"health p99 {percentile(self.idle, 99):.1f} idle, {percentile(self.health, 99):.1f} ms"
        return f"{wrong}; {health} beside {AT_ONCE} logins of {percentile(self.logins, 50):.0f} ms"

    def findings(self, plan: Plan) -> list[str]:
        found = []
        if abs(self._apart()) > plan.most_apart:
            found.append(f"the medians of known and unknown accounts are {self._apart():+.1%} apart")
        if (p99 := percentile(self.health, 99)) > plan.health_p99_ms:
            found.append(f"GET /health took {p99:.1f} ms beside the logins (p99)")
        if strange := self.answers.keys() - {200, 503}:
            found.append(f"logins met {strange}")
        return found

    def _apart(self) -> float:
        return self.unknown / self.known - 1


def run(folder: Path, plan: Plan, program: Sequence[str] = PROGRAM) -> Outcome:
    """A real server with the real parameters of Argon2, and budgets that are never reached."""
    with Server(folder, {"LACEWING_LIMITS": RAISED_LIMITS}, program=program) as server:
        Person(server.url).close()
        known, unknown = _compare(server.url, plan.pairs)
        idle = _watch(server.url, lambda: time.sleep(plan.seconds / 5))
        logins: list[float] = []
        answers: Counter[int] = Counter()
        health = _watch(server.url, lambda: asyncio.run(_crowd(server.port, plan.seconds, logins, answers)))
    return Outcome(known, unknown, idle, health, logins, answers)


def percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def _compare(url: str, pairs: int) -> tuple[float, float]:
    """Medians of wrong passwords, each known account's between two unknown ones."""
    taken: dict[str, list[float]] = {"ada@example.com": [], "eve@example.com": []}
    with httpx.Client(base_url=url, trust_env=False, verify=False) as http:
        for _ in range(pairs):
            for email, times in taken.items():
                began = time.perf_counter()
                http.post(LOGIN, json={"email": email, "password": "wrong password"})
                times.append((time.perf_counter() - began) * 1000)
    known, unknown = map(statistics.median, taken.values())
    return known, unknown


def _watch(url: str, meanwhile: Callable[[], object]) -> list[float]:
    """What GET /health takes until `meanwhile` has ended."""
    over = Event()
    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(_ask_health, url, over)
        try:
            meanwhile()
        finally:
            over.set()
        return watching.result()


def _ask_health(url: str, over: Event) -> list[float]:
    taken = []
    with httpx.Client(base_url=url, trust_env=False, verify=False) as http:
        http.get("/health")
        while not over.wait(LOOK_SECONDS):
            began = time.perf_counter()
            http.get("/health").raise_for_status()
            taken.append((time.perf_counter() - began) * 1000)
    return taken


async def _crowd(port: int, seconds: float, logins: list[float], answers: Counter[int]) -> None:
    until = time.monotonic() + seconds
    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(_log_in_until(until, port, logins, answers))


async def _log_in_until(until: float, port: int, logins: list[float], answers: Counter[int]) -> None:
    """One person; who is told to come back in a second does."""
    connection = await Connection.open(port)
    body = json.dumps(_RIGHT).encode()
    try:
        while time.monotonic() < until:
            began = time.perf_counter()
            answer = await connection.post(LOGIN, {}, body)
            answers[answer.status] += 1
            if answer.status == 200:
                logins.append((time.perf_counter() - began) * 1000)
            else:
                await asyncio.sleep(1)
    finally:
        connection.close()


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench.login", description=__doc__)
    options.add_argument("--quick", action="store_true", help="few logins, no limits")
    chosen = options.parse_args()
    plan = QUICK if chosen.quick else FULL
    with tempfile.TemporaryDirectory(prefix="lacewing-login-") as folder:
        outcome = run(Path(folder), plan)
    findings = outcome.findings(plan)
    print(f"{outcome.amount()}; {outcome.figures()}")
    print(*findings, sep="\n", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
