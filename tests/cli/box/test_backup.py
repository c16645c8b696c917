"""`lacewing backup` and `lacewing restore` as an operator types them; on SQLite, without a server."""

import fcntl
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lacewing.cli.box import archive
from lacewing.cli.box.backup_header import HEADER
from tests.cli.box.program import Run, people, rewritten, tree, with_header

OTHER_RING = "k1:b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xkLW9sZC0="


def test_what_was_backed_up_is_there_again_with_its_keys(
    box: Run, file: Path, data: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    done = box("restore", file, data=again)

    assert (done.returncode, done.stderr) == (0, "")
    assert people(box, again) == people(box, data) != ""
    assert (again / "secret-keys").read_bytes() == (data / "secret-keys").read_bytes()
    assert {path.stat().st_mode & 0o077 for path in [again, *again.rglob("*")]} == {0}


def test_a_folder_is_given_a_file_named_after_the_moment(box: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    made = box("backup", tmp_path / "backups", data=data)

    [found] = (tmp_path / "backups").iterdir()
    assert made.stdout == f"{found}\n"
    assert found.name.startswith("lacewing-2")
    assert found.name.endswith("Z.tar.zst")


def test_only_to_verify_touches_nothing(box: Run, file: Path, tmp_path: Path) -> None:
    done = box("restore", file, "--verify", data=tmp_path / "again")
    assert (done.returncode, done.stdout[:20]) == (0, "The backup is whole:")
    assert not (tmp_path / "again").exists()


def test_a_damaged_backup_touches_nothing(box: Run, file: Path, tmp_path: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    done = box("restore", file, data=tmp_path / "again")

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert tree(tmp_path / "again") == {}


def test_a_folder_that_is_not_empty_is_refused_and_can_be_set_aside(box: Run, file: Path, data: Path) -> None:
    box("admin", "create-user", "Eve", "eve@example.com", data=data)
    before = people(box, data)
    refused = box("restore", file, data=data)
    assert (refused.returncode, people(box, data)) == (1, before)
    assert "--replace" in refused.stderr

    done = box("restore", file, "--replace", data=data)

    assert done.returncode == 0
    assert "eve@example.com" not in people(box, data)
    [aside] = [path for path in data.iterdir() if path.name.startswith("lacewing.db.before-restore-")]
    assert str(aside) in done.stdout
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM people").fetchall() == [(2,)]


def test_a_folder_of_somebody_else_is_refused(box: Run, file: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("Dear Ada")
    refused = box("restore", file, data=tmp_path / "home")
    assert (refused.returncode, tree(tmp_path / "home")) == (1, {"letter.txt": b"Dear Ada"})


def test_without_secrets_the_ring_is_not_in_it_and_has_to_be_there(
    box: Run, data: Path, tmp_path: Path
) -> None:
    file, again = tmp_path / "b.tar.zst", tmp_path / "again"
    assert box("backup", file, "--without-secrets", data=data).returncode == 0
    ring = (data / "secret-keys").read_text()
    assert all(ring.strip().encode() not in member.read() for member in archive.members(file))

    refused = box("restore", file, data=again)
    assert (refused.returncode, tree(again)) == (2, {})
    assert box("restore", file, data=again, LACEWING_SECRET_KEYS=OTHER_RING).returncode == 2
    assert box("restore", file, data=again, LACEWING_SECRET_KEYS=ring.strip()).returncode == 0
    assert not (again / "secret-keys").exists()
    assert people(box, again, LACEWING_SECRET_KEYS=ring.strip()) == people(box, data)


def test_what_is_of_postgresql_goes_into_no_file(box: Run, file: Path, tmp_path: Path) -> None:
    rewritten(file, with_header(database="postgresql", server="15"))
    refused = box("restore", file, data=tmp_path / "again")
    assert (refused.returncode, refused.stderr.count("\n"), tree(tmp_path / "again")) == (1, 1, {})
    assert "of postgresql" in refused.stderr


@pytest.mark.parametrize("change", [{"format": 2}, {"schema": "9999"}])
def test_a_backup_of_a_newer_program_is_refused(
    box: Run, file: Path, tmp_path: Path, change: dict[str, Any]
) -> None:
    rewritten(file, with_header(**change))
    refused = box("restore", file, data=tmp_path / "again")
    assert (refused.returncode, tree(tmp_path / "again")) == (1, {})
    assert "newer Lacewing" in refused.stderr


def test_a_name_that_leads_elsewhere_is_refused(box: Run, file: Path, tmp_path: Path) -> None:
    parts = [(member.name, member.read()) for member in archive.members(file)][:-1]
    file.unlink()
    with archive.packing(file, 0) as packed:
        for name, content in [*parts, ("blobs/../../letter.txt", b"Dear Ada")]:
            packed.add(name, content)
    refused = box("restore", file, data=tmp_path / "again")
    assert (refused.returncode, tree(tmp_path / "again")) == (1, {})
    assert not (tmp_path / "letter.txt").exists()


@pytest.mark.parametrize("words", [("backup",), ("restore", "no such file")])
def test_without_a_database_or_a_file_there_is_one_sentence(
    box: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    refused = box(*words, data=tmp_path / "nothing")
    assert refused.returncode in {1, 2}
    assert (refused.stdout, refused.stderr.count("\n")) == ("", 1)
    assert not (tmp_path / "nothing").exists()


def test_a_file_that_exists_is_never_overwritten(box: Run, file: Path, data: Path) -> None:
    before = file.read_bytes()
    assert box("backup", file, data=data).returncode == 1
    assert file.read_bytes() == before


def test_a_file_has_to_end_as_an_archive_does(box: Run, data: Path, tmp_path: Path) -> None:
    """A folder that is not there is no file."""
    refused = box("backup", f"{tmp_path}/new/", data=data)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert not (tmp_path / "new").exists()


def test_a_file_that_came_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.zst"
    with pytest.raises(archive.ArchiveError, match="exists already"), archive.packing(path, 0):
        path.write_text("another's")
    assert tree(tmp_path) == {"a.tar.zst": b"another's"}


def test_a_key_ring_of_somebody_else_is_refused(box: Run, data: Path, tmp_path: Path) -> None:
    box("admin", "reset-password", "ada@example.com", data=data)
    refused = box("backup", tmp_path / "b.tar.zst", data=data, LACEWING_SECRET_KEYS=OTHER_RING)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "b.tar.zst").exists()


def test_no_backup_is_made_while_one_is_restored(box: Run, data: Path, tmp_path: Path) -> None:
    with (data / "in-use").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = box("backup", tmp_path / "b.tar.zst", data=data)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)


def test_a_backup_without_its_files_is_told_as_incomplete(box: Run, pictured: Path, tmp_path: Path) -> None:
    made = box("backup", tmp_path / "b.tar.zst", data=pictured, LACEWING_BLOBS=str(tmp_path / "elsewhere"))
    assert (made.returncode, made.stdout) == (1, f"{tmp_path / 'b.tar.zst'}\n")
    assert "the database, no attachments, the key ring" in made.stderr
    assert "INCOMPLETE: 2 files" in made.stderr


def test_attachments_go_to_where_a_link_leads(
    box: Run, pictured: Path, pictured_file: Path, tmp_path: Path
) -> None:
    before = tree(pictured / "blobs")
    (pictured / "blobs").rename(tmp_path / "disk")
    (pictured / "blobs").symlink_to(tmp_path / "disk")

    done = box("restore", pictured_file, "--replace", data=pictured)

    assert (done.returncode, done.stderr) == (0, "")
    assert (pictured / "blobs").is_symlink()
    assert tree(tmp_path / "disk") == before != {}


def test_what_can_not_be_moved_leaves_all_as_it_was(
    box: Run, pictured: Path, pictured_file: Path, tmp_path: Path
) -> None:
    """A folder beside which nothing can be named anew: its new name is too long."""
    where = tmp_path / ("b" * 240)
    (pictured / "blobs").rename(where)
    before = tree(pictured)

    refused = box("restore", pictured_file, "--replace", data=pictured, LACEWING_BLOBS=str(where))

    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert tree(pictured) == before


def test_a_mount_point_is_refused_before_anything_is_touched(box: Run, file: Path, data: Path) -> None:
    before = tree(data)
    refused = box("restore", file, "--replace", data=data, LACEWING_BLOBS="/")
    assert (refused.returncode, refused.stderr[:18]) == (1, "/ is a mount point")
    assert tree(data) == before


@pytest.mark.parametrize("missing", ["lacewing.db", "secret-keys"])
def test_an_archive_without_a_part_leaves_all_as_it_was(
    box: Run, file: Path, data: Path, missing: str
) -> None:
    rewritten(file, lambda name, content: None if name == missing else content)
    before = tree(data)

    refused = box("restore", file, "--replace", data=data)

    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert tree(data) == before


def test_a_header_that_is_too_long_is_none(box: Run, tmp_path: Path) -> None:
    with archive.packing(tmp_path / "a.tar.zst", 0) as packed:
        packed.add(HEADER, b" " * 5_000_000)
    refused = box("restore", tmp_path / "a.tar.zst", data=tmp_path / "again")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
