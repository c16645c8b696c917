"""What of a batch of events concerns reporters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from lacewing.access.permissions import CredentialKind
from lacewing.events import EventKind, ToldEvent
from lacewing.reports import OPEN_STATUSES

_OPEN = frozenset(status.value for status in OPEN_STATUSES)


class Cause(IntEnum):
    """Why a reporter is written to. Of several at once the highest is told."""

    CREATED = 0
    ANSWERED = 1
    ENDED = 2


@dataclass(frozen=True, slots=True)
class News:
    """`created` holds where a public submission came from, "" of others; `comments` the reports of each."""

    created: dict[UUID, str] = field(default_factory=dict)
    comments: dict[UUID, UUID] = field(default_factory=dict)
    ended: set[UUID] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.created or self.comments or self.ended)


def news_in(events: Iterable[ToldEvent]) -> News:
    news = News()
    for event in events:
        if event.subject_id is not None:
            _add(news, event, event.subject_id)
    return news


def _add(news: News, event: ToldEvent, report_id: UUID) -> None:
    match event.kind:
        case EventKind.REPORT_CREATED | EventKind.REPORTER_NAMED:
            is_public = event.credential_kind is CredentialKind.PUBLISHABLE_KEY
            news.created[report_id] = event.ip if is_public else ""
        case EventKind.COMMENT_CREATED:
            news.comments[UUID(event.data["comment_id"])] = report_id
        case EventKind.REPORT_UPDATED | EventKind.REPORT_MERGED if _ends(event):
            news.ended.add(report_id)


def _ends(event: ToldEvent) -> bool:
    before, after = event.data.get("status.from"), event.data.get("status.to")
    return before in _OPEN and after is not None and after not in _OPEN
