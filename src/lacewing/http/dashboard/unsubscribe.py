"""Ending mails by a link in any of them (RFC 8058). To open it changes nothing (K-4)."""

from lacewing.http.core import Core
from lacewing.http.dashboard.links import dead_link
from lacewing.http.dashboard.rendering import UNSEEN, page
from lacewing.http.dashboard.wire import LinkQuery
from lacewing.http.endpoint import NOBODY, Call, Reply, Routes
from lacewing.kit.errors import LacewingError
from lacewing.notifications import is_unsubscribe_token, stop_mails

routes = Routes("", "Pages")


@routes.add(
    "GET",
    "/unsubscribe",
    accepts=NOBODY,
    summary="End your mails?",
    query=LinkQuery,
    is_secret=True,
    is_documented=False,
)
async def show(core: Core, call: Call[None, LinkQuery]) -> Reply:
    if not is_unsubscribe_token(core.vault.ring, call.query.token):
        return dead_link(call, "unsubscribe")
    return page("unsubscribe.html", call, headers=UNSEEN, token=call.query.token, is_done=False)


@routes.add(
    "POST",
    "/unsubscribe",
    accepts=NOBODY,
    summary="End your mails",
    query=LinkQuery,
    is_secret=True,
    is_documented=False,
)
async def stop(core: Core, call: Call[None, LinkQuery]) -> Reply:
    """Whatever the body: a mail program's one click sends one of its own."""
    try:
        await stop_mails(core.db, call.visit, core.vault.ring, call.query.token)
    except LacewingError as error:
        if error.code != "invalid_link":
            raise
        return dead_link(call, "unsubscribe")
    return page("unsubscribe.html", call, headers=UNSEEN, token="", is_done=True)
