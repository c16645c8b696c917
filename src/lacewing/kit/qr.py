"""QR codes (ISO/IEC 18004) for short texts: byte mode, level L, versions 1 to 10, always under mask 0.

The standard would try all eight masks for the prettiest; every reader reads each of them.
"""

from dataclasses import dataclass, field
from itertools import pairwise, product, zip_longest

_CODEWORDS = (26, 44, 70, 100, 134, 172, 196, 242, 292, 346)
_CORRECTION = (7, 10, 15, 20, 26, 18, 20, 24, 30, 18)
_BLOCKS = (1, 1, 1, 1, 1, 2, 2, 2, 2, 4)
_LEVEL_L_MASK_0 = 0b01000


@dataclass(slots=True)
class QrCode:
    """`dark` holds the modules by (x, y); `taken` those that carry no data."""

    version: int
    dark: set[tuple[int, int]] = field(default_factory=set)
    taken: set[tuple[int, int]] = field(default_factory=set)

    @property
    def size(self) -> int:
        return 17 + 4 * self.version

    @property
    def path(self) -> str:
        """Of an SVG, a unit for each module."""
        return "".join(f"M{x} {y}h1v1h-1z" for x, y in sorted(self.dark))

    def put(self, x: int, y: int, *, is_dark: bool) -> None:
        self.taken.add((x, y))
        (self.dark.add if is_dark else self.dark.discard)((x, y))


def qr_code(text: str) -> QrCode | None:
    """None if the text is too long."""
    data = text.encode()
    version = next((each for each in range(1, 11) if len(data) + 2 + (each > 9) <= _room(each)), None)
    if version is None:
        return None
    code = QrCode(version)
    _draw_patterns(code)
    _draw_data(code, _with_correction(version, _padded(version, data)))
    return code


def _room(version: int) -> int:
    return _CODEWORDS[version - 1] - _CORRECTION[version - 1] * _BLOCKS[version - 1]


def _padded(version: int, data: bytes) -> bytes:
    """Mode, length and terminator, four bits out of step with the bytes, then the padding."""
    length = 16 if version > 9 else 8
    bits = (((0b0100 << length) | len(data)) << 8 * len(data) | int.from_bytes(data)) << 4
    filled = bits.to_bytes((length + 8) // 8 + len(data))
    return filled + (b"\xec\x11" * 136)[: _room(version) - len(filled)]


def _with_correction(version: int, data: bytes) -> bytes:
    """The blocks' bytes in turn, and after them their corrections'. Later blocks may be a byte longer."""
    count, degree = _BLOCKS[version - 1], _CORRECTION[version - 1]
    short, longer = divmod(len(data), count)
    ends = [0]
    for block in range(count):
        ends.append(ends[-1] + short + (block >= count - longer))
    blocks = [data[start:end] for start, end in pairwise(ends)]
    corrections = [_remainder(block, degree) for block in blocks]
    columns = (*zip_longest(*blocks), *zip(*corrections, strict=True))
    return bytes(byte for column in columns for byte in column if byte is not None)


def _remainder(data: bytes, degree: int) -> bytes:
    """Reed-Solomon over GF(2^8) with the polynomial 0x11D."""
    divisor, root = [0] * (degree - 1) + [1], 1
    for _ in range(degree):
        divisor = [_times(each, root) ^ after for each, after in zip(divisor, [*divisor[1:], 0], strict=True)]
        root = _times(root, 2)
    rest = [0] * degree
    for byte in data:
        factor = byte ^ rest[0]
        rest = [a ^ _times(b, factor) for a, b in zip([*rest[1:], 0], divisor, strict=True)]
    return bytes(rest)


def _times(one: int, other: int) -> int:
    product_ = 0
    for bit in range(7, -1, -1):
        product_ = (product_ << 1) ^ (product_ >> 7) * 0x11D ^ (other >> bit & 1) * one
    return product_


def _draw_patterns(code: QrCode) -> None:
    last = code.size - 1
    for at in range(code.size):
        code.put(6, at, is_dark=at % 2 == 0)
        code.put(at, 6, is_dark=at % 2 == 0)
    for x, y in ((3, 3), (last - 3, 3), (3, last - 3)):
        _draw_square(code, x, y, 4, {2, 4})
    lines = _alignment_lines(code)
    corners = {(6, 6), (6, last - 6), (last - 6, 6)}
    for x, y in set(product(lines, lines)) - corners:
        _draw_square(code, x, y, 2, {1})
    _draw_format(code)
    if code.version > 6:
        _draw_version(code)


def _draw_square(code: QrCode, x: int, y: int, radius: int, light: set[int]) -> None:
    around = range(-radius, radius + 1)
    for dx, dy in product(around, around):
        if 0 <= x + dx < code.size and 0 <= y + dy < code.size:
            code.put(x + dx, y + dy, is_dark=max(abs(dx), abs(dy)) not in light)


def _alignment_lines(code: QrCode) -> tuple[int, ...]:
    if code.version == 1:
        return ()
    last = code.size - 7
    return (6, last) if code.version < 7 else (6, (6 + last) // 2, last)


def _draw_format(code: QrCode) -> None:
    bits, last = _coded(_LEVEL_L_MASK_0, 10, 0x537) ^ 0x5412, code.size - 1
    first = [*((8, y) for y in (0, 1, 2, 3, 4, 5, 7, 8)), *((x, 8) for x in (7, 5, 4, 3, 2, 1, 0))]
    second = [*((last - at, 8) for at in range(8)), *((8, last - 6 + at) for at in range(7))]
    for at, places in enumerate(zip(first, second, strict=True)):
        for x, y in places:
            code.put(x, y, is_dark=bool(bits >> at & 1))
    code.put(8, last - 7, is_dark=True)


def _draw_version(code: QrCode) -> None:
    bits = _coded(code.version, 12, 0x1F25)
    for at in range(18):
        x, y = code.size - 11 + at % 3, at // 3
        code.put(x, y, is_dark=bool(bits >> at & 1))
        code.put(y, x, is_dark=bool(bits >> at & 1))


def _coded(value: int, width: int, polynomial: int) -> int:
    rest = value
    for _ in range(width):
        rest = (rest << 1) ^ (rest >> (width - 1)) * polynomial
    return value << width | rest


def _draw_data(code: QrCode, data: bytes) -> None:
    """In a zigzag of two columns from the lower right, past what is taken; mask 0 turns every other one."""
    bits = (byte >> bit & 1 for byte in data for bit in range(7, -1, -1))
    rights = [right if right > 6 else right - 1 for right in range(code.size - 1, 0, -2)]
    for turn, right in enumerate(rights):
        rows = range(code.size) if turn % 2 else range(code.size - 1, -1, -1)
        for y, x in product(rows, (right, right - 1)):
            if (x, y) not in code.taken:
                (code.dark.add if next(bits, 0) ^ ((x + y) % 2 == 0) else code.dark.discard)((x, y))
