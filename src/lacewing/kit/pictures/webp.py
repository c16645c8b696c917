"""WebP (RFC 9649): EXIF, XMP, colour profiles and unknown chunks are left out, and the header says so."""

from lacewing.kit.pictures.steps import Drop, Emit, Parts, Pass, Reader, Reading, Size, Take, broken, checked

SIGNATURE = b"RIFF"
FORM = b"WEBP"
_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_PEEK = {b"VP8X": 10, b"VP8 ": 10, b"VP8L": 5}
_SAYS_METADATA = 0x20 | 0x08 | 0x04
_MASK_14 = (1 << 14) - 1


def read_webp() -> Reader:
    """The length that the header tells is put right by whoever writes the file: it is known at the end."""
    head = yield Take(12)
    yield Emit(head)
    left = int.from_bytes(head[4:8], "little") - 4
    parts, has_frame = Parts(), False
    size: Size | None = None
    while left > 0:
        parts.next()
        chunk = yield Take(8)
        name, length = chunk[:4], int.from_bytes(chunk[4:], "little")
        left -= 8 + length + length % 2
        if left < 0 or (size is None and name not in _PEEK):
            raise broken()
        if name in _PEEK:
            found = yield from _read_peeked(name, chunk, length)
            size = size or found
            has_frame = has_frame or name != b"VP8X"
        else:
            has_frame = has_frame or name == b"ANMF"
            yield from _pass_or_drop(name, chunk, length + length % 2)
    if size is None or not has_frame:
        raise broken()
    return size


def _read_peeked(name: bytes, chunk: bytes, length: int) -> Reader:
    wanted = _PEEK[name]
    if length < wanted:
        raise broken()
    head = yield Take(wanted)
    size = _sizes[name](head)
    if name == b"VP8X":
        head = bytes((head[0] & ~_SAYS_METADATA,)) + head[1:]
    yield Emit(chunk + head)
    yield Pass(length + length % 2 - wanted)
    return size


def _pass_or_drop(name: bytes, chunk: bytes, length: int) -> Reading[None]:
    if name not in _KEPT:
        yield Drop(length)
        return
    yield Emit(chunk)
    yield Pass(length)


def _canvas(head: bytes) -> Size:
    return checked(int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1)


def _lossy(head: bytes) -> Size:
    if head[3:6] != b"\x9d\x01\x2a":
        raise broken()
    width, height = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    return checked(width & _MASK_14, height & _MASK_14)


def _lossless(head: bytes) -> Size:
    if head[0] != 0x2F:
        raise broken()
    bits = int.from_bytes(head[1:5], "little")
    return checked((bits & _MASK_14) + 1, (bits >> 14 & _MASK_14) + 1)


_sizes = {b"VP8X": _canvas, b"VP8 ": _lossy, b"VP8L": _lossless}
