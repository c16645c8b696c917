"""PNG (Third Edition, W3C 2025): only the chunks that say how to draw it go on."""

from lacewing.kit.pictures.steps import Drop, Emit, Parts, Pass, Reader, Size, Take, broken, checked

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LONGEST = {b"PLTE": 768, b"tRNS": 256, b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4, b"pHYs": 9}
_CRC = 4


def read_png() -> Reader:
    """Colour profiles go too: they are packed, and can hold anything."""
    yield Emit((yield Take(len(SIGNATURE))))
    size = yield from _read_header()
    parts, has_data = Parts(), False
    while True:
        parts.next()
        head = yield Take(8)
        length, name = int.from_bytes(head[:4]), head[4:]
        if length >= 1 << 31 or not name.isalpha():
            raise broken()
        if name == b"IEND":
            if length or not has_data:
                raise broken()
            yield Emit(head)
            yield Pass(_CRC)
            return size
        has_data = has_data or (name == b"IDAT" and length > 0)
        if name == b"IDAT" or length <= _LONGEST.get(name, -1):
            yield Emit(head)
            yield Pass(length + _CRC)
        else:
            yield Drop(length + _CRC)


def _read_header() -> Reader:
    head = yield Take(8 + 13 + _CRC)
    if head[:8] != b"\0\0\0\x0dIHDR":
        raise broken()
    size: Size = checked(int.from_bytes(head[8:12]), int.from_bytes(head[12:16]))
    yield Emit(head)
    return size
