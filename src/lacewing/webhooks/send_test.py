"""The verb that sends a test: of a report that there is not, as the webhook would be told of one."""

from datetime import datetime
from typing import Final
from uuid import UUID

from lacewing.access.actor import Actor, Person
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.errors import not_found
from lacewing.reports import Category, Report, Severity, Status
from lacewing.storage import Database, Transaction
from lacewing.webhooks import delivery_queries
from lacewing.webhooks.catalogue import is_of_tickets
from lacewing.webhooks.happening_queries import Stage, stages
from lacewing.webhooks.locate import locate, take_turns
from lacewing.webhooks.put_up import put_up
from lacewing.webhooks.values import Doer, Happening
from lacewing.webhooks.webhook_values import Delivery, NewDelivery, RenderAs, Webhook

_NO_REPORT: Final = UUID(int=0)


async def send_test(db: Database, actor: Actor, render: RenderAs, webhook_id: UUID) -> Delivery:
    """That a report was created, in the dialect of its first event; once, and also while it is switched off.

    Raises NOT_FOUND, FORBIDDEN.
    """
    webhook = await locate(db, actor, Permission.WEBHOOKS_WRITE, webhook_id)
    found = await db.read(lambda tx: stages(tx, [webhook.project_id]))
    if webhook.project_id not in found:
        raise not_found("Webhook")
    happening = _sample(found[webhook.project_id], actor.person, db.clock())
    name = "ticket_created" if is_of_tickets(webhook.events[0]) else "report.created"
    body = render(webhook.format, name, happening) or b""
    new = NewDelivery(webhook, name, body.decode(), is_test=True)
    return await db.write(lambda tx: _put_up(tx, webhook, new))


def _put_up(tx: Transaction, webhook: Webhook, new: NewDelivery) -> Delivery:
    current = take_turns(tx, webhook)
    [delivery_id] = put_up(tx, [new])
    return delivery_queries.the(tx, current, delivery_id)


def _sample(stage: Stage, person: Person | None, now: datetime) -> Happening:
    """Its number is 0, which no report has."""
    report = Report(
        id=_NO_REPORT,
        organization_id=stage.organization.id,
        project_id=stage.project.id,
        project_code=stage.project.code,
        number=0,
        title="A test of this webhook",
        description="Somebody asked Lacewing to send this. There is no such report.",
        severity=Severity.LOW,
        category=Category.OTHER,
        status=Status.NEW,
        reporter_identifier=None,
        assignee_id=None,
        given="",
        when="",
        then="",
        notes="",
        created_at=now,
        updated_at=now,
    )
    return Happening(
        id=_NO_REPORT,
        kind=EventKind.REPORT_CREATED,
        at=now,
        organization=stage.organization,
        project=stage.project,
        report_id=report.id,
        tracking_id=report.tracking_id,
        actor=None if person is None else Doer(person.id, person.name, person.email),
        report=report,
    )
