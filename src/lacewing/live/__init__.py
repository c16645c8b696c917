"""Live updates: whoever follows hears what changes, as far as it may see it. One hub a process."""

from lacewing.live.hub import Hub
from lacewing.live.kinds import TOLD
from lacewing.live.values import Change, Knock, Piece

__all__ = ["TOLD", "Change", "Hub", "Knock", "Piece"]
