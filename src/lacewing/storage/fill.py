"""Where a saved snapshot is put back: a place that is empty, or whose content is set aside."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from lacewing.storage.drafts import sync_folder
from lacewing.storage.snapshots import CopyError, Progress


class Fillable(Protocol):
    """`place` is for people: the file, or the database's address without its password."""

    place: str
    only_commits: bool
    """Whether nothing that takes long is left to do when the `with` of `filling` ends."""

    @property
    def draft(self) -> Path | None:
        """Where a saved snapshot is best unpacked; anywhere, if None."""
        ...

    def is_empty(self) -> bool:
        """Raises CopyError."""
        ...

    def check(self, server: str) -> None:
        """Whether a copy from this version of a server can be put here. Raises CopyError."""
        ...

    def check_room(self, *, replaces: bool) -> None:
        """Whether it is empty, or may be set aside. `filling` keeps to the answer. Raises CopyError."""
        ...

    def filling(self, saved: Path, suffix: str, progress: Progress) -> AbstractContextManager[list[str]]:
        """Answers what is set aside, by its new name; the copy is there when the `with` has ended.

        All of it or nothing: if something fails, here or in the `with`, all is as it was. The file may be
        gone afterwards. Raises CopyError.
        """
        ...

    def settle(self) -> None:
        """What makes a filled place quick. It takes nothing back, whatever becomes of it."""
        ...


class SqliteFile:
    kind = "sqlite"
    only_commits = True
    _ENDS = ("", "-wal", "-shm")  # with what has not been copied into it yet

    def __init__(self, path: Path) -> None:
        self._path = path
        self.place = str(path)

    @property
    def draft(self) -> Path:
        return self._path.with_name(f"{self._path.name}.restoring")

    def is_empty(self) -> bool:
        return not self._path.exists()

    def check(self, server: str) -> None:
        """A file is a file."""

    def check_room(self, *, replaces: bool) -> None:
        if not (replaces or self.is_empty()):
            raise CopyError(
                f"There is a database at {self.place}. Name another folder, or set it aside with --replace."
            )

    @contextmanager
    def filling(self, saved: Path, suffix: str, progress: Progress) -> Iterator[list[str]]:
        with saved.open("rb") as file:
            os.fsync(file.fileno())
        with self.set_aside(suffix) as aside:
            yield aside
            saved.replace(self._path)
            sync_folder(self._path.parent)

    def settle(self) -> None:
        """A file has its statistics in it."""

    @contextmanager
    def set_aside(self, suffix: str) -> Iterator[list[str]]:
        """What fails in the `with` gives it its name again."""
        with ExitStack() as undo:
            undo.callback(self._put_back, suffix)
            yield self._give_name(suffix)
            undo.pop_all()

    def _give_name(self, suffix: str) -> list[str]:
        aside = []
        for end in self._ENDS:
            with suppress(FileNotFoundError):
                new_name = Path(f"{self._path}{suffix}{end}")
                Path(f"{self._path}{end}").rename(new_name)
                aside.append(str(new_name))
        return aside[:1]

    def _put_back(self, suffix: str) -> None:
        for end in self._ENDS:
            with suppress(FileNotFoundError):
                Path(f"{self._path}{suffix}{end}").rename(f"{self._path}{end}")
