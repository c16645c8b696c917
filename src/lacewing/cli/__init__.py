"""`lacewing`: the commands on the box."""

from lacewing.cli.commands import main

__all__ = ["main"]
