"""What was found, how bad it is, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """A `FAULT` keeps something from working, or will; a `WARNING` is a risk."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    state: State
    sentence: str
    remedy: str = ""


def ok(part: str, sentence: str) -> Finding:
    return Finding(part, State.OK, sentence)


def warning(part: str, sentence: str, remedy: str) -> Finding:
    return Finding(part, State.WARNING, sentence, remedy)


def fault(part: str, sentence: str, remedy: str) -> Finding:
    return Finding(part, State.FAULT, sentence, remedy)
