"""Plain text tables: the first column to the left, figures to the right."""

from collections.abc import Sequence


def render(headings: Sequence[str], rows: Sequence[Sequence[str]], left_columns: int = 1) -> str:
    """The table's lines. Every row has as many cells as there are headings."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    lines = [
        _line(cells, widths, left_columns) for cells in (headings, ["-" * width for width in widths], *rows)
    ]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int], left_columns: int) -> str:
    placed = (
        cell.ljust(width) if position < left_columns else cell.rjust(width)
        for position, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(placed).rstrip()


def number(value: float | None, decimals: int = 0) -> str:
    """A figure for a cell, a dash for none."""
    return "-" if value is None else f"{value:,.{decimals}f}"
