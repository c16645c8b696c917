from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lacewing.access.actor import Visit
from lacewing.access.permissions import CredentialKind
from lacewing.credentials import Presented
from lacewing.events import EventKind


@dataclass(frozen=True, slots=True)
class Knock:
    """How a follower came in, by which it is let in again and again."""

    visit: Visit
    presented: Presented
    accepts: frozenset[CredentialKind]


@dataclass(frozen=True, slots=True)
class Change:
    """That something happened, and where: a follower fetches what it may see of it.

    `report_id` is None for what concerns the whole project, `project_id` for what concerns its organization
    or one person alone. `people` are who did it and to whom it was done.
    """

    sequence: int
    id: UUID
    kind: EventKind
    organization_id: UUID | None
    project_id: UUID | None
    report_id: UUID | None
    at: datetime
    people: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Piece:
    """What a follower is told at once: `changes`, and that up to `position` nothing else concerns it.

    After `is_reset` it has missed something, or may see something else than before: it reads anew what it
    shows.
    """

    position: int
    changes: tuple[Change, ...] = ()
    is_reset: bool = False
