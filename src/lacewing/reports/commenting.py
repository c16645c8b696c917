"""The verbs of what people say about a report. A comment is kept byte for byte (contract A12)."""

from uuid import UUID

from sqlalchemy import delete, insert

from lacewing import events
from lacewing.access.actor import Actor, Place, Visit
from lacewing.access.permissions import Permission
from lacewing.events import Event, EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import forbidden, not_found
from lacewing.kit.ids import new_id_at
from lacewing.reports import comment_queries, triage_queries, updates
from lacewing.reports.comment_queries import FoundComment
from lacewing.reports.locate import locate, locate_live
from lacewing.reports.triage_tables import comments
from lacewing.reports.values import Comment, Found, Report
from lacewing.reports.watching import add_watchers
from lacewing.storage import Database, Transaction

LONGEST_COMMENT = 5000
REPORTER = "Reporter"


async def list_comments(db: Database, actor: Actor, reference: UUID | str) -> list[Comment]:
    """The oldest first. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    return await db.read(lambda tx: comment_queries.of_report(tx, found.place, found.id))


async def add_comment(
    db: Database, actor: Actor, reference: UUID | str, body: str, *, visible_to_reporter: bool = False
) -> Comment:
    """Its author watches the report from now on.

    Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT: `ambiguous_code`, `project_deleted`.
    """
    check_comment(body)
    found = await locate_live(db, actor, Permission.COMMENTS_WRITE, reference)
    return await db.write(lambda tx: _add(tx, actor, found, body, visible_to_reporter))


def check_comment(body: str) -> None:
    """Raises INVALID."""
    checks = Checks()
    checks.text("body", body, shortest=1, longest=LONGEST_COMMENT)
    checks.finish()


def add_reporter_comment(
    tx: Transaction, visit: Visit, place: Place, report_id: UUID, link_id: UUID, body: str
) -> None:
    """The step: what the report's own reporter says, who came by a link. Raises NOT_FOUND."""
    _require_present(tx, place, report_id)
    said: dict[str, object] = {
        "credential_id": link_id,
        "credential_name": REPORTER,
        "body": body,
        "visible_to_reporter": True,
        "is_from_reporter": True,
    }
    comment_id = _store(tx, place, report_id, said)
    told = Event(
        EventKind.COMMENT_CREATED,
        visit,
        organization_id=place.organization_id,
        project_id=place.project_id,
        credential_id=link_id,
        subject_id=report_id,
        data={"comment_id": str(comment_id), "from": "reporter"},
    )
    events.append(tx, told)


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


def _add(tx: Transaction, actor: Actor, found: Found, body: str, visible_to_reporter: bool) -> Comment:
    present = _require_present(tx, found.place, found.id)
    author_id = actor.person.id if actor.person else None
    said: dict[str, object] = {
        "author_id": author_id,
        "credential_id": actor.credential_id,
        "credential_name": None if author_id else comment_queries.token_name(tx, actor.credential_id),
        "body": body,
        "visible_to_reporter": visible_to_reporter,
    }
    comment_id = _store(tx, found.place, found.id, said)
    if author_id is not None:
        add_watchers(tx, [(present, author_id)])
    _record(tx, EventKind.COMMENT_CREATED, actor, found.place, found.id, comment_id)
    return comment_queries.the(tx, found.place, comment_id)


def _require_present(tx: Transaction, place: Place, report_id: UUID) -> Report:
    """From now on nobody else changes it. Raises NOT_FOUND."""
    updates.take_turns(tx, place)
    present = triage_queries.rows(tx, place, [report_id])
    if not present:
        raise not_found("Report")
    return present[0]


def _store(tx: Transaction, place: Place, report_id: UUID, said: dict[str, object]) -> UUID:
    """Its id."""
    comment_id = new_id_at(tx.now)
    where = {
        "organization_id": place.organization_id,
        "project_id": place.project_id,
        "report_id": report_id,
    }
    tx.execute(insert(comments).values(id=comment_id, **where, **said, created_at=tx.now))
    return comment_id


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
