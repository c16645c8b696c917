"""The SELECTs of people around a report: who may read it, who watches it."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select

from lacewing.access.actor import Place
from lacewing.access.permissions import SEES_PRIVATE_PROJECTS
from lacewing.accounts.tables import people
from lacewing.projects.tables import memberships, projects
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import report_watchers
from lacewing.reports.values import Watcher
from lacewing.storage import Statement, Transaction


def _reads() -> ColumnElement[bool]:
    """Whether the person of the row may read the project of the row: every role lets it."""
    sees_private = (memberships.c.role == str(role) for role in sorted(SEES_PRIVATE_PROJECTS))
    of_all = and_(memberships.c.project_id.is_(None), or_(projects.c.is_private.is_(False), *sees_private))
    role = exists().where(
        memberships.c.organization_id == projects.c.organization_id,
        memberships.c.person_id == people.c.id,
        or_(memberships.c.project_id == projects.c.id, of_all),
    )
    return and_(people.c.disabled_at.is_(None), role.correlate(people, projects))


_READS = _reads()
_WATCHERS = Statement(
    select(people.c.id, people.c.name, report_watchers.c.created_at)
    .where(
        report_watchers.c.organization_id == bindparam("organization_id"),
        report_watchers.c.report_id == bindparam("report_id"),
        people.c.id == report_watchers.c.person_id,
        reports.c.id == report_watchers.c.report_id,
        projects.c.id == reports.c.project_id,
        _READS,
    )
    .order_by(report_watchers.c.created_at, people.c.id),
    Watcher,
)


def is_reader(tx: Transaction, place: Place, person_id: UUID) -> bool:
    query = (
        select(people.c.id)
        .join(projects, projects.c.id == place.project_id)
        .where(people.c.id == person_id, _READS)
    )
    return tx.execute(query).first() is not None


def watchers(tx: Transaction, place: Place, report_id: UUID) -> list[Watcher]:
    """Those who may still read it, the first one first."""
    return _WATCHERS.all(tx, organization_id=place.organization_id, report_id=report_id)
