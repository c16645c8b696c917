"""Finds the files that another tracker names, in a copy of its folder or bucket."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lacewing.imports.values import SourceFile

CHUNK_BYTES = 256 * 1024
# No more of a path's parts are looked for below the folder.
MOST_PARTS = 5
_KINDS = ((b"\x89PNG", "image/png", "png"), (b"\xff\xd8\xff", "image/jpeg", "jpg"))
_LONGEST_MAGIC = 12


class FoundFiles:
    """Everything below `folder`, and nothing else, whatever a path says."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder and folder.resolve()

    def find(self, file: SourceFile) -> Path | None:
        """By the most of its path that leads somewhere: `/app/uploads/a/b.png` may lie at `a/b.png` here."""
        if self._folder is None:
            return None
        parts = _parts(file.path)
        for start in range(max(0, len(parts) - MOST_PARTS), len(parts)):
            try:
                path = self._folder.joinpath(*parts[start:]).resolve()
                if path.is_relative_to(self._folder) and path.is_file():
                    return path
            except (OSError, ValueError, RuntimeError):
                return None
        return None


def kind_of(path: Path) -> tuple[str, str] | None:
    """The media type and the suffix of a picture that we take, by its first bytes. Raises OSError."""
    with path.open("rb") as file:
        begin = file.read(_LONGEST_MAGIC)
    if begin[:4] == b"RIFF" and begin[8:] == b"WEBP":
        return "image/webp", "webp"
    return next(
        ((media_type, suffix) for magic, media_type, suffix in _KINDS if begin.startswith(magic)), None
    )


async def chunks_of(path: Path) -> AsyncIterator[bytes]:
    """Raises OSError."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _parts(path: str) -> list[str]:
    """Of a key, a path of either kind of machine, or an address."""
    inner = unquote(urlsplit(path).path) if "://" in path else path
    return [part for part in inner.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
