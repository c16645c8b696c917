"""What is not whole, or not what was written, is noticed before anything is done with it."""

import hashlib
import subprocess
import tarfile
from pathlib import Path

import pytest

from lacewing.cli.box.archive import SUMS, ArchiveError, members, packing, verify
from lacewing.kit import zstd

LARGE = bytes(range(256)) * 9000


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.tar.zst"
    with packing(path, 0) as packed:
        packed.add("one", b"1")
        packed.add("folder/" + "long" * 40, LARGE)
        packed.add("empty", b"")
    return path


def unpacked(path: Path) -> bytes:
    with path.open("rb") as file, zstd.reading(file) as content:
        return content.read()


def repacked(path: Path, content: bytes) -> None:
    with path.open("wb") as file, zstd.writing(file) as out:
        out.write(content)


def refused(path: Path) -> str:
    with pytest.raises(ArchiveError) as error:
        verify(path, lambda count: None)
    return str(error.value)


def test_what_was_packed_comes_out_and_is_private(archive: Path) -> None:
    verify(archive, lambda count: None)
    found = {member.name: member.read() for member in members(archive)}

    sums = [line.split("  ")[0] for line in found.pop(SUMS).decode().splitlines()]
    assert sums == [hashlib.sha256(data).hexdigest() for data in found.values()]
    assert list(found.values()) == [b"1", LARGE, b""]
    assert archive.stat().st_mode & 0o777 == 0o600
    assert list(archive.parent.iterdir()) == [archive]


def test_other_programs_can_open_it(archive: Path) -> None:
    plain = archive.with_suffix("")
    plain.write_bytes(unpacked(archive))
    with tarfile.open(plain) as tar:
        tar.extractall(archive.parent / "out", filter="data")
    done = subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=archive.parent / "out", check=False)
    assert done.returncode == 0


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), packing(tmp_path / "archive", 0) as packed:
        packed.add("one", b"1" * (1 + 1 // 0))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_one_that_ends_early_is_refused(archive: Path, share: float) -> None:
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * share)])
    refused(archive)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.98])
def test_one_in_which_a_byte_differs_is_refused(archive: Path, share: float) -> None:
    whole = bytearray(archive.read_bytes())
    whole[int(len(whole) * share)] ^= 0x10
    archive.write_bytes(whole)
    refused(archive)


def test_a_member_that_is_not_what_was_written_is_named(archive: Path) -> None:
    repacked(archive, unpacked(archive).replace(LARGE, LARGE[::-1]))
    assert "folder/longlong" in refused(archive)


def test_one_without_its_checksums_is_refused(archive: Path) -> None:
    content = unpacked(archive)
    at = content.rindex(SUMS.encode(), 0, len(content))
    repacked(archive, content[:at] + bytes(1024))
    assert refused(archive) == "Its end is missing."


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    path.write_text("no archive")
    assert "no backup of Lacewing's" in refused(path)
