from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

LONGEST_NAME = 100
LAST_POSITION = 10_000


@dataclass(frozen=True, slots=True)
class SavedView:
    """Without an owner it is shared: everybody who reads the project has it."""

    id: UUID
    project_id: UUID
    owner_id: UUID | None
    name: str
    query: str
    position: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewView:
    """Without a position it comes last."""

    name: str
    query: str
    is_shared: bool = False
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ViewChange:
    """What is None stays."""

    name: str | None = None
    query: str | None = None
    is_shared: bool | None = None
    position: int | None = None
