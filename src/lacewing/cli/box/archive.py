"""One file of named members with their checksums: tar inside Zstandard, which other programs can open too.

The last member is `SHA256SUMS`, as `sha256sum` writes it.
"""

import hashlib
import os
import tarfile
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from lacewing.kit import zstd
from lacewing.storage import sync_folder

SUMS = "SHA256SUMS"
CHUNK_BYTES = 1024 * 1024
_LONGEST_SUMS = 1 << 30


class ArchiveError(Exception):
    """It is no whole archive; the sentence says why."""


class Packing:
    """Members are written one after another; each one's size is known before it begins."""

    def __init__(self, out: BinaryIO, modified_at: float) -> None:
        self._out = out
        self._modified_at = modified_at
        self._sums: list[str] = []

    def add(self, name: str, data: bytes) -> None:
        with self._member(name, len(data)) as write:
            write(data)

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file, self._member(name, path.stat().st_size) as write:
            while chunk := file.read(CHUNK_BYTES):
                write(chunk)

    async def add_chunks(self, name: str, size: int, chunks: AsyncIterator[bytes]) -> None:
        with self._member(name, size) as write:
            async for chunk in chunks:
                write(chunk)

    def finish(self) -> None:
        self.add(SUMS, "".join(self._sums).encode())
        self._out.write(bytes(2 * tarfile.BLOCKSIZE))

    @contextmanager
    def _member(self, name: str, size: int) -> Iterator[Callable[[bytes], None]]:
        """Raises ArchiveError if it turns out to have another size."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(self._modified_at)
        self._out.write(info.tobuf(tarfile.PAX_FORMAT))
        digest, written = hashlib.sha256(), 0

        def write(chunk: bytes) -> None:
            nonlocal written
            written += len(chunk)
            digest.update(chunk)
            self._out.write(chunk)

        yield write
        if written != size:
            raise ArchiveError(f"{name} has changed while it was copied.")
        self._out.write(bytes(-size % tarfile.BLOCKSIZE))
        self._sums.append(f"{digest.hexdigest()}  {name}\n")


@contextmanager
def packing(path: Path, modified_at: float) -> Iterator[Packing]:
    """Private from its first byte; it has its name once it is whole, and on the disk.

    Raises ArchiveError if there is a file of that name by then, OSError.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.partial")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zstd.writing(file) as out:
                packed = Packing(out, modified_at)
                yield packed
                packed.finish()
            file.flush()
            os.fsync(file.fileno())
        _give_name(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _give_name(draft: Path, path: Path) -> None:
    try:
        _link(draft, path)
    except FileExistsError as error:
        raise ArchiveError(f"{path} exists already. Name another file.") from error


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on many a USB disk
        path.touch(exist_ok=False)
        draft.replace(path)


class Member:
    """To be read before the next. Raises ArchiveError, OSError."""

    def __init__(self, name: str, size: int, file: IO[bytes]) -> None:
        self.name = name
        self.size = size
        self._file = file

    def chunks(self) -> Iterator[bytes]:
        with _told_as_damage():
            while chunk := self._file.read(CHUNK_BYTES):
                yield chunk

    def read(self) -> bytes:
        return b"".join(self.chunks())

    def save(self, path: Path) -> None:
        """Into a new file, its owner's alone."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(self.chunks())


def members(path: Path) -> Generator[Member]:
    """In their order. Raises ArchiveError, OSError."""
    with path.open("rb") as file, _told_as_damage(), zstd.reading(file) as unpacked:
        yield from _members(unpacked)


@contextmanager
def _told_as_damage() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, zstd.fault()) as error:
        raise ArchiveError(f"It is damaged, or no backup of Lacewing's ({error}).") from error


def _members(unpacked: BinaryIO) -> Iterator[Member]:
    with tarfile.open(fileobj=unpacked, mode="r|", bufsize=CHUNK_BYTES) as tar:
        for info in tar:
            content = tar.extractfile(info)
            if content is None:
                raise ArchiveError(f"{info.name} in it is no file.")
            yield Member(info.name, info.size, content)


def verify(path: Path, seen: Callable[[int], None]) -> None:
    """Reads all of it, and tells `seen` of the bytes. Raises ArchiveError, OSError."""
    found: dict[str, str] = {}
    told: dict[str, str] | None = None
    for member in members(path):
        if told is not None or member.name in found:
            raise ArchiveError(f"{member.name} stands in it where nothing should.")
        if member.name == SUMS:
            told = _read_sums(member)
            continue
        digest = hashlib.sha256()
        for chunk in member.chunks():
            digest.update(chunk)
            seen(len(chunk))
        found[member.name] = digest.hexdigest()
    if told is None:
        raise ArchiveError("Its end is missing.")
    differing = sorted(name for name in found.keys() | told.keys() if found.get(name) != told.get(name))
    if differing:
        raise ArchiveError(f"{differing[0]} in it is not what was written ({len(differing)} such in all).")


def _read_sums(member: Member) -> dict[str, str]:
    if member.size > _LONGEST_SUMS:
        raise ArchiveError("Its checksums are too long.")
    lines = member.read().decode(errors="replace").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
