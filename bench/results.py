"""What a run found, as one table and as JSON."""

import json
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench import peer
from bench.measure import INSERTS, LOOK_UP_CONNECTIONS, Cell, Measurements
from bench.memory import Memory
from bench.operations import Ask
from bench.subjects import BARE
from bench.table import number, render

_HEADINGS: Final = ("", "conn", "", "req/s", "p50 ms", "p99 ms", "of bare", "of inserts", "of BugPin*")
_STATE_HEADINGS: Final = ("", "idle RSS", "PSS MiB", "after RSS", "PSS MiB", "start s", "look-up us", "of me")
_NOTE: Final = """
of bare: the same number of bytes from an ASGI application that does nothing, in this run.
of inserts: sqlite3 with synchronous=FULL in this run, with as many rows to an fsync as there are connections.
*: figures of another day and machine, a reference only.
look-up: GET /auth/me with a token, less GET /health, at 16 connections (an upper bound), and of me."""


@dataclass(frozen=True, slots=True)
class State:
    """What a subject costs besides its requests."""

    subject: str
    idle: Memory
    after: Memory
    start_seconds: float


@dataclass(frozen=True, slots=True)
class Line:
    """One cell's medians, and how they compare."""

    ask: str
    connections: int
    subject: str
    per_second: float
    p50_ms: float
    p99_ms: float
    of_bare: float | None
    of_inserts: float | None
    of_peer: float | None


@dataclass(frozen=True, slots=True)
class LookUp:
    """What telling who asks costs, as far as GET /auth/me is dearer than GET /health."""

    subject: str
    microseconds: float
    share: float


def lines(measured: Measurements) -> list[Line]:
    order = list(Ask)
    return [
        _line(measured, cell)
        for cell in sorted(measured.samples, key=lambda cell: (order.index(cell.ask), cell.connections))
    ]


def _line(measured: Measurements, cell: Cell) -> Line:
    samples = measured.samples[cell]
    per_second = statistics.median(sample.per_second for sample in samples)
    own = cell.subject not in (BARE, INSERTS)

    def share(of: float | None) -> float | None:
        return per_second / of if own and of else None

    return Line(
        ask=cell.ask,
        connections=cell.connections,
        subject=cell.subject,
        per_second=per_second,
        p50_ms=statistics.median(sample.p50_ms for sample in samples),
        p99_ms=statistics.median(sample.p99_ms for sample in samples),
        of_bare=share(measured.per_second(Cell(cell.ask, cell.connections, BARE))),
        of_inserts=share(measured.per_second(Cell(cell.ask, cell.connections, INSERTS))),
        of_peer=share(peer.per_second(cell.ask, cell.connections)),
    )


def look_up(measured: Measurements, subject: str) -> LookUp | None:
    """None if the run did not ask for both."""
    me = measured.per_second(Cell(Ask.ME, LOOK_UP_CONNECTIONS, subject))
    health = measured.per_second(Cell(Ask.HEALTH, LOOK_UP_CONNECTIONS, subject))
    if me is None or health is None:
        return None
    return LookUp(subject, 1e6 / me - 1e6 / health, 1 - me / health)


def as_table(measured: Measurements, states: list[State]) -> str:
    load = render(_HEADINGS, [_cells(line) for line in lines(measured)], left_columns=1)
    costs = render(_STATE_HEADINGS, [_state_cells(measured, state) for state in states], left_columns=1)
    return f"{load}\n\n{costs}\n{_NOTE}"


def _cells(line: Line) -> tuple[str, ...]:
    figures = (number(line.per_second), number(line.p50_ms, 2), number(line.p99_ms, 2))
    shares = (number(share, 2) for share in (line.of_bare, line.of_inserts, line.of_peer))
    return (line.ask, str(line.connections), line.subject, *figures, *shares)


def _state_cells(measured: Measurements, state: State) -> tuple[str, ...]:
    mebibytes = (state.idle.rss_mib, state.idle.pss_mib, state.after.rss_mib, state.after.pss_mib)
    cost = look_up(measured, state.subject)
    cost_cells = (number(cost.microseconds), number(cost.share, 2)) if cost else ("-", "-")
    return (state.subject, *(number(each) for each in mebibytes), number(state.start_seconds, 2), *cost_cells)


def write_json(file: Path, measured: Measurements, states: list[State]) -> None:
    costs = [cost for state in states if (cost := look_up(measured, state.subject))]
    found = {
        "load": [asdict(line) for line in lines(measured)],
        "states": [asdict(state) for state in states],
        "look_ups": [asdict(cost) for cost in costs],
    }
    file.write_text(json.dumps(found, indent=2) + "\n")
