"""A reporter's private page: what became of its report, and a way to answer. Its link came by mail (F-8)."""

from typing import Any

from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes, mistakes_in, typed
from lacewing.http.dashboard.links import dead_link
from lacewing.http.dashboard.rendering import UNSEEN, page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import COMMENT_BODY_BYTES, AccountQuery, AnswerForm
from lacewing.http.endpoint import NOBODY, BodyForm, Call, Reply, Routes
from lacewing.kit.errors import LacewingError
from lacewing.reporters import StatusPage, allow_mails, answer, read_status, stop_mails

routes = Routes("", "Pages")

PAGE = "/r/{token}"
_LABELS = {"body": "Your answer"}


@routes.add(
    "GET",
    PAGE,
    accepts=NOBODY,
    summary="What became of your report",
    query=AccountQuery,
    is_secret=True,
    is_documented=False,
)
async def show(core: Core, call: Call[None, AccountQuery]) -> Reply:
    try:
        return await _page(core, call, Mistakes(), done=call.query.done)
    except LacewingError as error:
        return _only_dead(error, call)


@routes.add(
    "POST",
    PAGE,
    accepts=NOBODY,
    summary="Answer about your report",
    body=AnswerForm,
    form=BodyForm.FORM,
    max_body_bytes=COMMENT_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def say(core: Core, call: Call[AnswerForm, None]) -> Reply:
    text = typed(call.body.body)
    try:
        await answer(core.db, call.visit, core.vault, call.path["token"], text)
    except LacewingError as error:
        if error.code == "invalid_link":
            return dead_link(call, "report")
        return await _page(core, call, mistakes_in(error, _LABELS), text=text)
    return see_other(f"{_path(call)}?done=answered", UNSEEN)


@routes.add(
    "GET",
    f"{PAGE}/stop",
    accepts=NOBODY,
    summary="Get no more mails?",
    is_secret=True,
    is_documented=False,
)
async def ask_stop(core: Core, call: Call[None, None]) -> Reply:
    try:
        found = await _status(core, call)
    except LacewingError as error:
        return _only_dead(error, call)
    return _stop_page(call, found)


# The body is not read: a mail program that unsubscribes by one click sends it as it likes, and follows no
# redirect (RFC 8058, 3.2).
@routes.add(
    "POST",
    f"{PAGE}/stop",
    accepts=NOBODY,
    summary="Get no more mails",
    is_secret=True,
    is_documented=False,
)
async def stop(core: Core, call: Call[None, None]) -> Reply:
    try:
        await stop_mails(core.db, call.visit, core.vault.ring, call.path["token"])
        found = await _status(core, call)
    except LacewingError as error:
        return _only_dead(error, call)
    return _stop_page(call, found)


@routes.add(
    "POST",
    f"{PAGE}/allow",
    accepts=NOBODY,
    summary="Get mails again",
    is_secret=True,
    is_documented=False,
)
async def allow(core: Core, call: Call[None, None]) -> Reply:
    try:
        await allow_mails(core.db, call.visit, core.vault.ring, call.path["token"])
    except LacewingError as error:
        return _only_dead(error, call)
    return see_other(f"{_path(call)}?done=allowed", UNSEEN)


async def _status(core: Core, call: Call[Any, Any]) -> StatusPage:
    return await read_status(core.db, call.visit, core.vault.ring, call.path["token"])


async def _page(
    core: Core, call: Call[Any, Any], mistakes: Mistakes, *, done: str = "", text: str = ""
) -> Reply:
    return page(
        "reporter.html",
        call,
        status=mistakes.status,
        headers=(*mistakes.headers, *UNSEEN),
        now=core.db.clock(),
        report=await _status(core, call),
        path=_path(call),
        done=done,
        text=text,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )


def _stop_page(call: Call[None, None], found: StatusPage) -> Reply:
    """For who got the link by mail: nobody else says whether an address wants any."""
    if found.gets_mails is None:
        return dead_link(call, "report")
    return page("reporter_stop.html", call, headers=UNSEEN, report=found, path=_path(call))


def _path(call: Call[Any, Any]) -> str:
    return f"/r/{call.path['token']}"


def _only_dead(error: LacewingError, call: Call[Any, Any]) -> Reply:
    if error.code != "invalid_link":
        raise error
    return dead_link(call, "report")
