"""Blobs in a folder, and in a bucket of a server that speaks S3."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

import pytest
from moto.server import ThreadedMotoServer

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.settings import Bucket, Settings
from lacewing.storage import Blobs, MissingBlobError, open_blobs
from tests.ports import free_port
from tests.world import Run

FOLDER: Final = "folder"
LARGE: Final = os.urandom(1 << 20) * 7  # more than one part of an upload to a bucket
SYNCED: Final = """
import asyncio, sys
from pathlib import Path
from lacewing.storage.blob_folder import FolderBlobs

async def main():
    blobs = FolderBlobs(Path(sys.argv[1]))
    async with blobs.draft() as draft:
        await draft.write(b"x" * 1000)
        await blobs.keep(draft, "org/project/id.png")

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    port = free_port()
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{port}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "access")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        with urlopen(Request(f"{endpoint}/lacewing", method="PUT")):
            pass
        yield Bucket("lacewing", "some/prefix", endpoint, "us-east-1")
    server.stop()


@pytest.fixture(params=[FOLDER, "bucket"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    settings = Settings(data=tmp_path)
    if request.param == FOLDER:
        return open_blobs(settings)
    return open_blobs(replace(settings, blobs=request.getfixturevalue("bucket")))


async def keep(blobs: Blobs, key: str, *chunks: bytes, patch: tuple[int, bytes] | None = None) -> None:
    async with blobs.draft() as draft:
        for chunk in chunks:
            await draft.write(chunk)
        if patch is not None:
            draft.patch(*patch)
        await blobs.keep(draft, key)


async def read(blobs: Blobs, key: str) -> bytes:
    found = await blobs.open(key)
    data = b"".join([chunk async for chunk in found.chunks])
    assert len(data) == found.size
    return data


@pytest.mark.parametrize("data", [b"", b"few", LARGE], ids=["empty", "few", "7 MB"])
def test_what_was_kept_is_read_again(blobs: Blobs, run: Run, data: bytes) -> None:
    half = len(data) // 2
    run(keep(blobs, "org/project/id.png", data[:half], data[half:]))

    assert run(read(blobs, "org/project/id.png")) == data


def test_what_is_kept_again_replaces_what_was(blobs: Blobs, run: Run) -> None:
    run(keep(blobs, "a/b", b"one"))
    run(keep(blobs, "a/b", b"another"))

    assert run(read(blobs, "a/b")) == b"another"


def test_a_patch_stands_where_it_was_told(blobs: Blobs, run: Run) -> None:
    run(keep(blobs, "a/b", b"RIFF....WEBP", patch=(4, b"1234")))

    assert run(read(blobs, "a/b")) == b"RIFF1234WEBP"


def test_what_was_deleted_is_missing_and_can_be_deleted_again(blobs: Blobs, run: Run) -> None:
    run(keep(blobs, "a/b", b"data"))
    for _ in range(2):
        run(blobs.delete(["a/b", "a/never"]))

    with pytest.raises(MissingBlobError):
        run(blobs.open("a/b"))


def test_a_draft_that_is_not_kept_leaves_nothing(blobs: Blobs, run: Run, tmp_path: Path) -> None:
    async def give_up() -> None:
        async with blobs.draft() as draft:
            await draft.write(LARGE)
            assert draft.path.exists()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run(give_up())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_folders_files_are_its_owners_alone(run: Run, tmp_path: Path) -> None:
    run(keep(open_blobs(Settings(data=tmp_path)), "a/b/c", b"data"))

    made = [path for path in tmp_path.rglob("*") if path.name != "drafts"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_dir()} == {0o700}


def test_a_folder_that_can_not_be_written_is_unavailable(run: Run, tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "a").write_text("in the way")

    with pytest.raises(LacewingError) as refused:
        run(keep(open_blobs(Settings(data=tmp_path)), "a/b", b"data"))
    assert refused.value.kind is ErrorKind.UNAVAILABLE


def test_a_bucket_out_of_reach_is_unavailable(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "access")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    nowhere = Bucket("lacewing", endpoint=f"http://127.0.0.1:{free_port()}", region="us-east-1")
    blobs = open_blobs(Settings(data=tmp_path, blobs=nowhere))

    for ask in (keep(blobs, "a", b"data"), blobs.open("a"), blobs.delete(["a"])):
        with pytest.raises(LacewingError) as refused:
            run(ask)
        assert refused.value.kind is ErrorKind.UNAVAILABLE


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path) -> None:
    """And every new folder that leads to it, before the answer."""
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-y", "-e", "trace=fsync,rename", "-o", str(trace)]
    try:
        subprocess.run(
            [*command, sys.executable, "-c", SYNCED, str(tmp_path / "blobs")], check=True, timeout=60
        )
    except FileNotFoundError:
        pytest.skip("strace is not installed")
    calls = re.findall(r'(fsync|rename)\((?:\d+<|")(.*?)[>"]', trace.read_text())
    at = next(at for at, (name, _) in enumerate(calls) if name == "rename")
    folders = [tmp_path, *(tmp_path / name for name in ("blobs", "blobs/org"))]

    assert {("fsync", calls[at][1]), *(("fsync", str(folder)) for folder in folders)} <= set(calls[:at])
    assert calls[at + 1] == ("fsync", str(tmp_path / "blobs/org/project"))
