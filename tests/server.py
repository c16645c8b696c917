"""A real `lacewing serve` in a process group of its own, and the first steps of a person against it."""

import atexit
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx

from lacewing.storage import migrate, open_backend
from tests.children import bound_to_us
from tests.places import quick_folder
from tests.ports import free_port
from tests.warm import WarmChild

READY_SECONDS: Final = 90.0
STOP_SECONDS: Final = 60.0
LEAVE_SECONDS: Final = 20.0
POLL_SECONDS: Final = 0.01
PROGRAM: Final = (str(Path(sys.executable).parent / "lacewing"),)
PASSWORD: Final = "securepassword123"
DATABASE: Final = "lacewing.db"
Child = subprocess.Popen[bytes] | WarmChild


class ServerFailedError(RuntimeError):
    """The server did not start, or did not stop, as it should; the text carries the end of its log."""


class Server:
    """One `lacewing serve` on a free loopback port, which keeps its port and its data over restarts.

    Only the given LACEWING_* settings reach it. Its output goes to `log`.
    """

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        *,
        program: Sequence[str] | None = None,
        is_empty: bool = False,
    ) -> None:
        """A `program` is started afresh; without one, ours is forked from where it is loaded already.

        Then a new folder has a schema from the first, unless it `is_empty`: migrations take most of a start.
        """
        self.data = folder / "data"
        self.log = folder / "serve.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment or {}
        self._program = program
        self._is_empty = is_empty or program is not None or "LACEWING_DATABASE_URL" in self._environment
        self._process: Child | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> float:
        """Starts it and waits until GET /ready answers 200; returns the seconds that took.

        Raises ServerFailedError.
        """
        begun = time.monotonic()
        self.data.mkdir(parents=True, exist_ok=True)
        if not self._is_empty and not (self.data / DATABASE).exists():
            shutil.copy(_migrated(), self.data / DATABASE)
        where = ("--host", "127.0.0.1", "--port", str(self.port), "--data", str(self.data))
        self._process = started(self._program, ("serve", *where), self._environment, self.log)
        atexit.register(self.kill)
        self.wait_until_ready()
        return time.monotonic() - begun

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Returns once GET /ready answers 200. Raises ServerFailedError if it ends first, or takes longer."""
        deadline = time.monotonic() + seconds
        with httpx.Client(base_url=self.url, timeout=2.0, trust_env=False, verify=False) as http:
            while not _is_ready(http):
                if self._process is None or self._process.poll() is not None:
                    raise ServerFailedError(f"lacewing serve ended before it was ready:\n{self.log_tail()}")
                if time.monotonic() > deadline:
                    self.kill()
                    raise ServerFailedError(
                        f"lacewing serve was not ready in {seconds} s:\n{self.log_tail()}"
                    )
                time.sleep(POLL_SECONDS)

    def stop(self, seconds: float = STOP_SECONDS) -> int:
        """Asks it to finish (SIGTERM) and returns its exit status.

        Raises ServerFailedError if it does not, or if it leaves a worker behind.
        """
        process = self._running()
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ServerFailedError(
                f"lacewing serve did not stop in {seconds} s:\n{self.log_tail()}"
            ) from None
        left_behind = self._left_behind(time.monotonic() + LEAVE_SECONDS)
        self.kill()
        if left_behind:
            raise ServerFailedError(f"lacewing serve left processes behind: {left_behind}")
        return status

    def kill(self) -> None:
        """Ends the whole process group with SIGKILL, as a crash would, and returns once none is left."""
        atexit.unregister(self.kill)
        if self._process is None:
            return
        while self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            time.sleep(POLL_SECONDS / 10)
        self._process.wait()
        self._process = None

    def processes(self) -> list[int]:
        """Supervisor and workers that are alive, by process id, the supervisor first."""
        return [] if self._process is None else members_of(self._process.pid)

    def log_tail(self, characters: int = 4000) -> str:
        return self.log.read_text(errors="replace")[-characters:] if self.log.exists() else ""

    def _left_behind(self, deadline: float) -> list[int]:
        while self.processes() and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        return self.processes()

    def _running(self) -> Child:
        if self._process is None:
            raise ServerFailedError("lacewing serve is not running")
        return self._process


def started(
    program: Sequence[str] | None, words: Sequence[str], settings: Mapping[str, str], log: Path
) -> Child:
    """A `lacewing` in a session of its own, with no other LACEWING_* settings; its output goes to `log`."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("LACEWING_")}
    environment = {**outside, **settings}
    if program is None:
        return WarmChild(words, environment, log, log)
    with log.open("ab") as its_log:
        return subprocess.Popen(
            bound_to_us([*program, *words], signal.SIGKILL, pwd.getpwuid(os.geteuid())),
            stdin=subprocess.DEVNULL,
            stdout=its_log,
            stderr=its_log,
            env=environment,
            start_new_session=True,
        )


@cache
def _migrated() -> Path:
    """A database with the schema, and nobody in it."""
    folder = Path(tempfile.mkdtemp(prefix="lacewing-schema-", dir=quick_folder()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with closing(open_backend(f"sqlite:///{folder / DATABASE}")) as backend:
        migrate(backend, folder)
    (folder / DATABASE).chmod(0o600)
    return folder / DATABASE


def members_of(group: int) -> list[int]:
    """The processes of a group that still run: a zombie whom nobody reaps stays in its group for ever."""
    found = (_read_stat(entry) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return sorted(process for process, state, its_group in found if its_group == group and state not in "ZX")


def _read_stat(entry: Path) -> tuple[int, str, int]:
    try:
        fields = (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended between the listing and the look
        return int(entry.name), "X", 0
    return int(entry.name), fields[0], int(fields[2])


def _is_ready(http: httpx.Client) -> bool:
    try:
        return http.get("/ready").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


@dataclass(frozen=True, slots=True)
class Project:
    id: str
    code: str
    key: str


class Person:
    """Somebody who registered, with the session cookies of that; `http` may be asked for anything else.

    Reading the certificates of authorities would take 20 ms of each client: nothing here is encrypted.
    """

    def __init__(self, server_url: str, name: str = "Ada") -> None:
        self.http = httpx.Client(base_url=server_url, timeout=60.0, trust_env=False, verify=False)
        self.email = f"{name.lower()}@example.com"
        self.post("/api/v1/auth/register", name=name, email=self.email, password=PASSWORD)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.http.close()

    def create_project(self, name: str = "Orchard") -> Project:
        answer = self.post("/api/v1/projects", name=name)
        return Project(str(answer["id"]), str(answer["code"]), str(answer["apiKey"]))

    def mint_token(self, name: str = "tests", **wish: object) -> str:
        """A `bsk_pat_` token that may do all that the person may, unless `kind` or `scopes` say otherwise."""
        return str(self.post("/api/v1/tokens", name=name, expires_in_days=1, **wish)["token"])

    def mint_project_token(self, project: Project, name: str = "tests") -> str:
        return str(self.post(f"/api/v1/projects/{project.id}/tokens", name=name, expires_in_days=1)["token"])

    def post(self, path: str, **body: object) -> dict[str, object]:
        """The decoded 201. Raises RuntimeError, with the answer's text, for anything else."""
        answer = self.http.post(path, json=body)
        if answer.status_code != httpx.codes.CREATED:
            raise RuntimeError(f"POST {path} answered {answer.status_code}: {answer.text}")
        decoded: dict[str, object] = answer.json()
        return decoded
