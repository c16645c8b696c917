"""The log of events: a person's own, and an organization's."""

import msgspec

from lacewing.events import LARGEST_EXPORT, EventPage, list_organization_events, list_own_events
from lacewing.http.arrival import Headers
from lacewing.http.bugspark.wire_events import EventList, EventQuery, event_filter, event_items, event_list
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, PERSONAL, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Events")

JSON_LINES = "application/x-ndjson"
_EXPORT = (
    f"With `Accept: {JSON_LINES}` the items come one a line, up to {LARGEST_EXPORT} whatever the limit; "
    "X-Next-Cursor leads to the rest."
)
_HEADERS = (("X-Next-Cursor", "With JSON lines: the `cursor` of the rest, if there is one."),)
_encoder = msgspec.json.Encoder()


@routes.add(
    "GET",
    "/auth/events",
    accepts=PERSONAL,
    summary=f"What you did, and what was done to your account\n{_EXPORT}",
    query=EventQuery,
    answer=EventList,
    answer_headers=_HEADERS,
    errors=(ErrorKind.FORBIDDEN,),
)
async def index(core: Core, call: Call[None, EventQuery]) -> Reply:
    wanted, size = event_filter(call.query), _size(call)
    return _reply(call.headers, await list_own_events(core.db, call.actor, wanted, size))


@routes.add(
    "GET",
    "/organizations/{organization_id}/events",
    accepts=ANYONE_KNOWN,
    summary=f"What happened in the organization\n{_EXPORT}",
    query=EventQuery,
    answer=EventList,
    answer_headers=_HEADERS,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def index_of_organization(core: Core, call: Call[None, EventQuery]) -> Reply:
    organization_id = uuid_in(call.path, "organization_id")
    wanted, size = event_filter(call.query), _size(call)
    page = await list_organization_events(core.db, call.actor, organization_id, wanted, size)
    return _reply(call.headers, page)


def _size(call: Call[None, EventQuery]) -> int:
    return LARGEST_EXPORT if _wants_lines(call.headers) else call.query.limit


def _reply(headers: Headers, page: EventPage) -> Reply:
    by_accept = ("Vary", "Accept")
    if not _wants_lines(headers):
        return Reply(event_list(page), headers=(by_accept,))
    rest = () if page.next_cursor is None else (("X-Next-Cursor", str(page.next_cursor)),)
    lines = _encoder.encode_lines(event_items(page))
    return Reply(raw=lines, media_type=JSON_LINES, headers=(by_accept, *rest))


def _wants_lines(headers: Headers) -> bool:
    return JSON_LINES in (headers.get(b"accept") or "")
