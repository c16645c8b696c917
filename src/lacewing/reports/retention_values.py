from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lacewing.access.actor import Place


@dataclass(frozen=True, slots=True)
class Retention:
    """`days` None: everything is kept. Unless it `includes_open`, only what is resolved or closed ends.

    Nothing is deleted before `begins_at`; None: nobody has been warned yet, since nothing is due yet.
    """

    days: int | None = None
    includes_open: bool = False
    begins_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A project's retention, as the background work needs it."""

    project_id: UUID
    organization_id: UUID
    is_private: bool
    project_name: str
    days: int
    includes_open: bool
    begins_at: datetime | None

    @property
    def place(self) -> Place:
        return Place(self.organization_id, self.project_id, self.is_private)
