"""The verbs of what people say about a report. A comment is kept byte for byte (contract A12)."""

from uuid import UUID

from sqlalchemy import delete, insert

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import forbidden, not_found
from lacewing.kit.ids import new_id_at
from lacewing.reports import comment_queries, triage_queries, updates
from lacewing.reports.comment_queries import FoundComment
from lacewing.reports.locate import locate, locate_live
from lacewing.reports.triage_tables import comments
from lacewing.reports.values import Comment, Found
from lacewing.reports.watching import add_watchers
from lacewing.storage import Database, Transaction

LONGEST_COMMENT = 5000


async def list_comments(db: Database, actor: Actor, reference: UUID | str) -> list[Comment]:
    """The oldest first. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    return await db.read(lambda tx: comment_queries.of_report(tx, found.place, found.id))


async def add_comment(db: Database, actor: Actor, reference: UUID | str, body: str) -> Comment:
    """Its author watches the report from now on.

    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT: `ambiguous_code`, `project_deleted`.
    """
    checks = Checks()
    checks.text("body", body, shortest=1, longest=LONGEST_COMMENT)
    checks.finish()
    found = await locate_live(db, actor, Permission.COMMENTS_WRITE, reference)
    return await db.write(lambda tx: _add(tx, actor, found, body))


async def delete_comment(db: Database, actor: Actor, comment_id: UUID) -> None:
    """For its author, and for whoever may delete the report. Raises NOT_FOUND, FORBIDDEN."""
    sight = actor.sight()
    found = await db.read(lambda tx: comment_queries.found(tx, sight, comment_id))
    if found is None:
        raise not_found("Comment")
    actor.require(Permission.COMMENTS_WRITE, found.place, "Comment")
    if not _wrote(actor, found) and not actor.can(Permission.REPORTS_DELETE, found.place):
        raise forbidden("not_the_author", "Not the comment author")
    await db.write(lambda tx: _delete(tx, actor, found))


def _wrote(actor: Actor, found: FoundComment) -> bool:
    if found.author_id is None:
        return actor.credential_id == found.credential_id
    return actor.person is not None and actor.person.id == found.author_id


def _add(tx: Transaction, actor: Actor, found: Found, body: str) -> Comment:
    updates.take_turns(tx, found.place)
    present = triage_queries.rows(tx, found.place, [found.id])
    if not present:
        raise not_found("Report")
    comment_id = new_id_at(tx.now)
    author_id = actor.person.id if actor.person else None
    tx.execute(
        insert(comments).values(
            id=comment_id,
            organization_id=found.place.organization_id,
            project_id=found.place.project_id,
            report_id=found.id,
            author_id=author_id,
            credential_id=actor.credential_id,
            credential_name=None if author_id else comment_queries.token_name(tx, actor.credential_id),
            body=body,
            created_at=tx.now,
        )
    )
    if author_id is not None:
        add_watchers(tx, [(present[0], author_id)])
    _record(tx, EventKind.COMMENT_CREATED, actor, found.place, found.id, comment_id)
    return comment_queries.the(tx, found.place, comment_id)


def _delete(tx: Transaction, actor: Actor, found: FoundComment) -> None:
    gone = tx.execute(delete(comments).where(comments.c.id == found.id))
    if gone.rowcount == 0:
        raise not_found("Comment")
    _record(tx, EventKind.COMMENT_DELETED, actor, found.place, found.report_id, found.id)


def _record(
    tx: Transaction, kind: EventKind, actor: Actor, place: Place, report_id: UUID, comment_id: UUID
) -> None:
    events.append(
        tx,
        events.by_actor(
            kind,
            actor,
            organization_id=place.organization_id,
            project_id=place.project_id,
            subject_id=report_id,
            data={"comment_id": str(comment_id)},
        ),
    )
