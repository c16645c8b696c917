"""Rounds of: a burst of submits, kill -9 in the midst of it, a restart; one client follows throughout."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

import httpx

from bench.burst import Burst, Moment
from bench.databases import Database, cluster_for, settings
from bench.followers import STREAM
from bench.ledger import Ledger
from tests.server import PROGRAM, Person, Server, ServerFailedError

ROUNDS: Final = 20
QUICK_ROUNDS: Final = 2
WORKERS: Final = 2
MOST_REPORTS: Final = 200
MOST_DELAY_SECONDS: Final = 0.02
PATIENCE_SECONDS: Final = 20.0
AGAIN_SECONDS: Final = 0.1


@dataclass(slots=True)
class Outcome:
    rounds: int = 0
    told: int = 0
    connections: int = 0
    findings: list[str] = field(default_factory=list)


class Follower:
    """Comes again with the last id that it was told, as `EventSource` does. `told` are reports, in order."""

    def __init__(self, url: str, token: str) -> None:
        self.told: list[str] = []
        self.sequences: list[int] = []
        self.resets = 0
        self.connections = 0
        self.last_id = ""
        self._url = url
        self._token = token
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def wait_for(self, acknowledged: set[str]) -> set[str]:
        """What is still missing when it was waited for long enough."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (missing := acknowledged - set(self.told)) and time.monotonic() < deadline:
            time.sleep(AGAIN_SECONDS)
        return missing

    def wait_to_begin(self) -> None:
        while not self.last_id:
            time.sleep(AGAIN_SECONDS)

    def stop(self) -> None:
        """What it waits for ends with the server."""
        self._is_over.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._is_over.is_set():
            try:
                self._follow_once()
            except httpx.HTTPError:
                time.sleep(AGAIN_SECONDS)

    def _follow_once(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        if self.last_id:
            headers["Last-Event-ID"] = self.last_id
        with (
            httpx.Client(
                base_url=self._url, headers=headers, timeout=PATIENCE_SECONDS, trust_env=False
            ) as http,
            http.stream("GET", STREAM) as answer,
        ):
            answer.raise_for_status()
            self.connections += 1
            fields: dict[str, str] = {}
            for line in answer.iter_lines():
                name, _, value = line.partition(": ")
                fields[name] = value
                if not line:
                    self._take(fields)
                    fields = {}

    def _take(self, fields: dict[str, str]) -> None:
        self.last_id = fields.get("id", self.last_id)
        if fields.get("event") == "reset":
            self.resets += 1
        elif "data" in fields:
            self.sequences.append(int(self.last_id))
            self.told.append(json.loads(fields["data"])["reportId"])


def run(
    database: Database, folder: Path, rounds: int, seed: int, program: Sequence[str] | None = PROGRAM
) -> Outcome:
    """Every report that was acknowledged is told once and in order, whatever is killed."""
    outcome, dice = Outcome(), random.Random(seed)
    with cluster_for(database) as cluster:
        server = Server(folder, settings(WORKERS, cluster), program=program)
        with server, Person(server.url) as ada:
            key, follower = ada.create_project().key, Follower(server.url, ada.mint_token())
            follower.wait_to_begin()
            ledger, titles = Ledger(), (f"Followed report {number}" for number in count())
            try:
                while outcome.rounds < rounds and not outcome.findings:
                    moment = Moment(dice.randint(1, MOST_REPORTS), dice.uniform(0, MOST_DELAY_SECONDS))
                    Burst(server.port, key, ledger, titles).play(moment, server.kill)
                    server.start()
                    outcome.rounds += 1
                    outcome.findings = _audit(follower, {report.id for report in ledger.acknowledged})
            except* (TimeoutError, ServerFailedError, httpx.HTTPError) as failures:
                outcome.findings += map(str, failures.exceptions)
            server.kill()
            follower.stop()
    outcome.told, outcome.connections = len(follower.told), follower.connections
    return outcome


def _audit(follower: Follower, acknowledged: set[str]) -> list[str]:
    found = []
    if missing := follower.wait_for(acknowledged):
        found.append(f"{len(missing)} acknowledged reports were never told")
    if twice := [each for each, times in Counter(follower.told).items() if times > 1]:
        found.append(f"{len(twice)} reports were told twice")
    if follower.sequences != sorted(follower.sequences):
        found.append("changes were told out of order")
    if follower.resets:
        found.append(f"{follower.resets} resets where nothing was missed")
    return found
