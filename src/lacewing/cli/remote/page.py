"""What pages of text are made of."""

from collections.abc import Iterator, Sequence

from lacewing.cli.remote.table import BOLD, DIM, painted, text_of


def heading(code: str, title: str) -> str:
    return painted(text_of(f"{code}  {title}"), BOLD)


def facts(*told: tuple[str, object]) -> Iterator[str]:
    """A line for each that there is."""
    shown = [(name, text_of(value)) for name, value in told if value]
    width = max(len(name) for name, _value in shown)
    return (f"{painted(f'{name:{width}}', DIM)}  {value}" for name, value in shown)


def section(title: str, lines: Sequence[str]) -> Iterator[str]:
    """Nothing where there are no lines; without a title they stand at the margin."""
    if lines:
        yield ""
        if title:
            yield painted(text_of(title), BOLD)
        yield from (f"  {line}" if title else line for line in lines)


def lines_of(text: str) -> list[str]:
    """With nothing in them that a terminal would obey."""
    return [text_of(line) for line in text.rstrip().split("\n")] if text.strip() else []
