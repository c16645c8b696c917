"""What a command says of itself: its place in the table, and what its parameters mean."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Entry:
    """`target` is the command, a function by `module:name`; without one, the words are of a group."""

    words: str
    summary: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Arg:
    """Of a parameter, in `Annotated`: what it means, its one-letter flag, how its value is shown in help.

    `name` is the flag if it is not the parameter's own name.
    """

    help: str
    short: str = ""
    shown: str = ""
    name: str = ""


class Bundle:
    """Options that many commands share: the keyword parameters of `__init__`, which the command is given
    as one value, entered before it runs and left after it.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """May raise CommandError in the place of `error`."""
