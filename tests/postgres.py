"""A throw-away PostgreSQL cluster, for tests and bench; it never outlives the process that started it."""

import atexit
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psycopg
from psycopg import sql

from tests.children import bound_to_us
from tests.places import quick_folder
from tests.ports import free_port

START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 60.0

_PROGRAMS: Final = ("initdb", "postgres")
_SETTINGS: Final = {"max_connections": "200", "timezone": "UTC", "listen_addresses": "127.0.0.1"}
_FORGETFUL: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresMissingError(RuntimeError):
    """PostgreSQL's programs are not installed."""


def find_programs() -> Path | None:
    """The folder that holds `initdb` and `postgres`, of the highest version installed; None without one."""
    return next((folder for folder in _program_folders() if _has_programs(folder)), None)


def _program_folders() -> Iterator[Path]:
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        answer = subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True)
        yield Path(answer.stdout.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version_of, reverse=True)


def _version_of(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def _has_programs(folder: Path) -> bool:
    return all((folder / program).exists() for program in _PROGRAMS)


class Cluster:
    """One cluster in a folder of its own, on a free loopback port; whoever is on this machine may log in."""

    def __init__(self, *, durable: bool = False) -> None:
        """`durable` keeps fsync on, as crash rounds and bench need it. Raises PostgresMissingError."""
        programs = find_programs()
        if programs is None:
            raise PostgresMissingError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
        self._programs = programs
        self._settings = _SETTINGS if durable else _SETTINGS | _FORGETFUL
        self._account = _unprivileged_account()
        self._folder = _make_folder(self._account, is_durable=durable)
        self._process: subprocess.Popen[bytes] | None = None
        self._port = free_port()
        atexit.register(self.close)

    def __enter__(self) -> Self:
        try:
            self._initialise()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/{database}"

    def create(self, name: str, template: str | None = None) -> str:
        """Makes a database and returns its URL; `template` is copied, and nobody may be connected to it."""
        source = sql.Identifier(template or "template1")
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Drops a database and whoever is still connected to it; one that does not exist is no error."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def start(self) -> None:
        """Starts the server, again on the port that it had, and returns once it answers."""
        settings = self._settings | {"unix_socket_directories": str(self._folder), "port": str(self._port)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._process = self._spawn("postgres", "-D", str(self._folder / "data"), *options)
        self._wait_until_up(time.monotonic() + START_SECONDS)

    def crash(self) -> None:
        """Ends the server like `pg_ctl stop -m immediate`: no checkpoint, the next start has to recover."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            _reap(process)

    def close(self) -> None:
        """Ends the server and removes all that it wrote; safe to call again."""
        atexit.unregister(self.close)
        self.crash()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _initialise(self) -> None:
        options = ("--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
        if self._spawn("initdb", *options, f"--pgdata={self._folder / 'data'}").wait() != 0:
            raise RuntimeError(f"initdb failed:\n{self._log()}")

    def _spawn(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [str(self._programs / program), *options]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                bound_to_us(command, signal.SIGQUIT, self._account),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            )

    def _wait_until_up(self, deadline: float) -> None:
        while not self._answers():
            if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{self._log()}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")[-2000:]

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _unprivileged_account() -> pwd.struct_passwd:
    """Whom the programs run as: ourselves, unless we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def _make_folder(account: pwd.struct_passwd, *, is_durable: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lacewing-pg-", dir=_public_folder(is_durable=is_durable)))
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _public_folder(*, is_durable: bool) -> Path:
    """A folder for temporary files that another account can reach: TMPDIR may stand below a private one."""
    given = Path(tempfile.gettempdir())
    places = (given if is_durable else quick_folder(), given, Path("/tmp"), Path("/var/tmp"))
    return next((place for place in places if _is_public(place)), places[0])


def _is_public(place: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (place, *place.resolve().parents))


def _reap(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
