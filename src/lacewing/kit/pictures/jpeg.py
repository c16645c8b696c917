"""JPEG (ITU-T T.81): tables, frame and scans go on; of all else, only JFIF's and Adobe's marks."""

from lacewing.kit.pictures.steps import (
    Drop,
    Emit,
    Parts,
    Pass,
    PassScan,
    Reader,
    Reading,
    Size,
    Take,
    broken,
    checked,
)

SIGNATURE = b"\xff\xd8\xff"
_EOI, _SOS, _APP0, _APP14 = 0xD9, 0xDA, 0xE0, 0xEE
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_OTHER_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_TABLES = frozenset({0xC4, 0xDB, 0xDD})
_BARE = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})
_MOST_COMPONENTS = 4


def read_jpeg() -> Reader:
    """Baseline, extended and progressive frames: what browsers draw."""
    yield Emit((yield Take(2)))
    parts, has_scan = Parts(), False
    size: Size | None = None
    while True:
        parts.next()
        marker = yield from _read_marker(parts)
        if marker == _EOI:
            if size is None or not has_scan:
                raise broken()
            yield Emit(b"\xff\xd9")
            return size
        if marker in _BARE or marker in _OTHER_FRAMES:
            raise broken()
        length = yield from _read_length()
        if marker in _FRAMES and size is None:
            size = yield from _read_frame(marker, length)
        elif marker == _SOS and size is not None:
            has_scan = True
            yield from _pass(marker, length)
            yield PassScan()
        elif marker in _FRAMES or marker == _SOS:
            raise broken()
        else:
            yield from _read_other(marker, length)


def _read_marker(parts: Parts) -> Reading[int]:
    """Any number of FF may stand before a marker's code."""
    if (yield Take(1)) != b"\xff":
        raise broken()
    code = yield Take(1)
    while code == b"\xff":
        parts.next()
        code = yield Take(1)
    return code[0]


def _read_length() -> Reading[int]:
    length = int.from_bytes((yield Take(2))) - 2
    if length < 0:
        raise broken()
    return length


def _read_frame(marker: int, length: int) -> Reader:
    if not 6 + 3 <= length <= 6 + 3 * _MOST_COMPONENTS:
        raise broken()
    frame = yield Take(length)
    size = checked(int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3]))
    yield Emit(_head(marker, length) + frame)
    return size


def _read_other(marker: int, length: int) -> Reading[None]:
    if marker in _TABLES:
        yield from _pass(marker, length)
    elif marker in {_APP0, _APP14}:
        yield from _pass_known(marker, length)
    else:
        yield Drop(length)


def _pass(marker: int, length: int) -> Reading[None]:
    yield Emit(_head(marker, length))
    yield Pass(length)


def _pass_known(marker: int, length: int) -> Reading[None]:
    """JFIF without a thumbnail, Adobe's mark of the colour transform; all else is left out."""
    if length not in {12, 14}:
        yield Drop(length)
        return
    data = yield Take(length)
    is_jfif = marker == _APP0 and data.startswith(b"JFIF\0") and length == 14
    if is_jfif or (marker == _APP14 and data.startswith(b"Adobe")):
        yield Emit(_head(marker, length) + data)


def _head(marker: int, length: int) -> bytes:
    return bytes((0xFF, marker)) + (length + 2).to_bytes(2)
