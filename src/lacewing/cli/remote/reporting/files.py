"""The files that go along with a report: logs without their secrets, and a picture."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lacewing.cli.grammar import CommandError, Exit
from lacewing.client.request import Progress, Upload
from lacewing.client.secrets import tellable

LOG_BYTES: Final = 1024 * 1024
MOST_LOGS: Final = 5
_KEPT_NAMES: Final = frozenset({".har", ".json", ".log", ".txt", ".zip"})
_PICTURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"RIFF", "image/webp"),
)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """`text` is there of a log only: an archive or a picture goes along as it is."""

    name: str
    content: bytes
    text: str = ""
    media_type: str = "application/octet-stream"

    def upload(self, progress: Progress) -> Upload:
        return Upload(self.name, io.BytesIO(self.content), self.media_type, progress)


def read_logs(paths: Sequence[Path]) -> list[Enclosed]:
    """Raises CommandError."""
    check_number(paths)
    return [_log(path) for path in paths]


def check_number(paths: Sequence[Path]) -> None:
    """Raises CommandError."""
    if len(paths) > MOST_LOGS:
        raise CommandError(f"{len(paths)} logs are too many: {MOST_LOGS} go along with a report.", Exit.USAGE)


def log_of(name: str, text: str) -> Enclosed:
    """Without secrets."""
    clean = tellable(text)
    return Enclosed(name, clean.encode(), clean)


def read_screenshot(path: Path) -> Enclosed:
    """Raises CommandError for what is no PNG, JPEG or WebP."""
    content = _read(path)
    kind = next((kind for start, kind in _PICTURES if content.startswith(start)), None)
    if kind is None:
        raise CommandError(f"{path} is no PNG, JPEG or WebP picture.", Exit.USAGE)
    return Enclosed(path.name, content, media_type=kind)


def _log(path: Path) -> Enclosed:
    """Of a text the end, from a line's beginning; under a name that a server takes."""
    content = _read(path)
    if content.startswith(b"PK\x03\x04"):
        return Enclosed(f"{path.stem}.zip", content)
    name = path.name if path.suffix.lower() in _KEPT_NAMES - {".zip"} else f"{path.name}.log"
    if len(content) > LOG_BYTES:
        content = content[-LOG_BYTES:].partition(b"\n")[2]
    return log_of(name, content.decode(errors="replace"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} can not be read: {error.strerror}.", Exit.USAGE) from error
