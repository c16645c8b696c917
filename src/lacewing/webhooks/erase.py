"""What deliveries hold of reports goes with them: their bodies, and what receivers answered."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, case, literal, select, update

from lacewing import jobs
from lacewing.events import EventKind, ToldEvent
from lacewing.jobs import Job, JobKind, NewJob, Outcome, done
from lacewing.storage import Database, Transaction
from lacewing.webhooks import forget_queries
from lacewing.webhooks.deliver import RETRY_AFTER
from lacewing.webhooks.tables import webhook_attempts as attempts
from lacewing.webhooks.tables import webhook_deliveries as deliveries
from lacewing.webhooks.webhook_values import DeliveryState

ERASE: Final = "erase_deliveries"
# After these, some of a project's reports, or of an organization's, are gone or are nobody's any more.
_OF_MANY: Final = frozenset({EventKind.REPORTS_EXPIRED, EventKind.REPORTER_ERASED})
ERASING: Final = _OF_MANY | {EventKind.REPORT_DELETED}
_SETTLED = deliveries.c.state != DeliveryState.PENDING


def erase_after(tx: Transaction, told: Sequence[ToldEvent]) -> None:
    """The step that goes with such events. What is still on its way is erased when it arrives."""
    gone = [event for event in told if event.kind is EventKind.REPORT_DELETED]
    if gone:
        _erase(
            tx,
            deliveries.c.organization_id.in_({event.organization_id for event in gone}),
            deliveries.c.project_id.in_({event.project_id for event in gone}),
            deliveries.c.report_id.in_({event.subject_id for event in gone}),
            _SETTLED,
        )
    jobs.add_many(tx, [_job(event) for event in told if event.kind in _OF_MANY])


class Eraser:
    """A part at a time: an organization may have very many deliveries."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @property
    def kind(self) -> JobKind:
        return JobKind(ERASE, self.erase, RETRY_AFTER, 1)

    async def erase(self, job: Job) -> Outcome:
        """Of reports that are gone, and if a reporter asked for it, of those that are nobody's any more."""
        find = partial(
            forget_queries.erasable,
            organization_id=UUID(job.payload["organization_id"]),
            project_id=UUID(job.payload["project_id"]) if job.payload["project_id"] else None,
            of_nobody=job.payload["kind"] == EventKind.REPORTER_ERASED,
        )
        while found := await self._db.read(find, is_long=True):
            await self._db.write(partial(_erase_these, delivery_ids=found), is_alone=True)
        return done()


def _job(event: ToldEvent) -> NewJob:
    project_id = "" if event.project_id is None else str(event.project_id)
    payload = {
        "organization_id": str(event.organization_id),
        "project_id": project_id,
        "kind": event.kind.value,
    }
    return NewJob(ERASE, payload, organization_id=event.organization_id, project_id=event.project_id)


def _erase_these(tx: Transaction, delivery_ids: Sequence[UUID]) -> None:
    _erase(tx, deliveries.c.id.in_(delivery_ids))


def _erase(tx: Transaction, *which: ColumnElement[bool]) -> None:
    """What was on its way is not sent any more."""
    its = select(deliveries.c.id).where(*which)
    tx.execute(update(attempts).where(attempts.c.delivery_id.in_(its)).values(answer=None))
    cancelled = literal(DeliveryState.CANCELLED, deliveries.c.state.type)
    state = case((_SETTLED, deliveries.c.state), else_=cancelled)
    tx.execute(update(deliveries).where(*which).values(body=None, state=state, next_attempt_at=None))
