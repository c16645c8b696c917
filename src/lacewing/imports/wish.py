"""What is asked of an import, and what it came to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wish:
    """`project` is the code of one here that everything goes into; `only` names one of the source's.

    `files` is a copy of the folder or the bucket in which its files lie. What `is_dry` changes nothing.
    """

    organization: UUID | str
    project: str | None = None
    only: str | None = None
    files: Path | None = None
    with_people: bool = False
    is_dry: bool = False


@dataclass(slots=True)
class ProjectOutcome:
    """`code` is None where none was chosen yet; `skipped` says why nothing of it was taken.

    `known` reports were here before, `gone` ones were deleted here.
    """

    name: str
    code: str | None
    is_new: bool = False
    skipped: str | None = None
    reports: int = 0
    known: int = 0
    gone: int = 0
    comments: int = 0
    files: int = 0


@dataclass(slots=True)
class Outcome:
    """`unknown` are the names of people without an account here that is theirs for sure, `made` of those who
    were given one.

    `notes` are of single reports, by their origin; `remarks` of the source as a whole.
    """

    organization: str
    projects: list[ProjectOutcome] = field(default_factory=list)
    matched: int = 0
    made: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    remarks: Sequence[str] = ()


class Progress(Protocol):
    def part(self, what: str) -> Callable[[int, int], None]:
        """To be told how much of this part is done, of how much."""
        ...
