"""Bytes on their way to becoming a blob."""

import asyncio
import os
import secrets
import threading
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

FLUSH_BYTES = 256 * 1024


class Draft:
    """A file that is its owner's alone, and gone at the end of its `async with` unless it was kept.

    What is few bytes is written in one step, when it is settled.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / secrets.token_hex(16)
        self.size = 0
        self._waiting = bytearray()
        self._patches: list[tuple[int, bytes]] = []
        self._file: FileIO | None = None
        self._is_over = False
        self._lock = threading.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._discard()

    async def write(self, data: bytes) -> None:
        """Raises OSError."""
        self._waiting += data
        self.size += len(data)
        if len(self._waiting) >= FLUSH_BYTES:
            await asyncio.to_thread(self._flush)

    def patch(self, at: int, data: bytes) -> None:
        """What is written over the bytes that stand there, when the draft is settled."""
        self._patches.append((at, data))

    def settle(self, *, is_durable: bool) -> None:
        """All that was written is in the file, which is closed; and on the disk. Raises OSError."""
        self._flush()
        with self._lock:
            if self._file is None:
                return
            for at, data in self._patches:
                os.pwrite(self._file.fileno(), data, at)
            if is_durable:
                os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def _flush(self) -> None:
        with self._lock:
            if self._is_over:
                return
            if self._file is None:
                self._file = _create(self.path)
            view = memoryview(bytes(self._waiting))
            while view:
                view = view[self._file.write(view) or 0 :]
            self._waiting.clear()

    def _discard(self) -> None:
        """Whoever still writes finds that it is over."""
        with self._lock:
            self._is_over = True
            if self._file is not None:
                self._file.close()
            with suppress(FileNotFoundError):
                self.path.unlink()


def forget_drafts(folder: Path, seconds: float) -> int:
    """Deletes what a process that died left longer ago than this; answers how many."""
    horizon = time.time() - seconds
    old = [path for path in folder.iterdir() if path.stat().st_mtime < horizon] if folder.exists() else []
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def make_folder(folder: Path) -> None:
    """Each new one is on the disk before something stands in it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _create(path: Path) -> FileIO:
    make_folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    return FileIO(descriptor, "w")
