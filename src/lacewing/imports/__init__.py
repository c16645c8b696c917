"""What other trackers hold, taken over: from BugSpark and from BugPin."""

from lacewing.imports.import_source import import_source
from lacewing.imports.open_source import open_bugpin, open_bugspark
from lacewing.imports.values import Source, SourceError
from lacewing.imports.wish import Outcome, Progress, ProjectOutcome, Wish

__all__ = [
    "Outcome",
    "Progress",
    "ProjectOutcome",
    "Source",
    "SourceError",
    "Wish",
    "import_source",
    "open_bugpin",
    "open_bugspark",
]
