"""What exports read: a part at a time, each beginning where the last one ended."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from lacewing.access.actor import Place
from lacewing.accounts.tables import people
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.projects.tables import memberships, projects
from lacewing.reports.attachment_queries import COLUMNS as ATTACHMENT_COLUMNS
from lacewing.reports.attachment_tables import attachments
from lacewing.reports.attachment_values import Attachment
from lacewing.reports.column_queries import COLUMNS
from lacewing.reports.evidence import unpack
from lacewing.reports.export_values import CommentLine, HistoryLine, LabelLine, MemberLine, ProjectLine
from lacewing.reports.tables import report_evidence, reports
from lacewing.reports.triage_tables import comments, labels
from lacewing.reports.values import FullReport, Report
from lacewing.storage import Transaction

MOST_REPORTS = 50
MOST_LINES = 500
FIRST = UUID(int=0)
_HISTORY = sorted(kind for kind in EventKind if kind.startswith(("report.", "label.")))


def projects_of(tx: Transaction, organization_id: UUID, project_id: UUID | None = None) -> list[ProjectLine]:
    """Soft-deleted ones too, since they stay readable; the oldest first."""
    query = (
        select(
            projects.c.id,
            projects.c.organization_id,
            projects.c.name,
            projects.c.code,
            projects.c.slug,
            projects.c.domain,
            projects.c.settings,
            projects.c.is_private,
            projects.c.created_at,
            projects.c.deleted_at,
        )
        .where(projects.c.organization_id == organization_id, projects.c.purged_at.is_(None))
        .order_by(projects.c.id)
    )
    if project_id is not None:
        query = query.where(projects.c.id == project_id)
    return [ProjectLine(*row) for row in rows_of(tx, query)]


def members(tx: Transaction, organization_id: UUID, project_id: UUID | None, after: UUID) -> list[MemberLine]:
    """Of the organization and its projects; or, with `project_id`, of that project only."""
    query = (
        select(
            memberships.c.id,
            memberships.c.project_id,
            memberships.c.person_id,
            people.c.name,
            people.c.email,
            memberships.c.role,
            memberships.c.created_at,
        )
        .join(people, people.c.id == memberships.c.person_id)
        .where(memberships.c.organization_id == organization_id)
    )
    if project_id is not None:
        query = query.where(memberships.c.project_id == project_id)
    return [MemberLine(*row) for row in rows_of(tx, _part(query, memberships.c.id, after))]


def labels_of(tx: Transaction, place: Place, after: UUID) -> list[LabelLine]:
    query = select(
        labels.c.id, labels.c.project_id, labels.c.name, labels.c.color, labels.c.created_at
    ).where(labels.c.organization_id == place.organization_id, labels.c.project_id == place.project_id)
    return [LabelLine(*row) for row in rows_of(tx, _part(query, labels.c.id, after))]


def reports_of(tx: Transaction, place: Place, after: int) -> list[FullReport]:
    """By number, few at a time, since each may carry its megabyte of evidence."""
    query = (
        select(*COLUMNS, report_evidence.c.packed)
        .join(projects, projects.c.id == reports.c.project_id)
        .outerjoin(report_evidence, report_evidence.c.report_id == reports.c.id)
        .where(*in_place(place), reports.c.number > after)
        .order_by(reports.c.number)
        .limit(MOST_REPORTS)
    )
    return [FullReport(Report(*row[:-1]), unpack(row[-1])) for row in rows_of(tx, query)]


def report_ids(tx: Transaction, place: Place, after: int) -> list[tuple[int, UUID]]:
    query = (
        select(reports.c.number, reports.c.id)
        .where(*in_place(place), reports.c.number > after)
        .order_by(reports.c.number)
        .limit(MOST_LINES)
    )
    return [(number, report_id) for number, report_id in rows_of(tx, query)]


def comments_of(tx: Transaction, report_ids: Sequence[UUID], after: UUID = FIRST) -> list[CommentLine]:
    """The oldest first."""
    query = (
        select(
            comments.c.id,
            comments.c.report_id,
            comments.c.author_id,
            people.c.name,
            comments.c.credential_name,
            comments.c.body,
            comments.c.created_at,
            comments.c.visible_to_reporter,
            comments.c.is_from_reporter,
        )
        .outerjoin(people, people.c.id == comments.c.author_id)
        .where(comments.c.report_id.in_(report_ids))
    )
    rows = rows_of(tx, _part(query, comments.c.id, after))
    return [
        CommentLine(row[0], row[1], row[2], row[3] or row[4] or "a token", row[5], row[6], row[7], row[8])
        for row in rows
    ]


def attachments_of(tx: Transaction, report_ids: Sequence[UUID], after: UUID = FIRST) -> list[Attachment]:
    query = select(*ATTACHMENT_COLUMNS).where(attachments.c.report_id.in_(report_ids))
    return [Attachment(*row) for row in rows_of(tx, _part(query, attachments.c.id, after))]


def history_of(
    tx: Transaction, organization_id: UUID, project_id: UUID | None, after: UUID
) -> list[HistoryLine]:
    """What happened to reports and labels: from the log of events, without addresses and clients."""
    query = select(
        events.c.id,
        events.c.kind,
        events.c.created_at,
        events.c.project_id,
        events.c.subject_id,
        events.c.person_id,
        events.c.credential_kind,
        events.c.data,
    ).where(events.c.organization_id == organization_id, events.c.kind.in_(_HISTORY))
    if project_id is not None:
        query = query.where(events.c.project_id == project_id)
    return [HistoryLine(*row) for row in rows_of(tx, _part(query, events.c.id, after))]


def in_place(place: Place) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        reports.c.organization_id == place.organization_id,
        reports.c.project_id == place.project_id,
    )


def _part(query: Select[Any], key: ColumnElement[UUID], after: UUID) -> Select[Any]:
    return query.where(key > after).order_by(key).limit(MOST_LINES)


def rows_of(tx: Transaction, query: Select[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in tx.execute(query)]
