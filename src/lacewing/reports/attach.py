"""The verbs of a report's attachments: files that members add, show and take away."""

from dataclasses import replace
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError, conflict, not_found
from lacewing.reports import attachment_queries as queries
from lacewing.reports import attachment_steps as steps
from lacewing.reports import triage_queries, updates
from lacewing.reports.attachment_values import (
    MOST_ATTACHMENTS,
    Arrival,
    Attachment,
    Use,
)
from lacewing.reports.locate import locate, locate_live
from lacewing.reports.upload import new_attachment, receive
from lacewing.reports.values import Found
from lacewing.storage import Blobs, Database, Transaction


async def attach_file(
    db: Database, actor: Actor, blobs: Blobs, reference: UUID | str, arrival: Arrival
) -> Attachment:
    """A picture, or a file of a few kinds that is only ever saved.

    It is waited for once it is known where it goes. Raises NOT_FOUND, FORBIDDEN, UNAVAILABLE; CONFLICT
    `too_many_attachments`, `ambiguous_code`, `project_deleted`; INVALID_REQUEST `file_kind_not_allowed`, and
    those of `upload_screenshot`.
    """
    found = await locate_live(db, actor, Permission.REPORTS_WRITE, reference)
    await db.read(lambda tx: _require_room(tx, found))
    upload = await arrival()
    async with blobs.draft() as draft:
        picture = await receive(upload, draft)
        person_id = actor.person.id if actor.person else None
        arriving = new_attachment(db, found.place, Use.FILE, upload, draft, picture, person_id)
        await db.bare().write(lambda tx: steps.announce(tx, arriving))  # nothing is made by that yet
        await blobs.keep(draft, arriving.key)
    attached = replace(arriving, report_id=found.id, state=arriving.arrived)
    await db.write(lambda tx: _attach(tx, actor, found, attached))
    return attached


async def list_attachments(db: Database, actor: Actor, reference: UUID | str) -> tuple[Attachment, ...]:
    """In the order in which they came. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    return await db.read(lambda tx: queries.of_report(tx, found.id))


async def delete_attachment(db: Database, actor: Actor, reference: UUID | str, attachment_id: UUID) -> None:
    """Its links end at once, its bytes soon. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`,
    `project_deleted`."""
    found = await locate_live(db, actor, Permission.REPORTS_WRITE, reference)
    await db.write(lambda tx: _detach(tx, actor, found, attachment_id))


def _attach(tx: Transaction, actor: Actor, found: Found, attached: Attachment) -> None:
    _touch(tx, found)
    _require_room(tx, found)
    steps.attach(tx, attached)
    _record(tx, EventKind.ATTACHMENT_ADDED, actor, found, attached.id)


def _detach(tx: Transaction, actor: Actor, found: Found, attachment_id: UUID) -> None:
    _touch(tx, found)
    if not steps.detach(tx, found.id, attachment_id):
        raise not_found("Attachment")
    _record(tx, EventKind.ATTACHMENT_DELETED, actor, found, attachment_id)


def _touch(tx: Transaction, found: Found) -> None:
    """The report is there, has changed, and nobody else changes it until the COMMIT."""
    updates.take_turns(tx, found.place)
    rows = triage_queries.rows(tx, found.place, [found.id])
    if not rows:
        raise not_found("Report")
    updates.update_reports(tx, found.place, rows)


def _require_room(tx: Transaction, found: Found) -> None:
    if queries.count_of_report(tx, found.id) >= MOST_ATTACHMENTS:
        raise _full()


def _full() -> LacewingError:
    return conflict("too_many_attachments", f"A report has {MOST_ATTACHMENTS} attachments at most.")


def _record(tx: Transaction, kind: EventKind, actor: Actor, found: Found, attachment_id: UUID) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=found.place.organization_id,
        project_id=found.place.project_id,
        subject_id=found.id,
        data={"report": found.tracking_id, "attachment": str(attachment_id)},
    )
    events.append(tx, event)
