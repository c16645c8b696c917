"""Every SELECT of comments."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lacewing.access.actor import Place, Reach
from lacewing.accounts.tables import people
from lacewing.credentials.tables import tokens
from lacewing.projects import reach_parameters, shape_of, visible
from lacewing.projects.tables import projects
from lacewing.reports.triage_queries import chunks
from lacewing.reports.triage_tables import comments
from lacewing.reports.values import Comment
from lacewing.storage import Statement, Transaction


class FoundComment(NamedTuple):
    """As far as it takes to decide who may delete it."""

    id: UUID
    author_id: UUID | None
    credential_id: UUID
    place: Place


_TOLD = select(
    comments.c.id,
    comments.c.report_id,
    comments.c.author_id,
    func.coalesce(people.c.name, comments.c.credential_name, ""),
    comments.c.body,
    comments.c.created_at,
    comments.c.visible_to_reporter,
    comments.c.is_from_reporter,
).outerjoin(people, people.c.id == comments.c.author_id)
_COMMENTS = _TOLD.where(comments.c.organization_id == bindparam("organization_id"))
_OF_REPORT = Statement(
    _COMMENTS.where(comments.c.report_id == bindparam("report_id")).order_by(comments.c.id), Comment
)
_BY_ID = Statement(_COMMENTS.where(comments.c.id == bindparam("comment_id")), Comment)
_TOKEN_NAME = Statement(select(tokens.c.name).where(tokens.c.id == bindparam("token_id")), str)


def of_report(tx: Transaction, place: Place, report_id: UUID) -> list[Comment]:
    """The oldest first."""
    return _OF_REPORT.all(tx, organization_id=place.organization_id, report_id=report_id)


def the(tx: Transaction, place: Place, comment_id: UUID) -> Comment:
    return _BY_ID.the(tx, organization_id=place.organization_id, comment_id=comment_id)


def comments_by_id(tx: Transaction, comment_ids: Sequence[UUID]) -> dict[UUID, Comment]:
    """Those of them that are there, of any project: for who tells of events that nobody asked for."""
    rows = tx.execute(_TOLD.where(comments.c.id.in_(comment_ids)))
    return {comment.id: comment for comment in (Comment(*tuple(row)) for row in rows)}


def token_name(tx: Transaction, token_id: UUID) -> str | None:
    return _TOKEN_NAME.one(tx, token_id=token_id)


def reports_of(tx: Transaction, place: Place, comment_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The report of each comment that is there."""
    query = select(comments.c.id, comments.c.report_id).where(
        comments.c.organization_id == place.organization_id, comments.c.project_id == place.project_id
    )
    found = (tx.execute(query.where(comments.c.id.in_(some))) for some in chunks(comment_ids))
    return {row.id: row.report_id for some in found for row in some}


def found(tx: Transaction, reach: Reach, comment_ids: Sequence[UUID]) -> dict[UUID, FoundComment]:
    """Those of them that are there to be seen."""
    query = (
        select(
            comments.c.id,
            comments.c.author_id,
            comments.c.credential_id,
            projects.c.organization_id,
            comments.c.project_id,
            projects.c.is_private,
        )
        .join(projects, projects.c.id == comments.c.project_id)
        .where(visible(shape_of(reach)))
    )
    parameters = reach_parameters(reach)
    seen = (tx.execute(query.where(comments.c.id.in_(some)), parameters) for some in chunks(comment_ids))
    return {row.id: _found(*tuple(row)) for rows in seen for row in rows}


def _found(
    comment_id: UUID,
    author_id: UUID | None,
    credential_id: UUID,
    organization_id: UUID,
    project_id: UUID,
    is_private: bool,
) -> FoundComment:
    return FoundComment(comment_id, author_id, credential_id, Place(organization_id, project_id, is_private))
