"""Rounds of: reports with comments, a kill amid their deliveries, a restart. And how quick they are."""

import asyncio
import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, pairwise
from pathlib import Path
from typing import Final

from bench import payload
from bench.databases import Database, cluster_for, settings
from bench.receiver import Call, Receiver
from bench.seeding import SUBMIT
from bench.wire import Connection
from tests.server import PROGRAM, Person, Server
from tests.workers import WorkerProcess

REPORTS: Final = 100  # each with a comment: twice as many deliveries
CONNECTIONS: Final = 8
RECEIVER_SECONDS: Final = 0.02
PATIENCE_SECONDS: Final = 90.0
MANY: Final = 1_000
SHOWN: Final = 5
CREATED: Final = "report.created"
COMMENTED: Final = "report.commented"
VICTIMS: Final = (("server",), ("worker",), ("server", "worker"))


@dataclass(frozen=True, slots=True)
class Plan:
    """A short run has no limit to the seconds that many deliveries take."""

    rounds: int
    most_seconds: float = math.inf


FULL: Final = Plan(rounds=20, most_seconds=10.0)
QUICK: Final = Plan(rounds=1)


@dataclass(slots=True)
class Outcome:
    rounds: int = 0
    expected: int = 0
    calls: list[Call] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def repeated(self) -> int:
        """Calls with a message that the receiver had been called with before."""
        return len(self.calls) - len({call.message_id for call in self.calls})


def run(
    database: Database, folder: Path, rounds: int, seed: int, program: Sequence[str] = PROGRAM
) -> Outcome:
    """A server that works too and a worker beside it, on one database that grows."""
    outcome, dice = Outcome(), random.Random(seed)
    with ExitStack() as stack:
        environment = stack.enter_context(_environment(database))
        receiver = stack.enter_context(Receiver(RECEIVER_SECONDS, refuses=True))
        server = stack.enter_context(Server(folder, environment, program=program))
        worker = stack.enter_context(WorkerProcess(server.data, environment, program=program))
        stage = _Stage(server, worker, receiver)
        for _ in range(rounds):
            stage.play_round(dice)
            outcome.rounds += 1
        outcome.expected = len(stage.expected)
        outcome.calls = receiver.calls
        outcome.findings = [*stage.findings, *audit(receiver.calls)]
    return outcome


def hurry(database: Database, folder: Path, program: Sequence[str] = PROGRAM, many: int = MANY) -> float:
    """The seconds that a worker takes from the first to the last of so many, all to one quick receiver."""
    with ExitStack() as stack:
        environment = {**stack.enter_context(_environment(database)), "LACEWING_WORKER": "off"}
        receiver = stack.enter_context(Receiver())
        server = stack.enter_context(Server(folder, environment, program=program))
        stage = _Stage(server, None, receiver)
        asyncio.run(stage.submit(many, comments=False))
        stack.enter_context(WorkerProcess(server.data, environment, program=program))
        stage.wait(lambda: len(receiver.taken()) >= many)
        return receiver.calls[-1].ended - receiver.calls[0].begun


def audit(calls: Sequence[Call]) -> list[str]:
    """What is wrong with what the receiver was called with; nothing if all is well."""
    return [*_parallel(calls), *_disordered(calls), *_renamed(calls)]


def _parallel(calls: Sequence[Call]) -> list[str]:
    by_report = defaultdict(list)
    for call in calls:
        by_report[call.report].append(call)
    pairs = [pair for its in by_report.values() for pair in pairwise(sorted(its, key=lambda c: c.begun))]
    found = [later.message_id for earlier, later in pairs if later.begun < earlier.ended]
    return (
        [f"{len(found)} calls began before another of their report had ended: {found[:SHOWN]}"]
        if found
        else []
    )


def _disordered(calls: Sequence[Call]) -> list[str]:
    created = {
        call.report: call.ended for call in reversed(calls) if call.status == 200 and call.event == CREATED
    }
    found = [
        call.message_id
        for call in calls
        if call.event == COMMENTED and call.begun < created.get(call.report, float("inf"))
    ]
    return [f"{len(found)} comments were told before their reports: {found[:SHOWN]}"] if found else []


def _renamed(calls: Sequence[Call]) -> list[str]:
    ids = defaultdict(set)
    for call in calls:
        ids[call.event, call.subject].add(call.message_id)
    found = [subject for (_, subject), its in ids.items() if len(its) > 1]
    return [f"{len(found)} messages came under several ids: {found[:SHOWN]}"] if found else []


@contextmanager
def _environment(database: Database) -> Iterator[dict[str, str]]:
    with cluster_for(database) as cluster:
        calls_us = {"LACEWING_WEBHOOK_HTTP": "on", "LACEWING_WEBHOOK_HOSTS": "127.0.0.1"}
        yield settings(1, cluster) | calls_us


class _Stage:
    """One person with one project, whose webhook is the receiver's."""

    def __init__(self, server: Server, worker: WorkerProcess | None, receiver: Receiver) -> None:
        self.expected: set[tuple[str, str]] = set()
        self.findings: list[str] = []
        self._server = server
        self._worker = worker
        self._receiver = receiver
        self._titles = (f"Delivery {number}" for number in count())
        with Person(server.url) as ada:
            project = ada.create_project()
            self._key = {"X-API-Key": project.key}
            self._token = {"Authorization": f"Bearer {ada.mint_token()}"}
            events = [CREATED, COMMENTED]
            ada.post(f"/api/v1/webhooks?project_id={project.id}", url=receiver.url, events=events)

    def play_round(self, dice: random.Random) -> None:
        victims = dice.choice(VICTIMS)
        asyncio.run(self._submit_and_kill(dice, victims))
        self._restart(victims)  # on this thread: with that which starts them, they die
        self.wait(lambda: not self._missing())
        if missing := self._missing():
            self.findings.append(f"{len(missing)} were not delivered: {sorted(missing)[:SHOWN]}")
            self.expected -= missing

    async def submit(self, reports: int, *, comments: bool = True) -> None:
        titles = iter([next(self._titles) for _ in range(reports)])
        async with asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._submit_some(titles, comments=comments))

    def wait(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so() and time.monotonic() < deadline:
            time.sleep(0.02)

    async def _submit_and_kill(self, dice: random.Random, victims: Sequence[str]) -> None:
        before = self._receiver.begun
        submitting = asyncio.create_task(self.submit(REPORTS))
        after, delay = dice.randrange(1, REPORTS * 3 // 2), dice.uniform(0, RECEIVER_SECONDS)
        await asyncio.to_thread(self.wait, lambda: self._receiver.begun >= before + after)
        await asyncio.sleep(delay)
        self._kill(victims)
        await submitting

    def _kill(self, victims: Sequence[str]) -> None:
        if "worker" in victims and self._worker is not None:
            self._worker.kill()
        if "server" in victims:
            self._server.kill()

    def _restart(self, victims: Sequence[str]) -> None:
        if "server" in victims:
            self._server.start()
        if "worker" in victims and self._worker is not None:
            self._worker.start()

    async def _submit_some(self, titles: Iterator[str], *, comments: bool) -> None:
        """What is not answered was lost with the server, or not: nothing is expected of it."""
        with suppress(ConnectionError, OSError):
            connection = await Connection.open(self._server.port)
            for title in titles:
                report = await self._post(connection, SUBMIT, self._key, payload.body(title))
                self.expected.add((CREATED, report))
                if comments:
                    path = f"{SUBMIT}/{report}/comments"
                    comment = await self._post(connection, path, self._token, b'{"body": "Seen."}')
                    self.expected.add((COMMENTED, comment))
            connection.close()

    async def _post(self, connection: Connection, path: str, headers: dict[str, str], body: bytes) -> str:
        answer = await connection.post(path, headers, body)
        if answer.status != 201:
            raise RuntimeError(f"POST {path} was answered {answer.status}: {answer.body.decode()}")
        return str(json.loads(answer.body)["id"])

    def _missing(self) -> set[tuple[str, str]]:
        return self.expected - {(call.event, call.subject) for call in self._receiver.taken()}
