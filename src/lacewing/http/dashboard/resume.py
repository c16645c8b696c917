"""The way back for a browser whose access cookie has expired while its session lives on.

The access cookie lasts 15 minutes, and without JavaScript nobody renews it meanwhile. So a page that is
asked for without one redirects to here, and from here back. K-4 wants no change of state by GET. The one made
here is of the session's secrets, nothing that a person knows of, and only where Fetch Metadata prove that the
browser navigates by itself, from a page of ours or by hand. Otherwise (a link in a mail; plain HTTP on a LAN,
where browsers send no Fetch Metadata) a button posts it: a page of another site could open and abort
navigations until the new secrets are lost, and the old ones, presented again, would end the session (C-6).
"""

from lacewing.credentials import refresh_session
from lacewing.http.arrival import Headers
from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other, with_next
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, Onward
from lacewing.http.endpoint import NOBODY, BodyForm, Call, Reply, Routes
from lacewing.http.own_path import own_path
from lacewing.http.sign_in_cookies import expired_cookies, session_cookies, session_secrets_in
from lacewing.kit.errors import ErrorKind, LacewingError

routes = Routes("", "Pages")


@routes.add(
    "GET",
    "/resume",
    accepts=NOBODY,
    summary="Go on after a pause, or offer to",
    query=Onward,
    is_secret=True,
    is_documented=False,
)
async def offer(core: Core, call: Call[None, Onward]) -> Reply:
    _, refresh_token = session_secrets_in(call.headers, core.settings)
    if refresh_token is None or _is_own_navigation(call.headers):
        return await _go_on(core, call, call.query.next)
    return page("resume.html", call, next=own_path(call.query.next))


@routes.add(
    "POST",
    "/resume",
    accepts=NOBODY,
    summary="Go on after a pause",
    body=Onward,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def resume(core: Core, call: Call[Onward, None]) -> Reply:
    return await _go_on(core, call, call.body.next)


async def _go_on(core: Core, call: Call[Onward, None] | Call[None, Onward], after: str) -> Reply:
    _, refresh_token = session_secrets_in(call.headers, core.settings)
    try:
        signed_in = await refresh_session(core.db, call.visit, core.vault, refresh_token)
    except LacewingError as error:
        if error.kind is not ErrorKind.UNAUTHENTICATED:
            raise
        return see_other(with_next("/login", own_path(after)), expired_cookies(core.settings))
    return see_other(own_path(after), session_cookies(core.settings, signed_in.secrets))


def _is_own_navigation(headers: Headers) -> bool:
    """A page opened in a tab, by its person, and not ahead of time (Fetch Metadata; Sec-Purpose)."""
    return (
        headers.get(b"sec-fetch-site") in {"same-origin", "none"}
        and headers.get(b"sec-fetch-mode") == "navigate"
        and headers.get(b"sec-fetch-dest") == "document"
        and headers.get(b"sec-purpose") is None
    )
