"""The order of the measuring: every subject in turn, again and again: a noisy moment hits all."""

import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bench import wrk
from bench.inserts import Inserts
from bench.operations import LISTS, MEASURED, Ask
from bench.subjects import BARE, Subject, bare_operation
from bench.wrk import Sample

INSERTS: Final = "sqlite3 inserts"
LOOK_UP_CONNECTIONS: Final = 16
INSERT_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One line of the table: who was asked for what, on how many connections (or rows to a commit)."""

    ask: Ask
    connections: int
    subject: str


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int
    seconds: int
    connections: tuple[int, ...]
    reports: int


class Measurements:
    """All samples of a run, by cell."""

    def __init__(self) -> None:
        self.samples: Mapping[Cell, list[Sample]] = defaultdict(list)

    def note(self, cell: Cell, sample: Sample) -> None:
        self.samples[cell].append(sample)

    def per_second(self, cell: Cell) -> float | None:
        samples = self.samples.get(cell)
        return statistics.median(sample.per_second for sample in samples) if samples else None

    def requests(self, ask: Ask, subject: str) -> int:
        mine = (
            samples for cell, samples in self.samples.items() if (cell.ask, cell.subject) == (ask, subject)
        )
        return sum(sample.requests for samples in mine for sample in samples)

    def failures(self) -> list[str]:
        """In words, what was refused (not 2xx) or broken (no answer) in any cell."""
        return [
            f"{cell.subject}, {cell.ask}, {cell.connections}: {sample.refused} refused, {sample.broken} lost"
            for cell, samples in self.samples.items()
            for sample in samples
            if sample.refused or sample.broken
        ]


def measure_all(subjects: Sequence[Subject], bare_url: str, inserts: Inserts, plan: Plan) -> Measurements:
    measured = Measurements()
    for number in range(1, plan.rounds + 1):
        print(f"round {number} of {plan.rounds}", file=sys.stderr)
        for ask, connections in _cells(plan):
            _measure_ask(measured, subjects, bare_url, ask, connections, plan.seconds)
        for rows in plan.connections:
            measured.note(Cell(Ask.SUBMIT, rows, INSERTS), inserts.measure(rows, INSERT_SECONDS))
    return measured


def _cells(plan: Plan) -> Iterator[tuple[Ask, int]]:
    yield from ((ask, connections) for ask in MEASURED for connections in plan.connections)
    yield from ((ask, LOOK_UP_CONNECTIONS) for ask in (*LISTS, Ask.HEALTH))


def _measure_ask(
    measured: Measurements,
    subjects: Sequence[Subject],
    bare_url: str,
    ask: Ask,
    connections: int,
    seconds: int,
) -> None:
    for subject in subjects:
        sample = wrk.measure(subject.url, subject.operations[ask], connections, seconds)
        measured.note(Cell(ask, connections, subject.name), sample)
    ceiling = bare_operation(subjects[0].operations[ask])
    measured.note(Cell(ask, connections, BARE), wrk.measure(bare_url, ceiling, connections, seconds))
