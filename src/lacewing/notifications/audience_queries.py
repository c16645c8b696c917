"""The SELECTs behind who is told of what: each for all events of a batch."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from lacewing.access.permissions import ORGANIZATION_ROLES, PROJECT_ROLES, Permission
from lacewing.accounts import Notice
from lacewing.accounts.tables import people
from lacewing.notifications.choosing import with_notices
from lacewing.notifications.mentions import Reader
from lacewing.notifications.tables import notification_people, notification_projects, notifications
from lacewing.notifications.values import Digest, Recipient, Topic, Way
from lacewing.projects import reads
from lacewing.projects.tables import memberships, projects
from lacewing.reports import Severity
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import comments, report_watchers
from lacewing.storage import Transaction

AT_ONCE = 500


class Subject(NamedTuple):
    """A report as it is now, as far as its news go; in a live project."""

    id: UUID
    organization_id: UUID
    project_id: UUID
    severity: Severity
    description: str
    assignee_id: UUID | None


def subjects(tx: Transaction, report_ids: Collection[UUID]) -> dict[UUID, Subject]:
    query = select(
        reports.c.id,
        reports.c.organization_id,
        reports.c.project_id,
        reports.c.severity,
        reports.c.description,
        reports.c.assignee_id,
    ).join(projects, projects.c.id == reports.c.project_id)
    live = query.where(projects.c.deleted_at.is_(None), projects.c.purged_at.is_(None))
    found = (_rows(tx, live.where(reports.c.id.in_(some))) for some in _parts(report_ids))
    return {row[0]: Subject(*row) for rows in found for row in rows}


def bodies(tx: Transaction, comment_ids: Collection[UUID]) -> dict[UUID, str]:
    query = select(comments.c.id, comments.c.body)
    found = (_rows(tx, query.where(comments.c.id.in_(some))) for some in _parts(comment_ids))
    return {comment_id: body for rows in found for comment_id, body in rows}


def watchers(tx: Transaction, report_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Each report beside one who watches it."""
    query = select(report_watchers.c.report_id, report_watchers.c.person_id)
    found = (_rows(tx, query.where(report_watchers.c.report_id.in_(some))) for some in _parts(report_ids))
    return [(report_id, person_id) for rows in found for report_id, person_id in rows]


def mentioned_before(tx: Transaction, report_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Each report beside one who was told already of being mentioned in it."""
    query = select(notifications.c.report_id, notifications.c.person_id).where(
        notifications.c.topic == Topic.MENTIONED
    )
    found = (_rows(tx, query.where(notifications.c.report_id.in_(some))) for some in _parts(report_ids))
    return {(report_id, person_id) for rows in found for report_id, person_id in rows}


def readers(tx: Transaction, project_ids: Collection[UUID]) -> dict[UUID, list[Reader]]:
    """All who can read each of the projects."""
    query = (
        select(projects.c.id, people.c.id, people.c.name, people.c.email)
        .join(memberships, memberships.c.organization_id == projects.c.organization_id)
        .join(people, people.c.id == memberships.c.person_id)
        .where(reads(is_let_in=True))
        .distinct()
    )
    found: dict[UUID, list[Reader]] = {project_id: [] for project_id in project_ids}
    for some in _parts(project_ids):
        for project_id, *reader in _rows(tx, query.where(projects.c.id.in_(some))):
            found[project_id].append(Reader(*reader))
    return found


def takers(tx: Transaction, project_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Each project beside one who may want to hear of its new reports: who runs it, and who ever chose."""
    has_chosen = (
        exists().where(notification_people.c.person_id == people.c.id, notification_people.c.choices != {}),
        exists().where(
            notification_projects.c.person_id == people.c.id,
            notification_projects.c.project_id == projects.c.id,
        ),
        people.c.notification_preferences.is_not(None),
    )
    query = (
        select(projects.c.id, people.c.id)
        .join(memberships, memberships.c.organization_id == projects.c.organization_id)
        .join(people, people.c.id == memberships.c.person_id)
        .where(or_(_runs(), *has_chosen))
        .distinct()
    )
    found = (_rows(tx, query.where(projects.c.id.in_(some))) for some in _parts(project_ids))
    return [(project_id, person_id) for rows in found for project_id, person_id in rows]


def recipients(
    tx: Transaction, person_ids: Collection[UUID], project_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], Recipient]:
    """By person and project: who of them can read which."""
    runs = exists().where(
        memberships.c.organization_id == projects.c.organization_id,
        memberships.c.person_id == people.c.id,
        _runs(),
    )
    query = (
        select(
            people.c.id,
            projects.c.id,
            runs.correlate(people, projects),
            people.c.notification_preferences,
            notification_people.c.digest,
            notification_people.c.choices,
            notification_projects.c.choices,
        )
        .join_from(people, memberships, memberships.c.person_id == people.c.id)
        .join(projects, projects.c.organization_id == memberships.c.organization_id)
        .outerjoin(notification_people, notification_people.c.person_id == people.c.id)
        .outerjoin(
            notification_projects,
            and_(
                notification_projects.c.person_id == people.c.id,
                notification_projects.c.project_id == projects.c.id,
            ),
        )
        .where(projects.c.id.in_(sorted(project_ids)), reads(is_let_in=True))
    )
    found = (_rows(tx, query.where(people.c.id.in_(some))) for some in _parts(person_ids))
    return {(row[0], row[1]): _recipient(*row) for rows in found for row in rows}


def still_there(tx: Transaction, report_ids: Collection[UUID]) -> set[UUID]:
    """Those of the reports that stay until the end of the unit."""
    return _held(tx, reports.c.id, report_ids)


def comments_still_there(tx: Transaction, comment_ids: Collection[UUID]) -> set[UUID]:
    return _held(tx, comments.c.id, comment_ids)


def _recipient(  # noqa: PLR0917 - a row's columns, in order
    person_id: UUID,
    project_id: UUID,
    runs: bool,
    notices: dict[str, bool] | None,
    digest: Digest | None,
    choices: dict[str, str] | None,
    project_choices: dict[str, str] | None,
) -> Recipient:
    chosen = with_notices(stored_choices(choices), stored_notices(notices))
    there = stored_choices(project_choices)
    return Recipient(person_id, project_id, bool(runs), digest or Digest.IMMEDIATELY, chosen, there)


def stored_choices(stored: dict[str, str] | None) -> dict[Topic, Way]:
    return {Topic(topic): Way(way) for topic, way in (stored or {}).items()}


def stored_notices(stored: dict[str, bool] | None) -> dict[Notice, bool]:
    return {Notice(notice): is_wanted for notice, is_wanted in (stored or {}).items()}


def _runs() -> ColumnElement[bool]:
    """Of a membership beside its project: whether it lets change it."""
    in_whole = [role for role, may in ORGANIZATION_ROLES.items() if Permission.PROJECTS_WRITE in may]
    in_project = [role for role, may in PROJECT_ROLES.items() if Permission.PROJECTS_WRITE in may]
    return or_(
        and_(memberships.c.project_id.is_(None), memberships.c.role.in_(in_whole)),
        and_(memberships.c.project_id == projects.c.id, memberships.c.role.in_(in_project)),
    )


def _held(tx: Transaction, column: Any, ids: Collection[UUID]) -> set[UUID]:  # noqa: ANN401 - a column
    """Locked, weakly and in order: what is deleted meanwhile waits, what is changed does not."""
    query = select(column).order_by(column).with_for_update(read=True, key_share=True)
    return {row[0] for some in _parts(ids) for row in _rows(tx, query.where(column.in_(some)))}


def _rows(tx: Transaction, query: Select[Any]) -> Sequence[Any]:
    return tx.execute(query).all()


def _parts(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
