"""What every test may ask for: a database of either kind, a clock, an event loop, the named world."""

import asyncio
import gc
import itertools
import os
import shutil
import socket
from collections.abc import Callable, Generator, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, LiteralString, Protocol

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg import sql

from lacewing.budgets import StoredBudgets
from lacewing.credentials import Hasher, Vault
from lacewing.storage import Database, connect, migrate, open_backend
from tests.oidc.providing import Provided, provided
from tests.places import quick_folder
from tests.postgres import Cluster, PostgresMissingError
from tests.redis_server import RedisMissingError, RedisServer
from tests.world import Cast, FakeClock, Run, World, build_cast, make_hasher, make_vault

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
MIGRATED: Final = "migrated"
POPULATED: Final = "populated"

# The same examples in every run: a test that fails only sometimes is of no use to who did not cause it.
settings.register_profile(
    "lacewing",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("lacewing")


def pytest_configure() -> None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: to look it through for garbage, again and again, takes seconds."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


class Databases(Protocol):
    """One kind of database; each call makes a new one and answers its URL."""

    name: str

    def empty(self) -> str:
        """Without a schema."""
        ...

    def migrated(self) -> str:
        """With the schema, and nobody in it."""
        ...

    def populated(self) -> tuple[str, Cast]:
        """With the cast of tests/world.py."""
        ...

    def keep(self, url: str) -> None:
        """Not to be given back at the end of the test, but by its URL."""
        ...

    def give_back(self, kept: str | None = None) -> None:
        """All that the test asked for, at its end; or what was kept."""
        ...


class SqliteDatabases:
    """Folders are handed out again, too: for a path that it knows, Lacewing has its SQL compiled."""

    name = SQLITE

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._free: list[Path] = []
        self._taken: list[Path] = []
        self._migrated = folder / "migrated.db"
        self._populated = folder / "populated.db"
        _migrate(_sqlite_url(self._migrated), folder)
        shutil.copy(self._migrated, self._populated)
        self._cast = _populate(_sqlite_url(self._populated), vault)

    def empty(self) -> str:
        return _sqlite_url(self._next())

    def migrated(self) -> str:
        return self._copy(self._migrated)

    def populated(self) -> tuple[str, Cast]:
        return self._copy(self._populated), self._cast

    def keep(self, url: str) -> None:
        self._taken.remove(_folder_of(url))

    def give_back(self, kept: str | None = None) -> None:
        for folder in self._taken if kept is None else [_folder_of(kept)]:
            shutil.rmtree(folder)
            self._free.append(folder)
        if kept is None:
            self._taken.clear()

    def _copy(self, template: Path) -> str:
        return _sqlite_url(shutil.copy(template, self._next()))

    def _next(self) -> Path:
        folder = self._free.pop() if self._free else self._folder / str(next(self._numbers))
        folder.mkdir()
        self._taken.append(folder)
        return folder / "lacewing.db"


class PostgresDatabases:
    """Databases are handed out again, emptied: to copy a template takes 20 to 150 ms, to empty one 5."""

    name = POSTGRESQL

    def __init__(self, cluster: Cluster, folder: Path, vault: Vault) -> None:
        self._cluster = cluster
        self._numbers = itertools.count(1)
        self._free: dict[str, list[str]] = {MIGRATED: [], POPULATED: []}
        self._kept: dict[str, psycopg.Connection] = {}
        self._taken: dict[str, str] = {}
        self._held: dict[str, str] = {}
        _migrate(cluster.create(MIGRATED), folder)
        self._tables = self._table_names()
        self._cast = _populate(cluster.create(POPULATED, MIGRATED), vault)
        for template in self._free:
            self._remember(template)

    def empty(self) -> str:
        return self._copy_of("template1")

    def migrated(self) -> str:
        return self._take(MIGRATED)

    def populated(self) -> tuple[str, Cast]:
        return self._take(POPULATED), self._cast

    def keep(self, url: str) -> None:
        self._held[url] = self._taken.pop(url)

    def give_back(self, kept: str | None = None) -> None:
        """What the test took is put back as it was, its schema excepted."""
        returned = dict(self._taken) if kept is None else {kept: self._held.pop(kept)}
        for url, template in returned.items():
            self._taken.pop(url, None)
            self._empty(url)
            self._free[template].append(url)

    def _empty(self, url: str) -> None:
        """Over a kept connection, unless the test has ended every connection to its database."""
        try:
            self._kept[url].execute(_RESTORE)
        except (KeyError, psycopg.OperationalError):
            self._kept[url] = psycopg.connect(url, autocommit=True)
            self._kept[url].execute(_RESTORE)

    def close(self) -> None:
        for connection in self._kept.values():
            connection.close()

    def _take(self, template: str) -> str:
        free = self._free[template]
        url = free.pop() if free else self._copy_of(template)
        self._taken[url] = template
        return url

    def _copy_of(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        with psycopg.connect(self._cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        return self._cluster.url(name)

    def _table_names(self) -> list[sql.Identifier]:
        with psycopg.connect(self._cluster.url(MIGRATED)) as connection:
            rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            return [sql.Identifier(name) for (name,) in rows]

    def _remember(self, template: str) -> None:
        """Keeps every row in a second schema, and with them what puts them back, planned once."""
        copy = sql.SQL("CREATE TABLE kept.{0} AS TABLE public.{0}")
        with psycopg.connect(self._cluster.url(template), autocommit=True) as connection:
            connection.execute("CREATE SCHEMA kept")
            counts = [connection.execute(copy.format(table)).rowcount for table in self._tables]
            filled = [table for table, count in zip(self._tables, counts, strict=True) if count]
            connection.execute(
                _PUT_BACK.format(_each("DELETE FROM public.{0};", self._tables), _each(_REFILL, filled))
            )


def _each(statement: LiteralString, tables: list[sql.Identifier]) -> sql.Composed:
    return sql.SQL("").join(sql.SQL(statement).format(table) for table in tables)


_REFILL: Final = "INSERT INTO public.{0} SELECT * FROM kept.{0};"
_PUT_BACK: Final = sql.SQL("CREATE PROCEDURE kept.put_back() LANGUAGE plpgsql AS $$ BEGIN {}{} END $$")
# As a replica, so that no foreign key orders the tables.
_RESTORE: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend';
SET session_replication_role = replica;
CALL kept.put_back();
"""


def _sqlite_url(path: Path | str) -> str:
    return f"sqlite:///{path}"


def _folder_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).parent


def _migrate(url: str, backups: Path) -> None:
    backend = open_backend(url)
    try:
        migrate(backend, backups)
    finally:
        backend.close()


def _populate(url: str, vault: Vault) -> Cast:
    db = connect(url, FakeClock())
    try:
        return asyncio.run(build_cast(db, vault))
    finally:
        db.close()


@pytest.fixture(scope="session", autouse=True)
def no_outside() -> Iterator[None]:
    """Sockets reach this machine only: a test that needs the network is a fault."""
    connect_to, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise OSError(f"tests do not reach the outside: {address}")
        connect_to(self, address)

    def guarded_resolve(host: Any, *rest: Any, **options: Any) -> Any:
        if host is not None and not _is_here(host):
            raise socket.gaierror(f"tests do not reach the outside: {host}")
        return resolve(host, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


def _is_here(host: str | bytes) -> bool:
    text = host.decode() if isinstance(host, bytes) else host
    if text in {"", "localhost"}:
        return True
    try:
        return ip_address(text).is_loopback or ip_address(text).is_unspecified
    except ValueError:
        return False


@pytest.fixture(scope="session")
def hasher() -> Iterator[Hasher]:
    made = make_hasher()
    yield made
    made.close()


@pytest.fixture
def vault(hasher: Hasher) -> Vault:
    return make_vault(hasher)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One throw-away PostgreSQL for all tests. Without the programs: skipped here, a failure in CI."""
    try:
        started = Cluster()
    except PostgresMissingError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    with started:
        yield started


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One throw-away Redis for all tests. Without the program: skipped here, a failure in CI."""
    try:
        started = RedisServer()
    except RedisMissingError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    with started:
        yield started


@pytest.fixture
def empty_redis(redis_server: RedisServer) -> RedisServer:
    redis_server.empty()
    return redis_server


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory, hasher: Hasher) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"), make_vault(hasher))


@pytest.fixture(scope="session")
def postgres_databases(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory, hasher: Hasher
) -> Iterator[PostgresDatabases]:
    made = PostgresDatabases(cluster, tmp_path_factory.mktemp("postgresql"), make_vault(hasher))
    yield made
    made.close()


BOTH: Final = (SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgresql))


def of_kind(request: pytest.FixtureRequest) -> Databases:
    name = "sqlite_databases" if request.param == SQLITE else "postgres_databases"
    made: Databases = request.getfixturevalue(name)
    return made


@pytest.fixture(params=BOTH)
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Both kinds: a test that asks for it, or for what is built on it, runs once on each."""
    made = of_kind(request)
    yield made
    made.give_back()


@pytest.fixture(scope="session")
def shared_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provided]:
    with provided(tmp_path_factory.mktemp("oidc") / "provider.log") as found:
        yield found


@pytest.fixture
def provider(shared_provider: Provided) -> Iterator[Provided]:
    """A real OpenID provider, which tells the truth until the test has it say otherwise."""
    yield shared_provider
    shared_provider.restore()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def run() -> Iterator[Run]:
    """One event loop a test: `run(coroutine)`."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def open_db(databases: Databases, clock: FakeClock, run: Run) -> Iterator[Callable[[str], Database]]:
    """Opens as many Databases as a test needs, on any URL; two on one URL are as two processes."""
    opened: list[Database] = []

    def open_one(url: str) -> Database:
        opened.append(connect(url, clock))
        return opened[-1]

    yield open_one
    for db in opened:
        db.close()


@pytest.fixture
def open_postgres(
    postgres_databases: PostgresDatabases, clock: FakeClock
) -> Iterator[Callable[[str], Database]]:
    """The same, for what only PostgreSQL can be asked: two processes inside their transactions at once."""
    opened: list[Database] = []

    def open_one(url: str) -> Database:
        opened.append(connect(url, clock))
        return opened[-1]

    yield open_one
    for db in opened:
        db.close()
    postgres_databases.give_back()


@pytest.fixture
def url(databases: Databases) -> str:
    """A database with the schema, and nobody in it."""
    return databases.migrated()


@pytest.fixture
def db(open_db: Callable[[str], Database], url: str) -> Database:
    return open_db(url)


@pytest.fixture
def populated(databases: Databases) -> tuple[str, Cast]:
    return databases.populated()


@pytest.fixture
def world_url(populated: tuple[str, Cast]) -> str:
    """Where the world is, for a second Database beside it."""
    return populated[0]


@pytest.fixture
def world_of(vault: Vault, clock: FakeClock, run: Run) -> Callable[[Database, Cast], World]:
    """A world on a Database of the test's own."""
    return lambda db, cast: World(db, vault, cast, clock, run)


@pytest.fixture
def world(
    populated: tuple[str, Cast],
    open_db: Callable[[str], Database],
    world_of: Callable[[Database, Cast], World],
) -> World:
    url, cast = populated
    return world_of(open_db(url), cast)


@pytest.fixture(scope="module", params=BOTH)
def still_world(request: pytest.FixtureRequest, hasher: Hasher) -> Iterator[World]:
    """A world that the tests of one module share, for what is refused and for what is only read.

    It may hold more than the cast. Its clock stands still, and nothing is limited.
    """
    made, clock = of_kind(request), FakeClock()
    url, cast = made.populated()
    made.keep(url)
    db = connect(url, clock)
    with asyncio.Runner() as runner:
        yield World(db, make_vault(hasher, budgets=StoredBudgets(None)), cast, clock, runner.run)
    db.close()
    made.give_back(url)
