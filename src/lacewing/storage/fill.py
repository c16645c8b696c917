"""Where a saved snapshot is put back: a place that has to be empty."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from lacewing.storage.drafts import sync_folder


class Fillable(Protocol):
    """`place` is for people: the file, or the database's address without its password."""

    kind: str
    place: str
    can_set_aside: bool

    @property
    def draft(self) -> Path | None:
        """Where a saved snapshot is best unpacked; anywhere, if None."""
        ...

    @property
    def is_taken(self) -> str:
        """The sentence for one that is not empty."""
        ...

    def is_empty(self) -> bool:
        """Raises CopyError."""
        ...

    def check(self, server: str) -> None:
        """Whether a copy from this version of a server can be put here. Raises CopyError."""
        ...

    def set_aside(self, suffix: str) -> list[Path]:
        """What is there gets another name, which is answered."""
        ...

    def put_back(self, suffix: str) -> None:
        """What was set aside has its name again."""
        ...

    def fill(self, saved: Path) -> None:
        """All of it or nothing. The file may be gone afterwards. Raises CopyError."""
        ...


class SqliteFile:
    kind = "sqlite"
    can_set_aside = True
    _ENDS = ("", "-wal", "-shm")  # with what has not been copied into it yet

    def __init__(self, path: Path) -> None:
        self._path = path
        self.place = str(path)

    @property
    def draft(self) -> Path:
        return self._path.with_name(f"{self._path.name}.restoring")

    @property
    def is_taken(self) -> str:
        return f"There is a database at {self.place}. Name another folder, or set it aside with --replace."

    def is_empty(self) -> bool:
        return not self._path.exists()

    def check(self, server: str) -> None:
        """A file is a file."""

    def set_aside(self, suffix: str) -> list[Path]:
        aside = []
        for end in self._ENDS:
            with suppress(FileNotFoundError):
                new_name = Path(f"{self._path}{suffix}{end}")
                Path(f"{self._path}{end}").rename(new_name)
                aside.append(new_name)
        return aside[:1]

    def put_back(self, suffix: str) -> None:
        for end in self._ENDS:
            with suppress(FileNotFoundError):
                Path(f"{self._path}{suffix}{end}").rename(f"{self._path}{end}")

    def fill(self, saved: Path) -> None:
        with saved.open("rb") as file:
            os.fsync(file.fileno())
        saved.replace(self._path)
        sync_folder(self._path.parent)
