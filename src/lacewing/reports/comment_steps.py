"""The steps by which comments are said and taken away, on one report of a project or on many."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, insert

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError, not_found
from lacewing.kit.ids import new_id_at
from lacewing.reports import comment_queries, triage_queries, updates
from lacewing.reports.triage_queries import chunks
from lacewing.reports.triage_tables import comments
from lacewing.reports.values import Report
from lacewing.reports.watching import add_watchers
from lacewing.storage import Statement, Transaction

_COMMENT = Statement(insert(comments), int)


def comment_all(
    tx: Transaction,
    actor: Actor,
    place: Place,
    report_ids: Sequence[UUID],
    body: str,
    *,
    visible_to_reporter: bool,
) -> dict[UUID, UUID | LacewingError]:
    """The comment's id of each report."""
    author_id = actor.person.id if actor.person else None
    said: dict[str, object] = {
        "author_id": author_id,
        "credential_id": actor.credential_id,
        "credential_name": None if author_id else comment_queries.token_name(tx, actor.credential_id),
        "body": body,
        "visible_to_reporter": visible_to_reporter,
        "is_from_reporter": False,
    }
    made = say(tx, place, report_ids, said)
    if author_id is not None:
        add_watchers(tx, [(report, author_id) for report, _ in made])
    of_reports = {report.id: comment_id for report, comment_id in made}
    _record(tx, EventKind.COMMENT_CREATED, actor, place, list(of_reports.items()))
    return {each: of_reports.get(each, not_found("Report")) for each in report_ids}


def say(
    tx: Transaction, place: Place, report_ids: Sequence[UUID], said: Mapping[str, object]
) -> list[tuple[Report, UUID]]:
    """Each report that is there, which nobody else changes from now on, with its comment's id."""
    updates.take_turns(tx, place)
    made = [(report, new_id_at(tx.now)) for report in triage_queries.rows(tx, place, report_ids)]
    where = {"organization_id": place.organization_id, "project_id": place.project_id, "created_at": tx.now}
    rows = [{"id": comment_id, "report_id": report.id, **where, **said} for report, comment_id in made]
    if rows:
        _COMMENT.run_many(tx, rows)
    return made


def delete_all(
    tx: Transaction, actor: Actor, place: Place, comment_ids: Sequence[UUID]
) -> dict[UUID, UUID | LacewingError]:
    updates.take_turns(tx, place)
    of_reports = comment_queries.reports_of(tx, place, comment_ids)
    its = delete(comments).where(comments.c.organization_id == place.organization_id)
    for some in chunks(list(of_reports)):
        tx.execute(its.where(comments.c.id.in_(some)))
    told = [(report_id, comment_id) for comment_id, report_id in of_reports.items()]
    _record(tx, EventKind.COMMENT_DELETED, actor, place, told)
    return {each: each if each in of_reports else not_found("Comment") for each in comment_ids}


def _record(
    tx: Transaction, kind: EventKind, actor: Actor, place: Place, said: Sequence[tuple[UUID, UUID]]
) -> None:
    events.append_many(
        tx,
        [
            events.by_actor(
                kind,
                actor,
                organization_id=place.organization_id,
                project_id=place.project_id,
                subject_id=report_id,
                data={"comment_id": str(comment_id)},
            )
            for report_id, comment_id in said
        ],
    )
