"""`lacewing restore` into another kind of database than the backup's, and from an older schema."""

import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from itertools import count
from pathlib import Path

import psycopg
import pytest

from lacewing.storage import open_backend
from tests.cli.box.program import PATIENCE_SECONDS, Run, begun, people, rewritten, tree, with_header
from tests.postgres import Cluster

_upgrade = import_module("lacewing.storage.upgrade")

OLDEST = "0001"
POLL_SECONDS = 0.01

# A restore makes the tables itself, in its own transaction: what wants to be in its way waits for them.
_TRAP = """
    CREATE SCHEMA trap;
    CREATE FUNCTION trap.spring() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {what}; RETURN NEW; END';
    CREATE FUNCTION trap.lay() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
        IF to_regclass('{table}') IS NOT NULL
                AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'trap') THEN
            CREATE {trigger} FOR EACH ROW EXECUTE FUNCTION trap.spring();
        END IF;
    END $$;
    CREATE EVENT TRIGGER trap ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION trap.lay();
"""
_numbers = count(1)


@pytest.fixture
def there(cluster: Cluster) -> str:
    return cluster.create(f"restored_{next(_numbers)}")


def ask(url: str, statement: str) -> list[str]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return [word for (word,) in cursor] if cursor.description else []


def fail_at_commit(url: str) -> None:
    trigger = "CONSTRAINT TRIGGER trap AFTER INSERT ON alembic_version DEFERRABLE INITIALLY DEFERRED"
    ask(url, _TRAP.format(what="RAISE ''too late''", table="alembic_version", trigger=trigger))


def sleep_at_the_first_person(url: str) -> None:
    trigger = "TRIGGER trap BEFORE INSERT ON people"
    ask(url, _TRAP.format(what="PERFORM pg_sleep(600)", table="people", trigger=trigger))


def wait_until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(POLL_SECONDS)


@pytest.fixture(scope="module")
def oldest_file(with_picture: Path, pictured_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first schema can hold of it, as a backup of that time. Only to be read."""
    folder = tmp_path_factory.mktemp("oldest")
    database = folder / "lacewing.db"
    backend = open_backend(f"sqlite:///{database}")
    with closing(backend), closing(backend.open(read_only=False)) as connection:
        _upgrade.upgrade(connection, OLDEST)
    fill_from(with_picture / "lacewing.db", database)
    told, file = with_header(schema=OLDEST), Path(shutil.copy(pictured_file, folder))
    rewritten(file, lambda name, data: database.read_bytes() if name == database.name else told(name, data))
    return file


def fill_from(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(target)) as driver, driver:
        driver.execute("ATTACH ? AS later", [str(source)])
        for (table,) in driver.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            columns = [name for (name,) in driver.execute("SELECT name FROM pragma_table_info(?)", [table])]
            if table != "alembic_version":
                names = ", ".join(columns)
                driver.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM later.{table}")


@pytest.mark.postgresql
def test_one_of_the_first_schema_is_in_postgresql_with_attachments_and_keys_or_all_is_as_it_was(
    box: Run, data: Path, with_picture: Path, oldest_file: Path, there: str
) -> None:
    (data / "blobs").mkdir()
    (data / "blobs" / "old").write_bytes(b"another's")
    before = tree(data)
    fail_at_commit(there)
    failed = box("restore", oldest_file, "--replace", data=data, LACEWING_DATABASE_URL=there)
    assert (failed.returncode, failed.stderr) == (1, "The database could not be filled: too late\n")
    assert tree(data) == before
    assert ask(there, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []

    ask(there, "DROP EVENT TRIGGER trap")
    done = box("restore", oldest_file, "--replace", data=data, LACEWING_DATABASE_URL=there)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("What was there before is now") == 3
    assert tree(data / "blobs") == tree(with_picture / "blobs") != {}
    assert (data / "secret-keys").read_bytes() == (with_picture / "secret-keys").read_bytes()
    assert "ada@example.com" in people(box, data, LACEWING_DATABASE_URL=there)
    assert ask(there, "SELECT title FROM reports") == ["The cart is empty"]


@pytest.mark.postgresql
def test_while_rows_are_copied_nobody_begins_to_use_them_and_ctrl_c_takes_them_back(
    box: Run, file: Path, data: Path, there: str, cluster: Cluster, tmp_path: Path
) -> None:
    sleep_at_the_first_person(there)
    again, said = tmp_path / "again", (tmp_path / "out", tmp_path / "err")
    child = begun("restore", file, data=again, out=said[0], err=said[1], LACEWING_DATABASE_URL=there)
    asleep = "SELECT datname FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    wait_until(lambda: ask(cluster.url("postgres"), asleep))
    refused = box("migrate", data=data, LACEWING_DATABASE_URL=there)
    child.send_signal(signal.SIGINT)
    child.send_signal(signal.SIGINT)

    assert child.wait(PATIENCE_SECONDS) == 130
    assert [path.read_text().strip() for path in said] == ["", ""]
    assert tree(again) == {}
    assert ask(there, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "just being restored" in refused.stderr


def test_one_of_the_first_schema_is_brought_to_this_one_when_the_program_begins(
    box: Run, oldest_file: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    assert box("restore", oldest_file, data=again).returncode == 0
    assert box("migrate", data=again).returncode == 0
    assert "ada@example.com" in people(box, again)
    with closing(sqlite3.connect(again / "lacewing.db")) as driver:
        assert driver.execute("SELECT title FROM reports").fetchall() == [("The cart is empty",)]
