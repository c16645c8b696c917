"""A ticket's description: its three parts, then its notes."""

from lacewing.reports.values import NewReport, Report


def has_parts(it: NewReport | Report) -> bool:
    """Whether it is told as a ticket; else its description is what a ticket shows as notes."""
    return bool(it.given or it.when or it.then)


def description_of(it: NewReport | Report) -> str:
    parts = [("Given", it.given), ("When", it.when), ("Then", it.then)]
    told = [f"{word} {text}" for word, text in parts if text]
    return "\n".join(told) + (f"\n\n{it.notes}" if told and it.notes else it.notes)
