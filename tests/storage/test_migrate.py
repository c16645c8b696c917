"""The schema is brought to this program's revision, once, whoever starts; nothing else is touched."""

import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url, text

from lacewing.storage import SchemaError, is_at_head, look, migrate, open_backend
from lacewing.storage import migrate as _migrate_verb
from lacewing.storage.backend import Backend
from lacewing.storage.types import metadata
from tests.conftest import Databases, SqliteDatabases
from tests.storage.every_table import load_every_table

migration = import_module("lacewing.storage.migrate")
HEAD: str = migration.HEAD


@pytest.fixture
def empty(databases: Databases) -> Iterator[Backend]:
    backend = open_backend(databases.empty())
    yield backend
    backend.close()


@pytest.fixture
def migrated(empty: Backend, tmp_path: Path) -> Backend:
    migrate(empty, tmp_path / "backups")
    return empty


def revision_of(backend: Backend) -> str | None:
    with backend.open(read_only=True) as connection:
        found: str | None = migration.revision(connection)
        return found


def set_revision(backend: Backend, revision: str) -> None:
    with backend.open(read_only=False) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})


def test_an_empty_database_gets_the_schema(empty: Backend, tmp_path: Path) -> None:
    assert revision_of(empty) is None

    assert migrate(empty, tmp_path) is True

    assert revision_of(empty) == HEAD
    assert look(empty, is_at_head)


def test_an_empty_database_is_not_at_head(empty: Backend) -> None:
    assert not look(empty, is_at_head)


def test_the_second_time_nothing_is_changed_and_nothing_copied(migrated: Backend, tmp_path: Path) -> None:
    assert migrate(migrated, tmp_path / "backups") is False
    assert not (tmp_path / "backups").exists()


def test_two_who_start_at_once_migrate_once(databases: Databases, tmp_path: Path) -> None:
    url = databases.empty()
    changed: list[Any] = []
    together = threading.Barrier(4)

    def start() -> None:
        backend = open_backend(url)
        together.wait()
        try:
            changed.append(migrate(backend, tmp_path))
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            changed.append(error)
        finally:
            backend.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(changed, key=str) == [False, False, False, True]


def test_a_newer_schema_than_ours_is_left_alone_and_said_in_one_line(
    migrated: Backend, tmp_path: Path
) -> None:
    set_revision(migrated, "9999")

    with pytest.raises(SchemaError) as refused:
        migrate(migrated, tmp_path)

    assert "(9999) is newer than this program's" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert revision_of(migrated) == "9999"
    assert not look(migrated, is_at_head)


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    empty: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here it fails because the next revision does not exist; what was done before is rolled back."""
    monkeypatch.setattr(migration, "HEAD", "none of ours")

    with pytest.raises(Exception, match="none of ours"):
        migrate(empty, tmp_path)

    with empty.open(read_only=True) as connection:
        assert inspect(connection).get_table_names() == []


def test_before_a_migration_sqlite_is_copied_and_the_copy_is_private(
    sqlite_databases: SqliteDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite_databases.migrated()
    backend = open_backend(url)
    with closing(sqlite3.connect(make_url(url).database or "")) as driver, driver:
        driver.execute("INSERT INTO known_keys VALUES ('k1', 0)")
    monkeypatch.setattr(migration, "HEAD", "the next")

    with pytest.raises(Exception, match="the next"):
        migrate(backend, tmp_path / "backups")

    backend.close()
    sqlite_databases.give_back()
    (copy,) = (tmp_path / "backups").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    with closing(sqlite3.connect(copy)) as driver:
        assert driver.execute("SELECT kid FROM known_keys").fetchall() == [("k1",)]
        assert driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert driver.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def is_described(_object: object, name: str | None, kind: str, *_: object) -> bool:
    """All but the full-text index, which each database has in its own form."""
    return not (kind in {"table", "index"} and (name or "").startswith(("report_words", "ix_report_words")))


def test_the_migrated_schema_is_the_one_that_the_tables_describe(migrated: Backend) -> None:
    load_every_table()
    with migrated.open(read_only=True) as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True, "include_object": is_described},
        )
        assert compare_metadata(context, metadata) == []


def test_every_index_and_constraint_has_the_name_that_the_tables_give_it(migrated: Backend) -> None:
    """Two databases that differ in names can not be migrated by one script later."""
    load_every_table()
    with migrated.open(read_only=True) as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            assert found.get_pk_constraint(table.name)["name"] == table.primary_key.name
            there = {key["name"] for key in found.get_foreign_keys(table.name)}
            assert there == {key.name for key in table.foreign_key_constraints}


def test_the_constant_is_the_head_of_the_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", "lacewing:migrations")
    revisions = ScriptDirectory.from_config(config)

    assert revisions.get_current_head() == HEAD
    assert {found.revision for found in revisions.walk_revisions()} == migration.KNOWN


def test_a_tenants_rows_begin_their_indexes_with_the_organization() -> None:
    """Rule 6: the same schema can be sharded by it."""
    load_every_table()
    tenant_tables = [table for table in metadata.sorted_tables if "organization_id" in table.columns]

    assert {"projects", "memberships", "publishable_keys", "reports", "report_counts"} <= {
        table.name for table in tenant_tables
    }
    strays = [
        f"{table.name}: {index.name}"
        for table in tenant_tables
        for index in table.indexes
        if "project_id" in index.columns and next(iter(index.columns)).name != "organization_id"
    ]
    assert strays == []


def test_the_package_says_migrate_and_means_the_verb() -> None:
    assert _migrate_verb is migration.migrate
