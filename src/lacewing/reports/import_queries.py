"""The SELECTs of what an import would bring and is here already."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from lacewing.access.actor import Place
from lacewing.events import EventKind
from lacewing.events.tables import events
from lacewing.reports.attachment_tables import attachments
from lacewing.reports.attachment_values import AttachmentState
from lacewing.reports.import_values import Known, PastReport
from lacewing.reports.tables import reports
from lacewing.reports.triage_queries import chunks
from lacewing.reports.triage_tables import comments, report_tombstones
from lacewing.storage import Transaction

_PARTS = {EventKind.ATTACHMENT_DELETED: "attachment", EventKind.COMMENT_DELETED: "comment_id"}


def known(tx: Transaction, place: Place, past: Sequence[PastReport]) -> Known:
    ids = [report.id for report in past]
    is_here = present(tx, place.organization_id, ids)
    # Only of what is here can parts be here, or have been deleted.
    again = [report for report in past if report.id in is_here]
    parts = (
        _comments(tx, again) | _files(tx, again) | _deleted_parts(tx, place.organization_id, list(is_here))
    )
    return Known(is_here, _deleted(tx, place.organization_id, ids), parts)


def present(tx: Transaction, organization_id: UUID, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Each one's project, of those that are there."""
    query = select(reports.c.id, reports.c.project_id).where(reports.c.organization_id == organization_id)
    found = (tx.execute(query.where(reports.c.id.in_(some))) for some in chunks(ids))
    return {row.id: row.project_id for rows in found for row in rows}


def announced(tx: Transaction, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Files of which an import that was broken off has left the row."""
    query = select(attachments.c.id).where(
        attachments.c.state == AttachmentState.ARRIVING, attachments.c.report_id.is_(None)
    )
    return _ids(tx.execute(query.where(attachments.c.id.in_(some))).scalars() for some in chunks(ids))


def _comments(tx: Transaction, past: Sequence[PastReport]) -> frozenset[UUID]:
    ids = [comment.id for report in past for comment in report.comments]
    query = select(comments.c.id)
    return _ids(tx.execute(query.where(comments.c.id.in_(some))).scalars() for some in chunks(ids))


def _files(tx: Transaction, past: Sequence[PastReport]) -> frozenset[UUID]:
    """Those too that were taken away and wait to be swept."""
    ids = [file.id for report in past for file in report.files]
    query = select(attachments.c.id).where(attachments.c.attached_at.is_not(None))
    return _ids(tx.execute(query.where(attachments.c.id.in_(some))).scalars() for some in chunks(ids))


def _deleted(tx: Transaction, organization_id: UUID, ids: Sequence[UUID]) -> frozenset[UUID]:
    its = report_tombstones.c
    query = select(its.report_id).where(its.organization_id == organization_id)
    return _ids(tx.execute(query.where(its.report_id.in_(some))).scalars() for some in chunks(ids))


def _deleted_parts(tx: Transaction, organization_id: UUID, ids: Sequence[UUID]) -> frozenset[UUID]:
    query = select(events.c.kind, events.c.data).where(
        events.c.organization_id == organization_id, events.c.kind.in_(_PARTS)
    )
    found = (tx.execute(query.where(events.c.subject_id.in_(some))) for some in chunks(ids))
    return frozenset(UUID(row.data[_PARTS[row.kind]]) for rows in found for row in rows)


def _ids(found: Iterable[Iterable[UUID]]) -> frozenset[UUID]:
    return frozenset(each for some in found for each in some)
