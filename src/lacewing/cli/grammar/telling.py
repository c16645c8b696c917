"""What is said to a person, on standard error, and what becomes of a stream that takes no more."""

import os
import sys
from typing import TextIO

from lacewing.cli.grammar.plain import plain_lines


def say(sentence: str) -> None:
    """To the person, not to the pipe. Where nobody can hear it the exit code has to say enough."""
    try:
        print(plain_lines(sentence), file=sys.stderr, flush=True)
    except OSError:
        let_go_of(sys.stderr)


def let_go_of(stream: TextIO) -> None:
    """What is still in its buffer is not tried again at the program's end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
