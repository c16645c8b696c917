"""The SELECTs of what is to be forgotten."""

from typing import Final
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from lacewing.projects.tables import projects
from lacewing.reports.tables import reports
from lacewing.storage import Statement, Transaction
from lacewing.webhooks.tables import webhook_deliveries as deliveries
from lacewing.webhooks.tables import webhooks
from lacewing.webhooks.webhook_values import DeliveryState

ERASED_AT_ONCE: Final = 500

_ENDED = Statement(
    select(webhooks.c.id).where(webhooks.c.deleted_at.is_not(None)).limit(1),
    lambda webhook_id: webhook_id,
)
_OF_PURGED = Statement(
    select(webhooks.c.id)
    .join(projects, projects.c.id == webhooks.c.project_id)
    .where(projects.c.purged_at.is_not(None), webhooks.c.organization_id == projects.c.organization_id)
    .limit(1),
    lambda webhook_id: webhook_id,
)
REPORT_IS_GONE = and_(
    deliveries.c.report_id.is_not(None),
    ~exists().where(reports.c.id == deliveries.c.report_id).correlate(deliveries),
)
_REPORTER_IS_GONE = (
    exists()
    .where(reports.c.id == deliveries.c.report_id, reports.c.reporter_identifier.is_(None))
    .correlate(deliveries)
)


def next_ended(tx: Transaction) -> UUID | None:
    """A webhook that was deleted, or is of a purged project."""
    return _ENDED.one(tx) or _OF_PURGED.one(tx)


def deliveries_of(tx: Transaction, webhook_id: UUID, count: int) -> list[UUID]:
    query = select(deliveries.c.id).where(deliveries.c.webhook_id == webhook_id).limit(count)
    return list(tx.execute(query).scalars())


def old_deliveries(tx: Transaction, below: UUID, count: int, *, is_held: bool = False) -> list[UUID]:
    """Held, what another process forgets at this moment is left out."""
    query = select(deliveries.c.id).where(deliveries.c.id < below).order_by(deliveries.c.id).limit(count)
    return list(tx.execute(query.with_for_update(skip_locked=True) if is_held else query).scalars())


def erasable(
    tx: Transaction, organization_id: UUID, project_id: UUID | None, *, of_nobody: bool
) -> list[UUID]:
    """Of settled deliveries those whose report is gone; `of_nobody`, also those, settled or not, whose report
    has no reporter.
    """
    gone = and_(REPORT_IS_GONE, deliveries.c.state != DeliveryState.PENDING)
    query = select(deliveries.c.id).where(
        deliveries.c.organization_id == organization_id,
        deliveries.c.body.is_not(None),
        or_(gone, _REPORTER_IS_GONE) if of_nobody else gone,
    )
    if project_id is not None:
        query = query.where(deliveries.c.project_id == project_id)
    return list(tx.execute(query.limit(ERASED_AT_ONCE)).scalars())
