"""Rounds of: a backup while reports are sent, with pictures too, and deleted; and a look at what it holds."""

import json
import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final, Self

import httpx

from bench import payload
from bench.databases import RAISED_LIMITS, Database, cluster_for, settings
from bench.ledger import SHOWN, read_all
from tests.postgres import Cluster
from tests.server import PROGRAM, Person, Server, started

WORKERS: Final = 2
SENDERS: Final = 4
MOST_REPORTS: Final = 60
PATIENCE_SECONDS: Final = 60.0
AGAIN_SECONDS: Final = 0.02
LOOKED_AT: Final = 25
PICTURED: Final = "Report with a picture"
_PNG: Final = b"\x89PNG"


@dataclass(frozen=True, slots=True)
class Plan:
    """`pause_seconds` is each thread's between two requests."""

    rounds: int
    pause_seconds: float


FULL: Final = Plan(10, 0.0)
QUICK: Final = Plan(1, 0.1)


@dataclass(slots=True)
class Outcome:
    rounds: int = 0
    acknowledged: int = 0
    pictures: int = 0
    deleted: int = 0
    backup_seconds: list[float] = field(default_factory=list)
    restore_seconds: list[float] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    def figures(self) -> str:
        sent = f"{self.acknowledged} acknowledged, {self.pictures} with pictures, {self.deleted} deleted"
        longest = f"{max(self.backup_seconds):.1f} s to copy, {max(self.restore_seconds):.1f} s to restore"
        return f"{sent}; at most {longest}"


@dataclass(frozen=True, slots=True)
class Known:
    """What was acknowledged at one moment: reports, which have pictures, which were deleted."""

    reports: frozenset[str]
    pictures: frozenset[str]
    deleted: frozenset[str]


class Load:
    """Threads that send and delete as fast as they are answered, until the end of its `with`."""

    def __init__(self, url: str, key: str, token: str, numbers: Iterator[int], pause_seconds: float) -> None:
        """The titles are different: a report that is sent twice is taken for one."""
        self._pause_seconds = pause_seconds
        self._numbers = numbers
        self._url = url
        self._key = key
        self._token = token
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._reports: set[str] = set()
        self._pictures: set[str] = set()
        self._deleting: set[str] = set()
        self._deleted: set[str] = set()
        self.refusals: list[str] = []
        works = (*[self._send] * SENDERS, self._send_picture, self._send_picture, self._delete)
        self._threads = [threading.Thread(target=self._run, args=(work,), daemon=True) for work in works]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def known(self) -> Known:
        with self._lock:
            return Known(frozenset(self._reports), frozenset(self._pictures), frozenset(self._deleted))

    def ever_deleted(self) -> frozenset[str]:
        """Answered or not."""
        with self._lock:
            return frozenset(self._deleting)

    def wait_for(self, more: int) -> None:
        """Raises TimeoutError."""
        wanted = len(self._reports) + more
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self._reports) < wanted or not self._pictures:
            if self.refusals or time.monotonic() > deadline:
                raise TimeoutError(f"the load did not get going: {self.refusals[:SHOWN]}")
            time.sleep(AGAIN_SECONDS)

    def _run(self, work: Callable[[httpx.Client], None]) -> None:
        with httpx.Client(
            base_url=self._url, timeout=PATIENCE_SECONDS, trust_env=False, verify=False
        ) as http:
            while not self._is_over.is_set():
                work(http)
                self._is_over.wait(self._pause_seconds)

    def _send(self, http: httpx.Client) -> None:
        self._submit(http, payload.body(f"Report beside a backup {next(self._numbers)}"), self._reports)

    def _send_picture(self, http: httpx.Client) -> None:
        headers = {
            "X-API-Key": self._key,
            "Content-Type": f"multipart/form-data; boundary={payload.BOUNDARY}",
        }
        receipt = http.post("/api/v1/upload/screenshot", content=payload.form(), headers=headers)
        if self._is_answered(receipt, 200):
            told = json.loads(payload.body(f"{PICTURED} {next(self._numbers)}"))
            told["screenshot_url"] = receipt.json()["key"]
            self._submit(http, json.dumps(told).encode(), self._reports, self._pictures)

    def _submit(self, http: httpx.Client, body: bytes, *into: set[str]) -> None:
        headers = {"X-API-Key": self._key, "Content-Type": "application/json"}
        answer = http.post("/api/v1/reports", content=body, headers=headers)
        if self._is_answered(answer, 201):
            with self._lock:
                for each in into:
                    each.add(answer.json()["id"])

    def _delete(self, http: httpx.Client) -> None:
        """One with a picture, so that there are always blobs to be swept."""
        with self._lock:
            found = next(iter(self._pictures - self._deleting), None)
            if found is not None:
                self._deleting.add(found)
        if found is not None:
            headers = {"Authorization": f"Bearer {self._token}"}
            if self._is_answered(http.delete(f"/api/v1/reports/{found}", headers=headers), 204):
                with self._lock:
                    self._deleted.add(found)
        self._is_over.wait(AGAIN_SECONDS * 10)

    def _is_answered(self, answer: httpx.Response, status: int) -> bool:
        if answer.status_code != status:
            self.refusals.append(
                f"{answer.request.url.path} was answered {answer.status_code}: {answer.text}"
            )
        return answer.status_code == status


def run(
    database: Database,
    folder: Path,
    plan: Plan,
    seed: int,
    program: Sequence[str] | None = PROGRAM,
) -> Outcome:
    """Every report that was acknowledged before a backup began is in it, with evidence and picture."""
    outcome, dice = Outcome(), random.Random(seed)
    with cluster_for(database) as cluster:
        server = Server(folder / "live", settings(WORKERS, cluster), program=program)
        with server, Person(server.url) as ada:
            keys = _Keys(ada.create_project().key, ada.mint_token())
            stage = _Stage(server, cluster, folder, program, keys, plan.pause_seconds)
            while outcome.rounds < plan.rounds and not outcome.findings:
                outcome.rounds += 1
                stage.play_round(outcome, dice.randint(1, MOST_REPORTS))
    return outcome


@dataclass(frozen=True, slots=True)
class _Keys:
    project: str
    token: str


class _Stage:
    def __init__(
        self,
        server: Server,
        cluster: Cluster | None,
        folder: Path,
        program: Sequence[str] | None,
        keys: _Keys,
        pause_seconds: float,
    ) -> None:
        self._server = server
        self._cluster = cluster
        self._folder = folder
        self._program = program
        self._keys = keys
        self._pause_seconds = pause_seconds
        self._numbers = count()

    def play_round(self, outcome: Outcome, more: int) -> None:
        file = self._folder / f"{outcome.rounds}.tar.zst"
        with self._load() as load:
            load.wait_for(more)
            before = load.known()
            live = self._settings("lacewing")
            outcome.backup_seconds.append(self._call(live, "backup", str(file), self._server.data))
            after = load.known()
        outcome.findings += load.refusals[:SHOWN]
        outcome.acknowledged += len(after.reports)
        outcome.pictures += len(after.pictures)
        outcome.deleted += len(after.deleted)
        outcome.findings += self._look(outcome, file, before, load.ever_deleted())

    def _load(self) -> Load:
        keys = self._keys
        return Load(self._server.url, keys.project, keys.token, self._numbers, self._pause_seconds)

    def _look(self, outcome: Outcome, file: Path, before: Known, ever_deleted: frozenset[str]) -> list[str]:
        place = self._folder / f"restored-{outcome.rounds}"
        name = f"restored_{outcome.rounds}"
        if self._cluster is not None:
            self._cluster.create(name)
        restored = Server(place, self._settings(name), program=self._program)
        outcome.restore_seconds.append(self._call(self._settings(name), "restore", str(file), restored.data))
        headers = {"Authorization": f"Bearer {self._keys.token}"}
        with (
            restored,
            httpx.Client(
                base_url=restored.url, headers=headers, timeout=PATIENCE_SECONDS, trust_env=False
            ) as http,
        ):
            return [*audit(http, before, ever_deleted), *_use(restored.url, self._keys.project)]

    def _settings(self, database: str) -> dict[str, str]:
        common = {"LACEWING_WORKERS": str(WORKERS), "LACEWING_LIMITS": RAISED_LIMITS}
        return (
            common
            if self._cluster is None
            else common | {"LACEWING_DATABASE_URL": self._cluster.url(database)}
        )

    def _call(self, chosen: dict[str, str], verb: str, file: str, data: Path) -> float:
        """The seconds that it took. Raises RuntimeError."""
        log = self._folder / f"{verb}.log"
        begun = time.monotonic()
        child = started(self._program, (verb, file, "--data", str(data)), chosen, log)
        try:
            status = child.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise RuntimeError(f"lacewing {verb} took too long: {log.read_text()}") from None
        if status != 0 or "WARNING" in log.read_text():
            raise RuntimeError(f"lacewing {verb} ended with {status}: {log.read_text()}")
        return time.monotonic() - begun


def audit(http: httpx.Client, before: Known, ever_deleted: frozenset[str]) -> list[str]:
    """What of the backup is not as it was acknowledged before it began, in words."""
    kept = read_all(http)
    there = {report.id for report in kept.reports}
    lost = before.reports - ever_deleted - there
    risen = before.deleted & there
    findings = [f"{len(lost)} acknowledged reports are missing: {sorted(lost)[:SHOWN]}"] if lost else []
    if risen:
        findings.append(f"{len(risen)} deleted reports are there: {sorted(risen)[:SHOWN]}")
    if kept.total != len(there):
        findings.append(f"total says {kept.total}, but there are {len(there)} reports")
    pictured = [report.id for report in kept.reports if report.title.startswith(PICTURED)]
    plain = sorted(there - set(pictured))[-LOOKED_AT:]
    return findings + [
        found for each in (*pictured, *plain) for found in _judge(http, each, each in pictured)
    ]


def _judge(http: httpx.Client, report_id: str, has_picture: bool) -> list[str]:
    told = http.get(f"/api/v1/reports/{report_id}").raise_for_status().json()
    findings = []
    if len(told["consoleLogs"] or ()) != 2:
        findings.append(f"{report_id} has lost its evidence")
    if has_picture and not _is_shown(http, report_id):
        findings.append(f"{report_id} has lost its picture")
    return findings


def _is_shown(http: httpx.Client, report_id: str) -> bool:
    """At once, or when it was made anew: the backup may have met it between the two."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        url = http.get(f"/api/v1/reports/{report_id}").raise_for_status().json()["screenshotUrl"]
        answer = http.get(url) if url else None
        if answer is not None and answer.status_code == 200:
            return answer.content.startswith(_PNG)
        time.sleep(AGAIN_SECONDS)
    return False


def _use(url: str, key: str) -> list[str]:
    """It goes on: the next report is taken in."""
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    with httpx.Client(base_url=url, timeout=PATIENCE_SECONDS, trust_env=False, verify=False) as http:
        answer = http.post("/api/v1/reports", content=payload.body("The next report"), headers=headers)
    return [] if answer.status_code == 201 else [f"the next report was answered {answer.status_code}"]
