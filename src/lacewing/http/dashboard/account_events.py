"""What happened to one's account, and by its hand (U-2)."""

from lacewing.events import EventFilter, list_own_events
from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.wire import EventsQuery
from lacewing.http.endpoint import COOKIE, Call, Reply, Routes

routes = Routes("", "Pages")

_PAGE_SIZE = 50


@routes.add(
    "GET",
    "/account/events",
    accepts=COOKIE,
    summary="What happened to your account",
    query=EventsQuery,
    is_documented=False,
)
async def show(core: Core, call: Call[None, EventsQuery]) -> Reply:
    wanted = EventFilter(cursor=call.query.cursor)
    found = await list_own_events(core.db, call.actor, wanted, _PAGE_SIZE)
    return page(
        "account_events.html",
        call,
        now=core.db.clock(),
        events=found.items,
        is_first=call.query.cursor is None,
        next_cursor=found.next_cursor,
    )
