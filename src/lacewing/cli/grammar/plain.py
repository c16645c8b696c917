"""Text that a terminal shows, and does not obey: escape sequences are begun by a control character."""

from typing import Final

_OBEYED: Final = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
_BUT_LINES: Final = {number: space for number, space in _OBEYED.items() if chr(number) not in "\n\t"}


def plain(text: str) -> str:
    """On one line."""
    return text.translate(_OBEYED)


def plain_lines(text: str) -> str:
    """Its lines and tabs stay."""
    return text.translate(_BUT_LINES)
