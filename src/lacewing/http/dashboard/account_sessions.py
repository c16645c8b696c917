"""Where a person is logged in, and ending that (K-3)."""

from lacewing.credentials import end_other_sessions, end_own_session, list_sessions
from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, AccountQuery, SessionForm
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.http.sign_in_cookies import CLEAR_SITE_DATA, expired_cookies

routes = Routes("", "Pages")

PAGE = "/account/sessions"


@routes.add("GET", PAGE, accepts=COOKIE, summary="Your sessions", query=AccountQuery, is_documented=False)
async def show(core: Core, call: Call[None, AccountQuery]) -> Reply:
    now = core.db.clock()
    return page(
        "account_sessions.html",
        call,
        now=now,
        is_fresh=call.actor.is_fresh(now),
        done=call.query.done,
        sessions=await list_sessions(core.db, call.actor),
    )


@routes.add(
    "POST",
    f"{PAGE}/end",
    accepts=COOKIE,
    summary="End one of your sessions",
    body=SessionForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_documented=False,
)
async def end(core: Core, call: Call[SessionForm, None]) -> Reply:
    session_id = uuid_in({"session_id": call.body.session_id}, "session_id")
    await end_own_session(core.db, call.actor, session_id)
    if session_id == call.actor.credential_id:
        return see_other("/login", (*expired_cookies(core.settings), CLEAR_SITE_DATA))
    return see_other(f"{PAGE}?done=session")


@routes.add(
    "POST",
    f"{PAGE}/end-others",
    accepts=COOKIE,
    summary="End all your other sessions",
    is_documented=False,
)
async def end_others(core: Core, call: Call[None, None]) -> Reply:
    await end_other_sessions(core.db, call.actor)
    return see_other(f"{PAGE}?done=sessions")
