"""The verbs of what people say about a report. A comment is kept byte for byte (contract A12)."""

from collections.abc import Sequence
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor, Place, Visit
from lacewing.access.permissions import Permission
from lacewing.events import Event, EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, forbidden, not_found
from lacewing.reports import comment_queries
from lacewing.reports.apply import the_one
from lacewing.reports.at_once import Located, Reference, change_each, check_count, in_places
from lacewing.reports.comment_queries import FoundComment
from lacewing.reports.comment_steps import comment_all, delete_all, say
from lacewing.reports.locate import locate, locate_live
from lacewing.reports.values import BulkOutcome, Comment, Found
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


async def comment_on_reports(
    db: Database,
    actor: Actor,
    references: Sequence[Reference],
    body: str,
    *,
    visible_to_reporter: bool = False,
) -> list[BulkOutcome]:
    """The same on each, from 1 to 500 ids or codes, as `add_comment` says it, in one transaction.

    Raises INVALID.
    """
    check_comment(body)
    return await change_each(
        db,
        actor,
        references,
        Permission.COMMENTS_WRITE,
        lambda tx, place, ids: comment_all(
            tx, actor, place, ids, body, visible_to_reporter=visible_to_reporter
        ),
    )


def check_comment(body: str) -> None:
    """Raises INVALID."""
    checks = Checks()
    checks.text("body", body, shortest=1, longest=LONGEST_COMMENT)
    checks.finish()


def add_reporter_comment(
    tx: Transaction, visit: Visit, place: Place, report_id: UUID, link_id: UUID, body: str
) -> None:
    """The step: what the report's own reporter says, who came by a link. Raises NOT_FOUND."""
    said: dict[str, object] = {
        "author_id": None,
        "credential_id": link_id,
        "credential_name": REPORTER,
        "body": body,
        "visible_to_reporter": True,
        "is_from_reporter": True,
    }
    made = say(tx, place, [report_id], said)
    if not made:
        raise not_found("Report")
    [(_, comment_id)] = made
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
    [outcome] = await delete_comments(db, actor, [comment_id])
    if outcome.refusal is not None:
        raise outcome.refusal


async def delete_comments(db: Database, actor: Actor, comment_ids: Sequence[UUID]) -> list[BulkOutcome]:
    """From 1 to 500, each as `delete_comment` does, in one transaction. Raises INVALID."""
    check_count(comment_ids)
    sight = actor.sight()
    found = await db.read(lambda tx: comment_queries.found(tx, sight, comment_ids))
    judged: dict[Reference, Located] = {each: _deletable(actor, found.get(each)) for each in comment_ids}
    return await in_places(db, comment_ids, judged, lambda tx, place, ids: delete_all(tx, actor, place, ids))


def _deletable(actor: Actor, found: FoundComment | None) -> FoundComment | LacewingError:
    if found is None:
        return not_found("Comment")
    try:
        actor.require(Permission.COMMENTS_WRITE, found.place, "Comment")
    except LacewingError as refusal:
        return refusal
    if _wrote(actor, found) or actor.can(Permission.REPORTS_DELETE, found.place):
        return found
    return forbidden("not_the_author", "Not the comment author")


def _wrote(actor: Actor, found: FoundComment) -> bool:
    if found.author_id is None:
        return actor.credential_id == found.credential_id
    return actor.person is not None and actor.person.id == found.author_id


def _add(tx: Transaction, actor: Actor, found: Found, body: str, visible_to_reporter: bool) -> Comment:
    said = comment_all(tx, actor, found.place, [found.id], body, visible_to_reporter=visible_to_reporter)
    return comment_queries.the(tx, found.place, the_one(said))
