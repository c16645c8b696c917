"""Every SELECT of attachments."""

from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from lacewing.projects.tables import projects
from lacewing.reports.attachment_tables import PENDING, UNATTACHED, attachments
from lacewing.reports.attachment_values import Attachment, AttachmentState
from lacewing.storage import Statement, Transaction

COLUMNS = (
    attachments.c.id,
    attachments.c.organization_id,
    attachments.c.project_id,
    attachments.c.report_id,
    attachments.c.use,
    attachments.c.name,
    attachments.c.media_type,
    attachments.c.size,
    attachments.c.width,
    attachments.c.height,
    attachments.c.state,
    attachments.c.person_id,
    attachments.c.created_at,
)
_ALL = select(*COLUMNS)
_OF_REPORT = Statement(
    _ALL.where(attachments.c.report_id == bindparam("its_report")).order_by(attachments.c.id), Attachment
)
_ATTACHED = Statement(
    _ALL.join(projects, projects.c.id == attachments.c.project_id).where(
        attachments.c.id == bindparam("attachment_id"),
        attachments.c.report_id.is_not(None),
        projects.c.purged_at.is_(None),
    ),
    Attachment,
)
_COUNT = Statement(select(func.count()).where(attachments.c.report_id == bindparam("its_report")), int)
_IS_FREE = or_(
    attachments.c.leased_until.is_(None),
    attachments.c.leased_until <= bindparam("now", type_=attachments.c.leased_until.type),
)
_DUE = Statement(
    select(attachments.c.id)
    .where(PENDING, attachments.c.report_id.is_not(None), _IS_FREE)
    .order_by(attachments.c.created_at)
    .limit(bindparam("most")),
    lambda attachment_id: attachment_id,
)
_LEFT_BEHIND = Statement(
    select(attachments.c.id)
    .where(
        UNATTACHED,
        _IS_FREE,
        or_(
            attachments.c.attached_at.is_not(None),
            attachments.c.created_at <= bindparam("horizon", type_=attachments.c.created_at.type),
        ),
    )
    .order_by(attachments.c.created_at)
    .limit(bindparam("most")),
    lambda attachment_id: attachment_id,
)
_STORED = Statement(
    _ALL.where(
        attachments.c.id > bindparam("after"),
        attachments.c.state != AttachmentState.ARRIVING,
        attachments.c.state != AttachmentState.DOOMED,
    )
    .order_by(attachments.c.id)
    .limit(bindparam("most")),
    Attachment,
)


def of_report(tx: Transaction, report_id: UUID) -> tuple[Attachment, ...]:
    """In the order in which they came."""
    return tuple(_OF_REPORT.all(tx, its_report=report_id))


def attached(tx: Transaction, attachment_id: UUID) -> Attachment | None:
    """None for what no report has, nor a project that is purged."""
    return _ATTACHED.one(tx, attachment_id=attachment_id)


def count_of_report(tx: Transaction, report_id: UUID) -> int:
    return _COUNT.the(tx, its_report=report_id)


def due(tx: Transaction, most: int) -> list[UUID]:
    """Pictures of reports that nobody decodes now, those first that have waited longest."""
    return _DUE.all(tx, now=tx.now, most=most)


def left_behind(tx: Transaction, horizon: object, most: int) -> list[UUID]:
    """What a report had, and what none has referred to since `horizon`."""
    return _LEFT_BEHIND.all(tx, now=tx.now, horizon=horizon, most=most)


def stored(tx: Transaction, after: UUID, most: int) -> list[Attachment]:
    """Everybody's that have bytes, by id."""
    return _STORED.all(tx, after=after, most=most)
