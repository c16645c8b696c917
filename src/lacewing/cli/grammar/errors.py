"""How a command ends that did not do what it was told."""

from enum import IntEnum


class Exit(IntEnum):
    """What the shell is told; docs/cli.md explains each."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_LOGGED_IN = 3
    NOT_FOUND = 4
    REFUSED = 5
    NETWORK = 6
    INTERRUPTED = 130


class CommandError(Exception):
    """One sentence on what is wrong, a `hint` on what to do, and what the shell is told."""

    def __init__(self, sentence: str, exit_code: Exit = Exit.FAILED, hint: str = "") -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
        self.hint = hint
