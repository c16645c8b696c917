"""How a command line is declared, read and explained. Standard library only: it is there at every start."""

from lacewing.cli.grammar.declared import Arg, Bundle, Entry
from lacewing.cli.grammar.errors import CommandError, Exit

__all__ = ["Arg", "Bundle", "CommandError", "Entry", "Exit"]
