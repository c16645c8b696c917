"""A snapshot is one moment of the database, on both kinds, and can be put back into an empty place."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from lacewing.storage import CopyError, open_backend, to_be_filled
from lacewing.storage.backend import Backend
from lacewing.storage.postgres_programs import find_program
from tests.conftest import Databases
from tests.postgres import Cluster


@pytest.fixture
def backend(databases: Databases) -> Iterator[Backend]:
    backend = open_backend(databases.migrated())
    yield backend
    backend.close()


def add_key(backend: Backend, kid: str) -> None:
    with closing(backend.open(read_only=False)) as connection:
        at = 0 if backend.name == "sqlite" else "2026-01-01"
        connection.execute(text("INSERT INTO known_keys VALUES (:kid, :at)"), {"kid": kid, "at": at})


def kids(backend: Backend) -> list[str]:
    with closing(backend.open(read_only=True)) as connection:
        return list(connection.execute(text("SELECT kid FROM known_keys ORDER BY kid")).scalars())


def is_held(backend: Backend) -> bool:
    with closing(backend.open(read_only=False)) as connection:
        backend.begin(connection)
        found = backend.is_sweeping_held(connection)
        backend.rollback(connection)
        return found


def empty_like(databases: Databases, url: str) -> str:
    """An empty file need not be there."""
    return f"{url}.restored" if make_url(url).drivername == "sqlite" else databases.empty()


def test_what_is_committed_later_is_not_in_a_snapshot(databases: Databases, tmp_path: Path) -> None:
    url = databases.migrated()
    with closing(open_backend(url)) as backend:
        add_key(backend, "before")
        saved, told = tmp_path / "saved", []
        saved.touch()
        with backend.snapshot() as snapshot:
            add_key(backend, "after")
            snapshot.save(saved, lambda done, total: told.append((done, total)))
            server = snapshot.server
        assert told[-1][0] == told[-1][1] > 0

    place = empty_like(databases, url)
    found = to_be_filled(place)
    found.check(server)
    assert found.is_empty()
    with found.filling(saved, ".before", lambda *_: None) as aside:
        assert aside == []

    assert not to_be_filled(place).is_empty()
    with closing(open_backend(place)) as restored:
        assert kids(restored) == ["before"]


def test_sweeping_is_held_until_the_copy_is_made_and_by_one_alone(backend: Backend) -> None:
    assert not is_held(backend)
    with backend.hold_sweeping():
        assert is_held(backend)
        with pytest.raises(CopyError, match="Another backup"), backend.hold_sweeping():
            pass
        assert is_held(backend)
    assert not is_held(backend)


@pytest.mark.postgresql
def test_a_database_of_an_older_server_takes_no_copy(cluster: Cluster) -> None:
    with pytest.raises(CopyError, match="same version or a newer one"):
        to_be_filled(cluster.url("postgres")).check("999")


def test_a_program_that_is_not_installed_is_told_with_its_package() -> None:
    with pytest.raises(CopyError, match="apt-get install postgresql-client-12"):
        find_program("pg_dump", 12)
