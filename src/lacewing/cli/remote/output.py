"""What a command answers, on standard output: tables for people, tabs for pipes, JSON for programs."""

import json
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.grammar.plain import plain_lines
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.table import BOLD, Column, aligned, is_terminal, painted, tabulated, text_of
from lacewing.kit.lazy import LazyModule

_subprocess = LazyModule("subprocess")
_ESCAPED: Final = {number: f"\\u{number:04x}" for number in range(0x7F, 0xA0)}  # JSON leaves them as they are


@dataclass(frozen=True, slots=True)
class Output:
    """`fields` are names from the JSON, `a.b` for one inside another."""

    is_json: bool = False
    fields: tuple[str, ...] = ()

    def rows(self, items: Sequence[Mapping[str, Any]], columns: Sequence[Column], nothing: str) -> None:
        """A list. `nothing` is said, on standard error, where it is empty. Raises CommandError."""
        if self.is_json:
            _write([_json(self._chosen(items))])
            return
        if not items:
            say(nothing)
            return
        shown = self._columns(items) or columns
        cells = [[text_of(column.value(item)) for column in shown] for item in items]
        _write(aligned(shown, cells) if is_terminal() else tabulated(cells))

    def record(self, item: Mapping[str, Any], columns: Sequence[Column]) -> None:
        """One thing, a line for each of its facts. Raises CommandError."""
        if self.is_json:
            _write([_json(self._chosen([item])[0])])
            return
        shown = self._columns([item]) or columns
        facts = [(column, text_of(column.value(item))) for column in shown]
        if not is_terminal():
            _write([f"{column.title}\t{value}" for column, value in facts])
            return
        width = max(len(column.title) for column in shown)
        _write([_fact(column, value, width) for column, value in facts if value])

    def line(self, item: Mapping[str, Any], columns: Sequence[Column]) -> None:
        """One of many that come by and by, written at once: a line, in JSON too. Raises CommandError."""
        if self.is_json:
            text = _json(self._chosen([item])[0], indent=None)
        else:
            shown = self._columns([item]) or columns
            text = ("  " if is_terminal() else "\t").join(_cell(column, item) for column in shown)
        print(text, flush=True)

    def done(self, sentence: str, item: Mapping[str, Any] | None = None) -> None:
        """What was done: said on standard error; as JSON the thing itself, if there is one."""
        if self.is_json:
            _write([_json({} if item is None else self._chosen([item])[0])])
        else:
            say(sentence)

    def value(self, text: str, item: Mapping[str, Any], sentence: str) -> None:
        """What a program wants of it, like a key; the sentence is for the person. Raises CommandError."""
        if self.is_json or self.fields:
            self.record(item, ())
        else:
            say(sentence)
            _write([text])

    def page(self, item: Mapping[str, Any], lines: Iterable[str]) -> None:
        """One thing as a text to read; the lines are made only if they are wanted. Raises CommandError."""
        if self.is_json or self.fields:
            self.record(item, ())
        else:
            _write([*lines])

    def text(self, text: str) -> None:
        """As it is, through the pager if it is long; a terminal is told nothing that it would obey."""
        shown = plain_lines(text) if is_terminal() else text
        _write(shown.rstrip("\n").split("\n"))

    def _columns(self, items: Sequence[Mapping[str, Any]]) -> list[Column]:
        self._check(items)
        return [Column(name, partial(_inside, name=name)) for name in self.fields]

    def _chosen(self, items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        self._check(items)
        return (
            [{name: _inside(item, name) for name in self.fields} for item in items] if self.fields else items
        )

    def _check(self, items: Sequence[Mapping[str, Any]]) -> None:
        for name in self.fields:
            if items and not any(name.partition(".")[0] in item for item in items):
                raise CommandError(f"There is no field {name}; there are: {', '.join(items[0])}.", Exit.USAGE)


def moment(text: str | None) -> str:
    """`2026-03-02T09:30:00Z` as `2026-03-02 09:30`; UTC, as everywhere."""
    return "" if text is None else text[:16].replace("T", " ")


def _cell(column: Column, item: Mapping[str, Any]) -> str:
    text = text_of(column.value(item))
    return painted(text, (column.paint or {}).get(text, ""))


def _fact(column: Column, value: str, width: int) -> str:
    name = painted(f"{column.title:{width}}", BOLD)
    return f"{name}  {painted(value, (column.paint or {}).get(value, ''))}"


def _inside(item: Mapping[str, Any], name: str) -> object:
    found: object = item
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _json(value: object, indent: int | None = 2) -> str:
    """In letters as they are, where standard output takes them; what a terminal obeys is escaped always."""
    is_ascii = not (sys.stdout.encoding or "").lower().startswith("utf")
    return json.dumps(value, indent=indent, ensure_ascii=is_ascii).translate(_ESCAPED)


def _write(lines: Sequence[str]) -> None:
    """Through the pager where it would not fit on the terminal."""
    if not lines:
        return
    text = "\n".join(lines)
    pager = _pager() if is_terminal() and len(lines) >= shutil.get_terminal_size().lines else None
    if pager is None:
        print(text)
        return
    environment = {"LESS": "FRX", **os.environ}
    with _interrupts_left_to_the_pager():
        told = f"{text}\n".encode(sys.stdout.encoding, errors="replace")
        _subprocess.run(pager, input=told, env=environment, check=False)


@contextmanager
def _interrupts_left_to_the_pager() -> Iterator[None]:
    """Killed by our end, `less` would leave the terminal without an echo. A handler that does nothing, unlike
    SIG_IGN, is not inherited: what should end by Ctrl-C does.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _pager() -> list[str] | None:
    """Empty LACEWING_PAGER or PAGER: none."""
    wanted = os.environ.get("LACEWING_PAGER", os.environ.get("PAGER", "less"))
    words = shlex.split(wanted)
    return words if words and shutil.which(words[0]) else None
