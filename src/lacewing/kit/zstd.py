"""Zstandard (RFC 8878) at a quick level, from the standard library or its backport; loaded on first use."""

import sys
import threading
from functools import lru_cache
from typing import Any, BinaryIO

from lacewing.kit.lazy import LazyModule

_LEVEL = 1
_STREAM_LEVEL = 3
_zstd = LazyModule("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


def compress(data: bytes) -> bytes:
    """One frame."""
    compressor = _compressor(threading.get_ident())
    frame: bytes = compressor.compress(data, compressor.FLUSH_FRAME)
    return frame


class Stream:
    """One frame that is made piece by piece; what was fed can be read at the other end at once."""

    def __init__(self) -> None:
        self._compressor = _zstd.ZstdCompressor(level=_STREAM_LEVEL)

    def feed(self, data: bytes) -> bytes:
        piece: bytes = self._compressor.compress(data, self._compressor.FLUSH_BLOCK)
        return piece

    def finish(self) -> bytes:
        rest: bytes = self._compressor.flush()
        return rest


def writing(file: BinaryIO) -> BinaryIO:
    """One frame with a checksum, into a file; closed before it."""
    wanted = _zstd.CompressionParameter
    options = {wanted.compression_level: _STREAM_LEVEL, wanted.checksum_flag: 1}
    opened: BinaryIO = _zstd.ZstdFile(file, "w", options=options)
    return opened


def reading(file: BinaryIO) -> BinaryIO:
    """What was written so. Reading raises EOFError, or `fault()`, for what is no whole frame."""
    opened: BinaryIO = _zstd.ZstdFile(file, "r")
    return opened


def fault() -> type[Exception]:
    error: type[Exception] = _zstd.ZstdError
    return error


def decompress(frame: bytes) -> bytes:
    data: bytes = _zstd.ZstdDecompressor().decompress(frame)
    return data


@lru_cache(maxsize=16)
def _compressor(_thread: int) -> Any:  # noqa: ANN401 - the module is loaded on first use
    """One for each thread, kept: making one costs more than a small frame."""
    return _zstd.ZstdCompressor(level=_LEVEL)
