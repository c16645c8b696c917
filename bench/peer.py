"""BugPin 1.0.3's figures on another day and another machine: a reference, not a ceiling of this run."""

from typing import Final

from bench.operations import Ask

_PER_SECOND: Final = {
    Ask.SUBMIT: {1: 1390, 16: 1410, 64: 1570},
    Ask.LIST: {1: 3640, 16: 4070, 64: 4270},
    Ask.GET: {1: 9500, 16: 11700, 64: 11200},
}


def per_second(ask: Ask, connections: int) -> float | None:
    return _PER_SECOND.get(ask, {}).get(connections)
