"""What a webhook that subscribed by BugSpark's names is sent."""

from typing import Final
from uuid import UUID

import msgspec

from lacewing.http.bugspark.wire_comments import CommentItem, comment_item
from lacewing.http.bugspark.wire_reports import ReportItem, report_item
from lacewing.http.shapes import Instant
from lacewing.webhooks import Happening

_encoder: Final = msgspec.json.Encoder()


class ActorItem(msgspec.Struct, rename="camel"):
    """`id` is null for a token of a project and for a publishable key."""

    id: UUID | None
    name: str


class ChangeItem(msgspec.Struct, rename="camel"):
    """Texts longer than 200 characters are cut."""

    field: str
    before: str | None
    after: str | None


class GoneReport(msgspec.Struct, rename="camel"):
    """What is left to tell of a report that was deleted."""

    id: UUID
    project_id: UUID
    tracking_id: str


class GoneComment(msgspec.Struct, rename="camel"):
    id: UUID


class EventBody(msgspec.Struct, rename="camel", omit_defaults=True):
    """`data` is the report as it is when this is told, as a list of reports shows it."""

    event: str
    timestamp: Instant
    data: ReportItem | GoneReport
    url: str
    actor: ActorItem | None
    changes: list[ChangeItem] = []
    comment: CommentItem | GoneComment | None = None


def event_body(name: str, happening: Happening, base_url: str) -> bytes:
    actor, report = happening.actor, happening.report
    body = EventBody(
        event=name,
        timestamp=happening.at,
        data=_gone(happening) if report is None else report_item(report),
        url=happening.url(base_url),
        actor=None if actor is None else ActorItem(actor.id, actor.name),
        changes=[ChangeItem(*change) for change in happening.changes],
        comment=_comment(happening),
    )
    return _encoder.encode(body)


def _gone(happening: Happening) -> GoneReport:
    return GoneReport(happening.report_id, happening.project.id, happening.tracking_id)


def _comment(happening: Happening) -> CommentItem | GoneComment | None:
    if happening.comment is not None:
        return comment_item(happening.comment)
    return None if happening.comment_id is None else GoneComment(happening.comment_id)
