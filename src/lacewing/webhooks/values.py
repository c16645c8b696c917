from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lacewing.events import EventKind
from lacewing.reports import Assignee, Comment, FieldChange, Report


class Doer(NamedTuple):
    """Who did it. A project's token or a publishable key has no `id` and no `email`, and its own name."""

    id: UUID | None
    name: str
    email: str | None


class Owner(NamedTuple):
    """The organization that it happened in."""

    id: UUID
    name: str
    slug: str


class Scene(NamedTuple):
    """The project that it happened in."""

    id: UUID
    name: str
    code: str
    slug: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of one report, with all that any body of a delivery tells of it.

    `report` is what it is when it is told, which may be later than `changes`, the event's own; None once it
    is deleted. `changes` are the differences of its fields, `status` from `new` to `closed`. `assignee` is
    the report's, `comment` the one that was written; None if it was deleted meanwhile.
    """

    id: UUID
    kind: EventKind
    at: datetime
    organization: Owner
    project: Scene
    report_id: UUID
    tracking_id: str
    actor: Doer | None
    report: Report | None
    assignee: Assignee | None = None
    comment_id: UUID | None = None
    comment: Comment | None = None
    changes: tuple[FieldChange, ...] = ()

    def url(self, base_url: str) -> str:
        """Of the report's page; the code alone could be that of two projects."""
        return f"{base_url}/b/{self.organization.slug}/{self.tracking_id}"

    def change_of(self, field: str) -> FieldChange | None:
        return next((change for change in self.changes if change.field == field), None)


# The body that tells of it under one of its names, in that name's dialect; None if there is nothing to tell.
Render = Callable[[str, Happening], bytes | None]
