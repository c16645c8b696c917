"""What is measured side by side: Lacewing on each database, and the bare application."""

import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import httpx

from bench import bare, memory, operations, seeding
from bench.databases import Database, cluster_for, settings
from bench.memory import Memory
from bench.operations import Operation
from tests.server import PROGRAM, Person, Server

STARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Setup:
    database: Database
    workers: int

    def __str__(self) -> str:
        return f"{self.database} {self.workers}w"


SETUPS: Final = (Setup(Database.SQLITE, 1), Setup(Database.SQLITE, 2), Setup(Database.POSTGRESQL, 2))
BARE: Final = "bare ASGI 1w"


class Subject:
    """A Lacewing with a project full of reports, and another person's project, which takes the load's.

    So the list under measure stays as long as it was, whatever is submitted meanwhile.
    """

    def __init__(self, setup: Setup, server: Server, reports: int) -> None:
        self.name = str(setup)
        self.url = server.url
        self._server = server
        self.idle = memory.of(server.processes())
        with Person(server.url, "Ada") as reader, Person(server.url, "Ben") as writer:
            seeding.seed(server.port, reader.create_project().key, reports)
            self._writers_token = writer.mint_token()
            key = writer.create_project("Burst").key
            self.operations = operations.try_all(server.url, key, reader.mint_token())

    def memory(self) -> Memory:
        return memory.of(self._server.processes())

    def stored(self) -> int:
        """How many of the load's reports there are, as the list counts them."""
        bearer = {"Authorization": f"Bearer {self._writers_token}"}
        with httpx.Client(
            base_url=self.url, headers=bearer, timeout=30.0, trust_env=False, verify=False
        ) as http:
            listed = http.get("/api/v1/reports", params={"page_size": 1}).raise_for_status()
            return int(listed.json()["total"])

    def restart_seconds(self) -> float:
        """The median time from a start to the first answer, on the database as it now is."""
        return statistics.median(self._restart() for _ in range(STARTS))

    def _restart(self) -> float:
        self._server.stop()
        return self._server.start()


def start(
    stack: ExitStack, setup: Setup, folder: Path, reports: int, program: Sequence[str] = PROGRAM
) -> Subject:
    """Starts and fills a Lacewing; it ends with the stack."""
    own = folder / str(setup).replace(" ", "-")
    cluster = stack.enter_context(cluster_for(setup.database))
    server = Server(own, settings(setup.workers, cluster), program=program)
    return Subject(setup, stack.enter_context(server), reports)


def start_bare(stack: ExitStack, folder: Path) -> str:
    """Starts the bare application, which ends with the stack, and returns its URL."""
    program = (sys.executable, "-m", bare.MODULE)
    return stack.enter_context(Server(folder / "bare", program=program)).url


def bare_operation(like: Operation) -> Operation:
    """The same request, to be answered by the bare application with as many bytes."""
    return replace(like, path=bare.path(like.answer_bytes))
