"""The steps of an attachment's life; what must be decided once is one conditional UPDATE."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, insert, or_, update

from lacewing.reports.attachment_queries import COLUMNS
from lacewing.reports.attachment_tables import attachments
from lacewing.reports.attachment_values import ORPHAN_AGE, Attachment, AttachmentState, Claim
from lacewing.reports.values import Report
from lacewing.storage import Statement, Transaction

_ANNOUNCE = Statement(insert(attachments), int)
_ITSELF = attachments.c.id == bindparam("its_id")
_ARRIVE = Statement(
    update(attachments)
    .where(_ITSELF, attachments.c.state == AttachmentState.ARRIVING)
    .values(state=bindparam("its_state", type_=attachments.c.state.type)),
    int,
)
_CLAIM = Statement(
    update(attachments)
    .where(
        _ITSELF,
        attachments.c.organization_id == bindparam("its_organization"),
        attachments.c.project_id == bindparam("its_project"),
        attachments.c.report_id.is_(None),
        attachments.c.attached_at.is_(None),
        or_(
            attachments.c.state == AttachmentState.PENDING,
            attachments.c.state == AttachmentState.STORED,
        ),
        attachments.c.created_at > bindparam("horizon", type_=attachments.c.created_at.type),
    )
    .values(
        report_id=bindparam("its_report", type_=attachments.c.report_id.type),
        use=bindparam("its_use", type_=attachments.c.use.type),
        attached_at=bindparam("now", type_=attachments.c.attached_at.type),
    ),
    int,
)


def announce(tx: Transaction, attachment: Attachment) -> None:
    """Before its bytes are stored, so that there are none of which nobody knows."""
    row = {column.name: getattr(attachment, column.name) for column in COLUMNS}
    _ANNOUNCE.run(tx, **row, attached_at=None, leased_until=None, attempts=0)


def arrive(tx: Transaction, attachment: Attachment, state: AttachmentState) -> bool:
    """False if it was given up meanwhile."""
    return _ARRIVE.run(tx, its_id=attachment.id, its_state=state) == 1


def claim(tx: Transaction, wanted: Sequence[tuple[Report, Claim]]) -> list[tuple[Report, Claim]]:
    """Those that are no unused uploads of their report's project.

    In sorted order, so that two batches never wait for each other in a circle.
    """
    return [
        (report, each)
        for report, each in sorted(wanted, key=lambda pair: pair[1].attachment_id)
        if not _CLAIM.run(
            tx,
            its_id=each.attachment_id,
            its_organization=report.organization_id,
            its_project=report.project_id,
            its_report=report.id,
            its_use=each.use,
            now=tx.now,
            horizon=tx.now - ORPHAN_AGE,
        )
    ]


def attach(tx: Transaction, attached: Attachment) -> None:
    """What has arrived becomes its report's."""
    tx.execute(
        update(attachments)
        .where(attachments.c.id == attached.id, attachments.c.state == AttachmentState.ARRIVING)
        .values(report_id=attached.report_id, attached_at=tx.now, state=attached.state)
    )


def detach(tx: Transaction, report_id: UUID, attachment_id: UUID) -> bool:
    """It is swept away later; False if the report has no such attachment."""
    mine = (attachments.c.id == attachment_id, attachments.c.report_id == report_id)
    return tx.execute(update(attachments).where(*mine).values(report_id=None)).rowcount == 1
