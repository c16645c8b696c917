"""The verb behind a person's own export."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.accounts import Profile, read_profile
from lacewing.events import EventKind
from lacewing.projects import Project, list_projects
from lacewing.reports import person_queries
from lacewing.reports.person_queries import OwnComment
from lacewing.reports.values import Report
from lacewing.storage import Database

_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class PersonExport:
    """`reports` and `comments` come in parts while they are sent, and can be read once."""

    profile: Profile
    projects: tuple[Project, ...]
    reports: AsyncIterator[list[Report]]
    comments: AsyncIterator[list[OwnComment]]
    exported_at: datetime


async def export_person(db: Database, actor: Actor) -> PersonExport:
    """The account, the live projects that it may export with their reports, and every comment that it wrote.

    Raises FORBIDDEN, also for a token without the scope.
    """
    person = actor.require_self(Permission.ACCOUNT_READ)
    actor.projects_with(Permission.EXPORTS_READ)
    readable = await list_projects(db, actor)
    made = events.by_actor(EventKind.EXPORT_MADE, actor, subject_id=person.id)
    await db.write(lambda tx: events.append(tx, made))
    projects = tuple(each for each in readable if actor.can(Permission.EXPORTS_READ, each.place))
    return PersonExport(
        await read_profile(db, actor),
        projects,
        _reports(db, [project.place for project in projects]),
        _comments(db, person.id),
        db.clock(),
    )


async def _reports(db: Database, places: list[Place]) -> AsyncIterator[list[Report]]:
    for place in places:
        found = await _reports_after(db, place, 0)
        while found:
            yield found
            found = await _reports_after(db, place, found[-1].number)


async def _reports_after(db: Database, place: Place, number: int) -> list[Report]:
    return await db.read(lambda tx: person_queries.reports_after(tx, place, number), is_long=True)


async def _comments(db: Database, person_id: UUID) -> AsyncIterator[list[OwnComment]]:
    found = await _comments_after(db, person_id, _FIRST)
    while found:
        yield found
        found = await _comments_after(db, person_id, found[-1].id)


async def _comments_after(db: Database, person_id: UUID, comment_id: UUID) -> list[OwnComment]:
    return await db.read(lambda tx: person_queries.comments_after(tx, person_id, comment_id), is_long=True)
