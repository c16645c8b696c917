"""`lacewing`: the commands on the box, and those over HTTP."""

import sys

from lacewing import __version__
from lacewing.kit.lazy import LazyModule

_commands = LazyModule("lacewing.cli.commands")

__all__ = ["main"]


def main() -> None:
    """Answers `--version` before anything else is loaded."""
    if sys.argv[1:] == ["--version"]:
        print(__version__)
        return
    sys.exit(_commands.start(sys.argv[1:]))
