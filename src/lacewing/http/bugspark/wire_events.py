"""Events of the log on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from lacewing.access.permissions import CredentialKind
from lacewing.events import LARGEST_PAGE, EventFilter, EventPage, ToldEvent, kinds_named
from lacewing.http.shapes import Instant

_KIND = "One kind like `token.created`, or with a dot at the end all that begin so, like `token.`."
_CURSOR = "The `nextCursor` of the page before."


class EventQuery(msgspec.Struct):
    kind: Annotated[str, msgspec.Meta(description=_KIND)] | None = None
    after: Instant | None = None
    before: Instant | None = None
    cursor: Annotated[UUID, msgspec.Meta(description=_CURSOR)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_PAGE)] = 50


class EventItem(msgspec.Struct, rename="camel"):
    """`subject_id` is what it was done to: an account, a token, a key, a report."""

    id: UUID
    kind: str
    at: Instant
    person_id: UUID | None
    organization_id: UUID | None
    project_id: UUID | None
    credential_kind: CredentialKind | None
    credential_id: UUID | None
    subject_id: UUID | None
    ip: str
    user_agent: str
    request_id: str
    data: dict[str, str]


class EventList(msgspec.Struct, rename="camel"):
    """The newest first; `next_cursor` is null at the end."""

    items: list[EventItem]
    next_cursor: UUID | None


def event_filter(query: EventQuery) -> EventFilter:
    kinds = frozenset() if query.kind is None else kinds_named(query.kind)
    return EventFilter(kinds, query.after, query.before, query.cursor)


def event_list(page: EventPage) -> EventList:
    return EventList(event_items(page), page.next_cursor)


def event_items(page: EventPage) -> list[EventItem]:
    return [_item(event) for event in page.items]


def _item(event: ToldEvent) -> EventItem:
    return EventItem(
        event.id,
        event.kind,
        event.at,
        event.person_id,
        event.organization_id,
        event.project_id,
        event.credential_kind,
        event.credential_id,
        event.subject_id,
        event.ip,
        event.user_agent,
        event.request_id,
        event.data,
    )
