"""`lacewing`: the commands on the box, and those over HTTP."""

import sys

from lacewing import __version__
from lacewing.kit.lazy import LazyModule

_commands = LazyModule("lacewing.cli.commands")
_running = LazyModule("lacewing.cli.grammar.running")
_INTERRUPTED = 130

__all__ = ["main"]


def main() -> None:
    try:
        sys.exit(_answered(sys.argv[1:]))
    except KeyboardInterrupt:  # while it is still being loaded
        sys.exit(_INTERRUPTED)


def _answered(words: list[str]) -> int:
    """Answers `--version` before anything else is loaded."""
    if words not in (["--version"], ["-V"], ["version"]):
        return int(_commands.start(words))
    try:
        print(__version__, flush=True)
    except OSError as error:
        return int(_running.unwritten(error))
    return 0
