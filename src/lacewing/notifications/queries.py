"""The SELECTs of a person's own list: of what it may still read."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lacewing.access.actor import Reach
from lacewing.accounts.tables import people
from lacewing.notifications.audience_queries import stored_choices
from lacewing.notifications.tables import notification_people, notification_projects, notifications
from lacewing.notifications.values import Digest, Notification, Topic, Way
from lacewing.projects import ReachShape, reach_parameters, shape_of, visible
from lacewing.projects.tables import organizations, projects
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import comments
from lacewing.storage import Statement, Transaction

MOST_COUNTED = 1000
LONGEST_EXCERPT = 800
_LAST_ID = UUID(int=(1 << 128) - 1)

_actors = people.alias("actors")
_LISTED = (
    select(
        notifications.c.event_id,
        notifications.c.topic,
        notifications.c.created_at,
        notifications.c.read_at,
        organizations.c.slug,
        projects.c.id,
        projects.c.name,
        projects.c.code,
        reports.c.id,
        reports.c.number,
        reports.c.title,
        notifications.c.status,
        notifications.c.comment_id,
        func.substr(comments.c.body, 1, LONGEST_EXCERPT),
        notifications.c.actor_id,
        func.coalesce(_actors.c.name, comments.c.credential_name),
    )
    .join(reports, reports.c.id == notifications.c.report_id)
    .join(projects, projects.c.id == notifications.c.project_id)
    .join(organizations, organizations.c.id == projects.c.organization_id)
    .outerjoin(comments, comments.c.id == notifications.c.comment_id)
    .outerjoin(_actors, _actors.c.id == notifications.c.actor_id)
    .where(projects.c.deleted_at.is_(None))
)


def newest(
    tx: Transaction, person_id: UUID, reach: Reach, cursor: UUID | None, count: int, *, only_unread: bool
) -> list[Notification]:
    below = cursor or _LAST_ID
    return _newest(shape_of(reach), only_unread).all(
        tx, its_person=person_id, below=below, count=count, **reach_parameters(reach)
    )


def count_unread(tx: Transaction, person_id: UUID, reach: Reach) -> int:
    """One more than MOST_COUNTED where there are more."""
    binds = {"its_person": person_id, "count": MOST_COUNTED + 1, **reach_parameters(reach)}
    return _unread(shape_of(reach)).the(tx, **binds)


def of_events(person_id: UUID, event_ids: Sequence[UUID]) -> Select[Any]:
    """Those of the person's list, the oldest first; the caller says who may read them."""
    its = (notifications.c.person_id == person_id, notifications.c.event_id.in_(event_ids))
    return _LISTED.where(*its).order_by(notifications.c.event_id)


def settings(tx: Transaction, person_id: UUID) -> tuple[Digest, dict[Topic, Way]]:
    """The defaults where none were ever set."""
    return _SETTINGS.one(tx, person_id=person_id) or (Digest.IMMEDIATELY, {})


def project_choices(tx: Transaction, person_id: UUID, project_id: UUID) -> dict[Topic, Way]:
    return _PROJECT_CHOICES.one(tx, person_id=person_id, project_id=project_id) or {}


_SETTINGS = Statement(
    select(notification_people.c.digest, notification_people.c.choices).where(
        notification_people.c.person_id == bindparam("person_id")
    ),
    lambda digest, choices: (digest, stored_choices(choices)),
)
_PROJECT_CHOICES = Statement(
    select(notification_projects.c.choices).where(
        notification_projects.c.project_id == bindparam("project_id"),
        notification_projects.c.person_id == bindparam("person_id"),
    ),
    stored_choices,
)


@lru_cache(maxsize=256)
def _newest(shape: ReachShape, only_unread: bool) -> Statement[Notification]:
    query = _LISTED.where(
        notifications.c.person_id == bindparam("its_person"),
        notifications.c.event_id < bindparam("below"),
        visible(shape),
    )
    if only_unread:
        query = query.where(notifications.c.read_at.is_(None))
    return Statement(query.order_by(notifications.c.event_id.desc()).limit(bindparam("count")), Notification)


@lru_cache(maxsize=256)
def _unread(shape: ReachShape) -> Statement[int]:
    some = (
        select(notifications.c.event_id)
        .join(projects, projects.c.id == notifications.c.project_id)
        .where(
            notifications.c.person_id == bindparam("its_person"),
            notifications.c.read_at.is_(None),
            projects.c.deleted_at.is_(None),
            visible(shape),
        )
        .limit(bindparam("count"))
        .subquery()
    )
    return Statement(select(func.count()).select_from(some), int)
