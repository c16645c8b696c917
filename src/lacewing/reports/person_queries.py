"""What a person's own export reads, a part at a time."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select

from lacewing.access.actor import Place
from lacewing.projects.tables import projects
from lacewing.reports.column_queries import COLUMNS
from lacewing.reports.tables import reports
from lacewing.reports.triage_tables import comments
from lacewing.reports.values import Report
from lacewing.storage import Statement, Transaction

MOST_AT_ONCE = 500


class OwnComment(NamedTuple):
    id: UUID
    report_id: UUID
    body: str
    created_at: datetime


_REPORTS = Statement(
    select(*COLUMNS)
    .join(projects, projects.c.id == reports.c.project_id)
    .where(
        reports.c.organization_id == bindparam("organization_id"),
        reports.c.project_id == bindparam("project_id"),
        reports.c.number > bindparam("after"),
    )
    .order_by(reports.c.number)
    .limit(MOST_AT_ONCE),
    Report,
)
_COMMENTS = Statement(
    select(comments.c.id, comments.c.report_id, comments.c.body, comments.c.created_at)
    .where(comments.c.author_id == bindparam("person_id"), comments.c.id > bindparam("after"))
    .order_by(comments.c.id)
    .limit(MOST_AT_ONCE),
    OwnComment,
)


def reports_after(tx: Transaction, place: Place, number: int) -> list[Report]:
    its = {"organization_id": place.organization_id, "project_id": place.project_id}
    return _REPORTS.all(tx, after=number, **its)


def comments_after(tx: Transaction, person_id: UUID, comment_id: UUID) -> list[OwnComment]:
    return _COMMENTS.all(tx, person_id=person_id, after=comment_id)
