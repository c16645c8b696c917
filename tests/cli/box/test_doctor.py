"""`lacewing doctor` finds what is wrong, says what to do, and changes nothing."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from lacewing.cli.box.doctor import of_folder
from lacewing.cli.box.doctor.findings import Finding, State
from lacewing.cli.box.doctor.of_database import examine_database
from lacewing.cli.box.doctor.of_folder import examine_folder
from lacewing.credentials import register_keys
from lacewing.kit import keyring
from lacewing.settings import Settings
from lacewing.storage import open_backend
from tests.cli.shell import Ran, Shell
from tests.conftest import SqliteDatabases
from tests.ports import free_port
from tests.world import OLD_KEY, World


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def states(ran: Ran) -> dict[str, str]:
    """The worst of each part."""
    order = [State.OK, State.WARNING, State.FAULT]
    found: dict[str, str] = {}
    for each in sorted(ran.json, key=lambda finding: order.index(State(finding["state"]))):
        found[each["part"]] = each["state"]
    return found


def names(folder: Path) -> dict[str, bytes]:
    passing = {"lacewing.db-wal", "lacewing.db-shm", "in-use"}
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in passing)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_healthy_instance_has_no_fault_and_is_not_changed(shell: Shell, data: Path) -> None:
    before = names(data)
    ran = shell("doctor", "--data", str(data), "--json")

    assert ran.code == 0
    assert set(ran.json[0]) == {"part", "state", "sentence", "remedy"}
    assert {part for part, state in states(ran).items() if state != State.OK} <= {"mail", "clock"}
    assert set(states(ran)) >= {"settings", "folder", "disk", "keys", "database", "schema", "blobs", "mail"}
    assert names(data) == before
    spoken = shell("doctor", "--data", str(data))
    assert (spoken.code, spoken.err) == (0, "")
    assert "Set LACEWING_SMTP_URL" in spoken.out


def test_what_is_wrong_around_it_is_told_with_what_to_do(shell: Shell, data: Path) -> None:
    data.chmod(0o755)
    (data / "secret-keys").chmod(0o644)
    nobody = f"127.0.0.1:{free_port()}"
    ran = shell(
        "doctor",
        "--json",
        "--data",
        str(data),
        LACEWING_LIMITS="off",
        LACEWING_REDIS_URL=f"redis://{nobody}",
        LACEWING_SMTP_URL=f"smtp://user:geheim@{nobody}",
        LACEWING_BLOBS=f"s3://bucket?region=x&endpoint=http://{nobody}",
        AWS_ACCESS_KEY_ID="access",
        AWS_SECRET_ACCESS_KEY="geheim",
    )
    found = states(ran)
    assert ran.code == 1
    assert {found[part] for part in ("folder", "redis", "mail", "blobs")} == {State.FAULT}
    assert found["settings"] == State.WARNING
    assert all(each["remedy"] for each in ran.json if each["state"] != State.OK)
    assert "geheim" not in ran.out


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"LACEWING_PORT": "all"}, "LACEWING_PORT must be"),
        ({"LACEWING_DATA": "/nowhere/at/all"}, "There is no folder"),
    ],
)
def test_without_settings_or_a_folder_that_is_all(
    shell: Shell, settings: dict[str, str], sentence: str
) -> None:
    ran = shell("doctor", "--json", **settings)
    faults = [each for each in ran.json if each["state"] == State.FAULT]
    assert (ran.code, len(faults), ran.err) == (1, 1, "")
    assert faults[0]["sentence"].startswith(sentence)


def faults(found: list[Finding]) -> set[str]:
    return {each.part for each in found if each.state is State.FAULT}


def examined(url: str, folder: Path, ring: str = OLD_KEY) -> set[str]:
    """The parts in which the database has faults."""
    return faults(examine_database(Settings(data=folder, database_url=url, secret_keys=ring)))


def changed(url: str, statement: str, **values: Any) -> None:
    with closing(open_backend(url)) as backend, closing(backend.open(read_only=False)) as connection:
        connection.execute(text(statement), values)


def test_a_ring_that_lacks_a_key_is_noticed(world: World, world_url: str, tmp_path: Path) -> None:
    world.mint()
    world.run(register_keys(world.db, world.vault.ring))
    assert "keys" not in examined(world_url, tmp_path)
    assert "keys" in examined(world_url, tmp_path, keyring.generate())


def test_a_clock_that_went_back_is_noticed(world: World, world_url: str, tmp_path: Path) -> None:
    world.clock.advance(days=365 * 100)
    world.sign_in("ada")
    assert "clock" in examined(world_url, tmp_path)


@pytest.mark.parametrize(("revision", "is_fault"), [("0001", False), ("9999", True)])
def test_another_schema_is_noticed(url: str, tmp_path: Path, revision: str, is_fault: bool) -> None:
    changed(url, "UPDATE alembic_version SET version_num = :revision", revision=revision)
    assert examined(url, tmp_path) == ({"schema"} if is_fault else set())


def test_a_database_that_is_not_there_is_noticed_and_not_made(tmp_path: Path) -> None:
    nowhere = f"postgresql://ada:geheim@127.0.0.1:{free_port()}/none"
    assert (
        examined(f"sqlite:///{tmp_path / 'none.db'}", tmp_path) == examined(nowhere, tmp_path) == {"database"}
    )
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_noticed(sqlite_databases: SqliteDatabases, tmp_path: Path) -> None:
    path = Path(make_url(sqlite_databases.migrated()).database or "")
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20_000] = b"x" * 20_000
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(content)
    sqlite_databases.give_back()
    assert "database" in examined(f"sqlite:///{damaged}", tmp_path)


def test_a_shared_disk_is_no_place_for_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nhost:/b {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(of_folder, "_MOUNTS", mounts)
    tmp_path.chmod(0o700)
    assert faults(examine_folder(Settings(data=tmp_path))) == {"disk"}
    assert faults(examine_folder(Settings(data=tmp_path, database_url="postgresql://elsewhere/x"))) == set()
