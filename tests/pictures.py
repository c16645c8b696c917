"""Small pictures of every kind, and chunks to put into them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

SECRET = b"GPS 52.5200 N 13.4050 E"


def picture(form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """With a gradient in it, so that it does not pack to nothing."""
    made = Image.linear_gradient("L").resize(size).convert(mode)
    file = io.BytesIO()
    made.save(file, form, **options)
    return file.getvalue()


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_png_chunk(data: bytes, name: bytes, content: bytes) -> bytes:
    """Before the first IDAT."""
    at = data.index(b"IDAT") - 4
    return data[:at] + png_chunk(name, content) + data[at:]


def with_jpeg_segment(data: bytes, marker: int, content: bytes) -> bytes:
    """Right after the beginning."""
    return data[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content + data[2:]


def claimed_png(width: int, height: int) -> bytes:
    """A PNG of one pixel that says it is this large."""
    one = picture(size=(1, 1))
    header = struct.pack(">II", width, height) + one[24:29]
    return one[:8] + png_chunk(b"IHDR", header) + one[33:]


def bomb(side: int = 7000) -> bytes:
    """A few kilobytes that decode to a picture of this many pixels a side."""
    row = zlib.compressobj(9)
    line = b"\0" * (side // 8 + 2)
    packed = b"".join(row.compress(line) for _ in range(side)) + row.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", packed)
        + png_chunk(b"IEND", b"")
    )
