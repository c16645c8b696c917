"""The listener on the feed: what happened becomes places in people's lists, in order, once."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import delete

from lacewing.events import EventKind, FedEvent
from lacewing.notifications import audience_queries as queries
from lacewing.notifications.audience import HEARD, gather
from lacewing.notifications.rhythm import due_at
from lacewing.notifications.tables import notification_people, notification_projects, notifications
from lacewing.notifications.values import News
from lacewing.storage import Database, Statement, Transaction, upsert

_STORE = Statement(upsert(notifications).on_conflict_do_nothing(), int)


class Notifier:
    """Reads outside the unit; what is gone by then is told to nobody."""

    name = "notifications"

    def __init__(self, db: Database) -> None:
        self._db = db

    async def hear(self, heard: Sequence[FedEvent]) -> Callable[[Transaction], None]:
        told = [fed.event for fed in heard]
        is_of_reports = any(event.kind in HEARD for event in told)
        news = await self._db.read(lambda tx: gather(tx, told), is_long=True) if is_of_reports else []
        gone = [event.subject_id for event in told if event.kind is EventKind.ACCOUNT_DELETED]
        return lambda tx: _keep(tx, news, [person_id for person_id in gone if person_id])


def _keep(tx: Transaction, news: Sequence[News], gone: Sequence[UUID]) -> None:
    if news:
        _store(tx, news)
    for table in (notifications, notification_people, notification_projects) if gone else ():
        tx.execute(delete(table).where(table.c.person_id.in_(gone)))


def _store(tx: Transaction, news: Sequence[News]) -> None:
    reports = queries.still_there(tx, {each.report_id for each in news})
    comments = queries.comments_still_there(tx, {each.comment_id for each in news if each.comment_id})
    rows = [
        _row(each)
        for each in news
        if each.report_id in reports and (each.comment_id is None or each.comment_id in comments)
    ]
    if rows:
        _STORE.run_many(tx, rows)


def _row(news: News) -> dict[str, object]:
    return {
        "person_id": news.person_id,
        "event_id": news.event_id,
        "organization_id": news.organization_id,
        "project_id": news.project_id,
        "report_id": news.report_id,
        "comment_id": news.comment_id,
        "topic": news.topic,
        "actor_id": news.actor_id,
        "status": news.status,
        "created_at": news.at,
        "read_at": None,
        "mail_due_at": due_at(news.digest, news.at) if news.is_mailed else None,
    }
