"""The SELECTs behind retention and erasure."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from lacewing.access.actor import Place
from lacewing.access.permissions import ORGANIZATION_ROLES, PROJECT_ROLES, Permission
from lacewing.accounts.tables import people
from lacewing.projects.tables import memberships, projects
from lacewing.reports.evidence import unpack
from lacewing.reports.export_queries import in_place, rows_of
from lacewing.reports.retention_tables import report_retention
from lacewing.reports.retention_values import Retention, Rule
from lacewing.reports.tables import report_evidence, reports
from lacewing.reports.values import OPEN_STATUSES, Evidence, Status
from lacewing.storage import Transaction

MOST_RULES = 500
MOST_EXPIRED = 200
MOST_ERASED = 50
MOST_WARNED = 50
_ENDED = sorted(frozenset(Status) - OPEN_STATUSES)


def retention(tx: Transaction, project_id: UUID) -> Retention:
    """The default where none was ever set."""
    query = select(report_retention.c.days, report_retention.c.includes_open, report_retention.c.begins_at)
    row = tx.execute(query.where(report_retention.c.project_id == project_id)).first()
    return Retention() if row is None else Retention(*row)


def rules(tx: Transaction, after: UUID) -> list[Rule]:
    """Of all organizations, a part at a time."""
    query = (
        select(
            report_retention.c.project_id,
            report_retention.c.organization_id,
            projects.c.is_private,
            projects.c.name,
            report_retention.c.days,
            report_retention.c.includes_open,
            report_retention.c.begins_at,
        )
        .join(projects, projects.c.id == report_retention.c.project_id)
        .where(report_retention.c.project_id > after, projects.c.purged_at.is_(None))
        .order_by(report_retention.c.project_id)
        .limit(MOST_RULES)
    )
    return [Rule(*row) for row in rows_of(tx, query)]


def is_due(tx: Transaction, rule: Rule, until: datetime) -> bool:
    """Whether any report has reached its age by then."""
    return any(tx.execute(query.limit(1)).first() is not None for query in _expired(rule, until))


def expired(tx: Transaction, rule: Rule) -> list[UUID]:
    """The oldest of what has reached its age by now."""
    in_order = (query.order_by(reports.c.created_at, reports.c.id) for query in _expired(rule, tx.now))
    heads = [tuple(row) for query in in_order for row in tx.execute(query.limit(MOST_EXPIRED))]
    return [report_id for _, report_id in sorted(heads)[:MOST_EXPIRED]]


def who_changes(tx: Transaction, place: Place) -> list[tuple[UUID, str, str]]:
    """The id, name and address of those who may change the project; who is disabled is left out."""
    in_whole = [role for role, may in ORGANIZATION_ROLES.items() if Permission.PROJECTS_WRITE in may]
    in_project = [role for role, may in PROJECT_ROLES.items() if Permission.PROJECTS_WRITE in may]
    its = memberships.c.project_id == place.project_id
    whole = memberships.c.project_id.is_(None)
    query = (
        select(people.c.id, people.c.name, people.c.email)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            memberships.c.organization_id == place.organization_id,
            or_(and_(whole, memberships.c.role.in_(in_whole)), and_(its, memberships.c.role.in_(in_project))),
            people.c.disabled_at.is_(None),
        )
        .distinct()
        .order_by(people.c.id)
        .limit(MOST_WARNED)
    )
    return [(person_id, name, email) for person_id, name, email in rows_of(tx, query)]


def reports_of_reporter(
    tx: Transaction, place: Place, identifier: str, after: int
) -> list[tuple[int, UUID, Evidence]]:
    """By number; addresses are one in any case of their letters."""
    query = (
        select(reports.c.number, reports.c.id, report_evidence.c.packed)
        .outerjoin(report_evidence, report_evidence.c.report_id == reports.c.id)
        .where(*in_place(place), reports.c.number > after, _names(identifier))
        .order_by(reports.c.number)
        .limit(MOST_ERASED)
    )
    return [(number, report_id, unpack(packed)) for number, report_id, packed in rows_of(tx, query)]


def _names(identifier: str) -> ColumnElement[bool]:
    """Some databases know the case of ASCII letters only: others are looked for as people write them."""
    spellings = {identifier, identifier.lower(), identifier.upper(), identifier.title()}
    return func.lower(reports.c.reporter_identifier).in_([func.lower(each) for each in sorted(spellings)])


def _expired(rule: Rule, until: datetime) -> list[Select[Any]]:
    """Each an index range: in one statement, SQLite would walk past every old report that is still open."""
    is_old = reports.c.created_at <= until - timedelta(days=rule.days)
    query = select(reports.c.created_at, reports.c.id).where(*in_place(rule.place), is_old)
    return [query] if rule.includes_open else [query.where(reports.c.status == status) for status in _ENDED]
