"""A copy of PostgreSQL takes the place of what stands in a database, for an owner who is no superuser."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from lacewing.storage import CopyError, Fillable, SchemaError, migrate, open_backend, to_be_filled
from tests.conftest import PostgresDatabases
from tests.postgres import Cluster

pytestmark = pytest.mark.postgresql

OWNER = "replacing"


@pytest.fixture(scope="module")
def owner(cluster: Cluster) -> str:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(OWNER)))
    return OWNER


@pytest.fixture
def there(owner: str, postgres_databases: PostgresDatabases) -> str:
    url = make_url(postgres_databases.empty())
    given = sql.SQL("ALTER DATABASE {} OWNER TO {}").format(*map(sql.Identifier, (str(url.database), owner)))
    ask(url.render_as_string(), given)
    return url.set(username=owner).render_as_string()


@pytest.fixture
def saved(there: str, postgres_databases: PostgresDatabases, tmp_path: Path) -> Path:
    """What stands there, without what tests keep in a schema of their own."""
    fill(to_be_filled(there), save(postgres_databases.migrated(), tmp_path / "migrated"), "0")
    ask(there, "DROP SCHEMA kept CASCADE; INSERT INTO known_keys VALUES ('kept', now())")
    return save(there, tmp_path / "saved")


def ask(url: str, statement: str | sql.Composed) -> list[str]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode() if isinstance(statement, str) else statement)
        return [word for (word,) in cursor] if cursor.description else []


def nobody(done: int, total: int) -> None:
    """Nobody wants to know how far it has come."""


def save(url: str, path: Path) -> Path:
    with closing(open_backend(url)) as backend, backend.snapshot() as snapshot:
        snapshot.save(path, nobody)
    return path


def fill(place: Fillable, saved: Path, moment: str) -> list[str]:
    with place.filling(saved, f".before-restore-{moment}", nobody) as aside:
        return aside


def begin(url: str, backups: Path) -> None:
    """As a server does."""
    with closing(open_backend(url)) as backend:
        migrate(backend, backups)


def kids(url: str, schema: str = "public") -> list[str]:
    return ask(url, f"SELECT kid FROM {schema}.known_keys")


def test_what_was_there_is_set_aside_or_as_it_was_and_is_in_no_later_copy(
    there: str, saved: Path, tmp_path: Path, postgres_databases: PostgresDatabases
) -> None:
    place = to_be_filled(there)
    place.check_room(replaces=True)
    ask(there, "UPDATE known_keys SET kid = 'later'")
    (tmp_path / "torn").write_bytes(saved.read_bytes()[:5000])
    with pytest.raises(CopyError, match="pg_restore failed"):
        fill(place, tmp_path / "torn", "1")
    assert kids(there) == ["later"]

    in_use = pytest.raises(SchemaError, match="just being restored")
    with place.filling(saved, ".before-restore-2", nobody) as [aside], in_use:
        begin(there, tmp_path)

    assert aside.startswith("the schema before_restore_2 in ")
    assert (kids(there), kids(there, "before_restore_2")) == (["kept"], ["later"])
    again = postgres_databases.empty()
    assert fill(to_be_filled(again), save(there, tmp_path / "again"), "3") == []
    assert ask(again, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before%'") == []


def test_what_is_not_ours_or_in_use_is_not_set_aside(there: str, cluster: Cluster) -> None:
    place = to_be_filled(there)
    place.check_room(replaces=False)
    with psycopg.connect(there), pytest.raises(CopyError, match="in use"):
        fill(place, Path("saved"), "1")
    ask(there, "CREATE TABLE customers (id int)")
    with pytest.raises(CopyError, match="--replace"):
        fill(place, Path("saved"), "1")
    with pytest.raises(CopyError, match="--replace"):
        place.check_room(replaces=False)
    with pytest.raises(CopyError, match="not Lacewing's"):
        place.check_room(replaces=True)

    ask(there, "CREATE TABLE alembic_version (); CREATE TABLE known_keys ()")
    place.check_room(replaces=True)
    somebody = make_url(cluster.url(str(make_url(there).database))).render_as_string()
    with psycopg.connect(somebody), pytest.raises(CopyError, match="in use"):
        place.check_room(replaces=True)
