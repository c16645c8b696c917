"""Tables of text, and the colours of a terminal."""

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lacewing.cli.grammar.plain import plain

BOLD, DIM, RED, GREEN, YELLOW, BLUE, MAGENTA = "1", "2", "31", "32", "33", "34", "35"
Paint = Mapping[str, str]
STATUS: Paint = {
    "new": BLUE,
    "triaging": YELLOW,
    "open": BLUE,
    "in_progress": MAGENTA,
    "resolved": GREEN,
    "closed": DIM,
}
SEVERITY: Paint = {"critical": RED, "high": YELLOW, "low": DIM}
_LEAST = 12


@dataclass(frozen=True, slots=True)
class Column:
    """`value` reads it from an item; a cell that is too long is cut if the column `gives`."""

    title: str
    value: Callable[[Any], object]
    paint: Paint | None = None
    gives: bool = False


def is_terminal() -> bool:
    return sys.stdout.isatty()


def has_colour() -> bool:
    """https://no-color.org"""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def painted(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if text and colour and has_colour() else text


def text_of(value: object) -> str:
    """One line, with nothing in it that a terminal would obey."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(text_of(part) for part in value)
        case _:
            return plain(str(value))


def tabulated(rows: Sequence[Sequence[str]]) -> list[str]:
    """For programs: a tab between, nothing cut, no head."""
    return ["\t".join(row) for row in rows]


def aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[str]:
    """For people: as wide as the terminal, what gives is cut."""
    titles = [column.title.upper() for column in columns]
    widths = [max(_width(line[place]) for line in [titles, *rows]) for place in range(len(columns))]
    _narrow(widths, columns)
    head = "  ".join(
        painted(_fitted(title, width), BOLD) for title, width in zip(titles, widths, strict=True)
    )
    return [head.rstrip(), *(_line(columns, row, widths) for row in rows)]


def _line(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(columns, row, widths, strict=True)
    shown = [
        painted(_fitted(cell, width), (column.paint or {}).get(cell, "")) for column, cell, width in cells
    ]
    return "  ".join(shown).rstrip()


def _narrow(widths: list[int], columns: Sequence[Column]) -> None:
    """The widest of those that give, again and again."""
    over = sum(widths) + 2 * (len(widths) - 1) - shutil.get_terminal_size((100, 24)).columns
    giving = [place for place, column in enumerate(columns) if column.gives]
    for _ in range(over):
        widest = max(giving, key=lambda place: widths[place], default=None)
        if widest is None or widths[widest] <= _LEAST:
            return
        widths[widest] -= 1


def _fitted(text: str, width: int) -> str:
    if _width(text) > width:
        kept = text
        while _width(kept) > width - 1:
            kept = kept[:-1]
        text = f"{kept}…"
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(each) in "WF" else not unicodedata.combining(each) for each in text
    )
