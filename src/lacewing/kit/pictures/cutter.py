"""Drives the reader of the format that a file's first bytes name."""

import re
from dataclasses import dataclass

from lacewing.kit.pictures import jpeg, png, webp
from lacewing.kit.pictures.steps import (
    Drop,
    Emit,
    Pass,
    PassScan,
    PictureError,
    PictureFault,
    PictureKind,
    Reader,
    Size,
    Step,
    Take,
    broken,
)

_MAGIC_BYTES = 12
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass(frozen=True, slots=True)
class Picture:
    """`patches` are what the written file says otherwise at these places."""

    kind: PictureKind
    width: int
    height: int
    patches: tuple[tuple[int, bytes], ...] = ()


class Cutter:
    """Fed with a file's bytes as they come, it answers those that go on. Linear; holds no more than a header.

    What follows the picture's end is left out.
    """

    def __init__(self) -> None:
        self.kind: PictureKind | None = None
        self._buffer = bytearray()
        self._written = 0
        self._reader: Reader | None = None
        self._step: Step | None = None
        self._left = 0
        self._size: Size | None = None

    def feed(self, data: bytes) -> bytes:
        """Raises PictureError."""
        if self._size is not None:
            return b""
        self._buffer += data
        out = bytearray()
        if self._reader is not None or self._begin():
            while self._move(out):
                pass
        self._written += len(out)
        return bytes(out)

    def finish(self) -> Picture:
        """Raises PictureError for what ended too early."""
        if self.kind is None:
            raise _not_a_picture()
        if self._size is None:
            raise broken()
        patches: tuple[tuple[int, bytes], ...] = ()
        if self.kind is PictureKind.WEBP:
            patches = ((4, (self._written - 8).to_bytes(4, "little")),)
        return Picture(self.kind, self._size.width, self._size.height, patches)

    def _begin(self) -> bool:
        if len(self._buffer) < _MAGIC_BYTES:
            return False
        self.kind, self._reader = _reader_of(bytes(self._buffer[:_MAGIC_BYTES]))
        self._take_step(next(self._reader))
        return True

    def _move(self, out: bytearray) -> bool:
        """One step, or as much of it as there are bytes for; False when there are none."""
        match self._step:
            case Emit(data):
                out += data
                self._advance(b"")
                return True
            case Take(count):
                if len(self._buffer) < count:
                    return False
                self._advance(self._shift(count))
                return True
            case PassScan():
                return self._scan(out)
            case None:
                return False
            case _:
                return self._carry(out)

    def _carry(self, out: bytearray) -> bool:
        piece = self._shift(min(self._left, len(self._buffer)))
        self._left -= len(piece)
        if isinstance(self._step, Pass):
            out += piece
        if self._left:
            return False
        self._advance(b"")
        return True

    def _scan(self, out: bytearray) -> bool:
        """A last FF waits for the byte after it."""
        found = _MARKER.search(self._buffer)
        if found is not None:
            out += self._shift(found.start())
            self._advance(b"")
            return True
        out += self._shift(len(self._buffer) - self._buffer.endswith(b"\xff"))
        return False

    def _shift(self, count: int) -> bytes:
        piece = bytes(memoryview(self._buffer)[:count])
        del self._buffer[:count]
        return piece

    def _advance(self, given: bytes) -> None:
        if self._reader is None:
            raise LookupError("a step without a reader")
        try:
            self._take_step(self._reader.send(given))
        except StopIteration as end:
            self._size, self._step = end.value, None
            self._buffer.clear()

    def _take_step(self, step: Step) -> None:
        self._step = step
        self._left = step.count if isinstance(step, Pass | Drop) else 0


def _reader_of(magic: bytes) -> tuple[PictureKind, Reader]:
    if magic.startswith(png.SIGNATURE):
        return PictureKind.PNG, png.read_png()
    if magic.startswith(jpeg.SIGNATURE):
        return PictureKind.JPEG, jpeg.read_jpeg()
    if magic.startswith(webp.SIGNATURE) and magic.endswith(webp.FORM):
        return PictureKind.WEBP, webp.read_webp()
    raise _not_a_picture()


def _not_a_picture() -> PictureError:
    return PictureError(PictureFault.NOT_A_PICTURE, "The file must be a PNG, JPEG or WebP picture.")
