"""A SQLite database becomes one of PostgreSQL: every row of every table, or nothing at all."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Table, make_url, select

from lacewing.reports.search_queries import search
from lacewing.reports.words import terms
from lacewing.storage import CopyError, Database, Fillable, connect, database_to_copy, to_be_filled
from lacewing.storage.types import metadata
from tests.conftest import MIGRATED, PostgresDatabases, SqliteDatabases
from tests.postgres import Cluster
from tests.storage.every_table import TEXT, fill_every_table
from tests.world import Cast, World

pytestmark = pytest.mark.postgresql

Opened = Callable[[str], Database]
WorldOf = Callable[[Database, Cast], World]


@pytest.fixture
def outgrown(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[tuple[Path, Cast]]:
    """What a snapshot saves, and who is in it."""
    url, cast = sqlite_databases.populated()
    saved = tmp_path / "saved"
    shutil.copy(make_url(url).database or "", saved)
    sqlite_databases.give_back()
    return saved, cast


@pytest.fixture
def there(postgres_databases: PostgresDatabases) -> str:
    return postgres_databases.empty()


def carry(url: str, saved: Path) -> list[str]:
    with place(url).filling(saved, ".before-restore-1", lambda *_: None) as aside:
        return aside


def place(url: str) -> Fillable:
    return to_be_filled(url, "sqlite")


def rows(db: Database, table: Table) -> list[str]:
    with closing(db.backend.open(read_only=True)) as connection:
        return sorted(map(repr, connection.execute(select(table))))


def test_every_row_of_every_table_arrives_and_its_numbers_go_on(
    outgrown: tuple[Path, Cast], there: str, open_postgres: Opened, world_of: WorldOf, tmp_path: Path
) -> None:
    saved, cast = outgrown
    with closing(connect(f"sqlite:///{saved}")) as db:
        world = world_of(db, cast)
        reports = [world.submit(f"Kept {at}", description=TEXT) for at in range(2)]
        world.write(fill_every_table)
    kept = Path(shutil.copy(saved, tmp_path / "kept"))

    assert carry(there, saved) == []

    new = open_postgres(there)
    with closing(connect(f"sqlite:///{kept}")) as old:
        for table in metadata.sorted_tables:
            assert rows(new, table) == rows(old, table) != [], table.name
    moved = world_of(new, cast)
    found = moved.read(lambda tx: search(tx, cast.orchard.place, terms("kept"), 10))
    assert found == [report.report.number for report in reversed(reports)]
    assert moved.submit("Goes on").report.number == reports[-1].report.number + 1


def test_what_fails_leaves_the_database_as_it_was(outgrown: tuple[Path, Cast], there: str) -> None:
    """Before its end, at a value PostgreSQL does not hold, and at those that are none of their column's."""
    saved, _ = outgrown
    with pytest.raises(InterruptedError), place(there).filling(saved, ".1", lambda *_: None):
        raise InterruptedError
    assert place(there).is_empty()

    kept, third = (Path(shutil.copy(saved, saved.with_name(name))) for name in ("kept", "third"))
    for path, change, why in [
        (saved, ("UPDATE people SET name = ?", ["N\0L"]), "NUL"),
        (kept, ("UPDATE people SET created_at = ?", ["soon"]), "^people: a value in it"),
        (
            third,
            ("UPDATE people SET id = ? WHERE id = (SELECT min(id) FROM people)", ["sixteen letters!"]),
            "^people: a value in it",
        ),
    ]:
        with closing(sqlite3.connect(path)) as driver, driver:
            driver.execute(*change)
        with pytest.raises(CopyError, match=why):
            carry(there, path)
        assert place(there).is_empty()


@pytest.mark.usefixtures("postgres_databases")
def test_what_was_there_is_set_aside(outgrown: tuple[Path, Cast], cluster: Cluster) -> None:
    saved, _ = outgrown
    there = cluster.create("set_aside", MIGRATED)
    with psycopg.connect(there) as connection:
        connection.execute("INSERT INTO known_keys VALUES ('kept', now())")
    with pytest.raises(CopyError, match="--replace"):
        place(there).check_room(replaces=False)
    found = place(there)
    found.check_room(replaces=True)

    refused = pytest.raises(CopyError, match="just being restored")
    filling = found.filling(saved, ".before-restore-1", lambda *_: None)
    with filling as [aside], refused, database_to_copy(there) as backend:
        backend.open(read_only=False)

    assert aside.startswith("the schema before_restore_1 in ")
    with psycopg.connect(there) as connection:
        asked = "SELECT (SELECT count(*) > 0 FROM people), (SELECT kid FROM before_restore_1.known_keys)"
        assert connection.execute(asked).fetchone() == (True, "kept")
