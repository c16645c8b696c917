"""The report that is submitted: 1 KB of JSON as a widget sends it, the same but for its title."""

import json
import os
import struct
import zlib
from typing import Final

BYTES: Final = 1024
TITLE_CHARACTERS: Final = 32
SIDE: Final = 182
BOUNDARY: Final = "lacewing-bench"

_PLACEHOLDER: Final = "#" * TITLE_CHARACTERS
_SENTENCE: Final = (
    "Pressing the button leaves the spinner turning; the order is not placed and nothing is said. "
)
_CONSOLE: Final = [
    {"level": "warn", "message": "Slow network is detected.", "timestamp": "2026-03-01T09:30:00.123Z"},
    {"level": "error", "message": "TypeError: cart is undefined", "timestamp": "2026-03-01T09:30:02.456Z"},
]
_METADATA: Final = {
    "url": "https://shop.example.com/checkout?step=payment",
    "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "viewport": {"width": 1440, "height": 900},
}


def _encode(description: str) -> bytes:
    report = {
        "title": _PLACEHOLDER,
        "description": description,
        "severity": "high",
        "category": "bug",
        "console_logs": _CONSOLE,
        "metadata": _METADATA,
    }
    return json.dumps(report).encode()


def _fill() -> bytes:
    room = BYTES - len(_encode(""))
    return _encode((_SENTENCE * (room // len(_SENTENCE) + 1))[:room])


WITH_PICTURE: Final = '{"severity": "low", "category": "ui", "title": "KEY", "screenshot_url": "KEY"}'
HEAD, TAIL = (part.decode() for part in _fill().split(_PLACEHOLDER.encode()))


def body(title: str) -> bytes:
    """The JSON of a report of that title, which is plain ASCII of TITLE_CHARACTERS at most."""
    return (HEAD + title.ljust(TITLE_CHARACTERS, ".") + TAIL).encode()


def picture() -> bytes:
    """A PNG of 100 KB, which nothing makes smaller."""
    rows = b"".join(b"\0" + os.urandom(SIDE * 3) for _ in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def form() -> bytes:
    """The picture as a browser posts it."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="screenshot.png"\r\n'
    return head.encode() + b"Content-Type: image/png\r\n\r\n" + picture() + f"\r\n--{BOUNDARY}--\r\n".encode()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
