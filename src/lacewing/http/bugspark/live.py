"""Live updates, as server-sent events (WHATWG HTML, 9.2)."""

import re

from lacewing.http.arrival import Headers, presented_in
from lacewing.http.bugspark.wire_live import LiveQuery, event_stream
from lacewing.http.core import Core
from lacewing.http.endpoint import ANYONE_KNOWN, Call, Reply, Routes
from lacewing.http.references import project_reference
from lacewing.kit.errors import ErrorKind, FieldError, invalid
from lacewing.live import Knock

routes = Routes("/api/v1", "Events")

MEDIA_TYPE = "text/event-stream"
_SEQUENCE = re.compile(r"[0-9]{1,18}")


@routes.add(
    "GET",
    "/events/stream",
    accepts=ANYONE_KNOWN,
    summary=(
        "Hear of what changes, as it changes\nServer-sent events, as `EventSource` reads them. Each tells "
        "that something happened to a report or a project that you may see, or what a log tells that you "
        "may read, for you to fetch what you show: its `data` is `{id, type, organizationId, projectId, "
        "reportId, at}`. With `Last-Event-ID`, what was missed is told first. An event `reset` says that "
        "something was missed, or that you may see other things than before: read anew what you show. The "
        "stream ends with the credential."
    ),
    query=LiveQuery,
    media_types=(MEDIA_TYPE,),
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
    is_secret=True,
)
async def stream(core: Core, call: Call[None, LiveQuery]) -> Reply:
    project, actor = call.query.project_id, call.actor
    project_id = None if project is None else await project_reference(core, actor, project)
    knock = Knock(call.visit, presented_in(call.headers, core.settings), ANYONE_KNOWN)
    opened = await core.live.open(knock, actor, project_id, _last_event(call))
    return Reply(
        media_type=MEDIA_TYPE,
        stream=event_stream(core.live.follow(opened)),
        headers=(("X-Accel-Buffering", "no"),),
        on_gone=opened.end,
    )


def _last_event(call: Call[None, LiveQuery]) -> int | None:
    """The header is the newer: a browser sends it when it comes again to the same address."""
    told = _sequence(call.headers)
    return call.query.last_event_id if told is None else told


def _sequence(headers: Headers) -> int | None:
    text = headers.get(b"last-event-id")
    if not text:
        return None
    if not _SEQUENCE.fullmatch(text):
        raise invalid(FieldError("last_event_id", "must be the id of an event of this stream", "not_an_id"))
    return int(text)
