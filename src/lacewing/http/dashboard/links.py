"""What links in mails lead to: a page that asks, a form that does it. Opening one changes nothing (K-4)."""

from typing import Any

from lacewing.credentials import confirm_new_email, undo_email, verify_email
from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import UNSEEN, page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, LinkForm, LinkQuery
from lacewing.http.endpoint import COOKIE, NOBODY, BodyForm, Call, Reply, Routes
from lacewing.http.sign_in_cookies import session_cookies
from lacewing.kit.errors import LacewingError

routes = Routes("", "Pages")


def dead_link(call: Call[Any, Any], purpose: str) -> Reply:
    """Alike for unknown, used and expired ones."""
    return page("dead_link.html", call, status=400, headers=UNSEEN, purpose=purpose)


@routes.add(
    "GET",
    "/verify-email",
    accepts=COOKIE,
    summary="Verify an address?",
    query=LinkQuery,
    is_optional=True,
    is_secret=True,
    is_documented=False,
)
async def show_verify(core: Core, call: Call[None, LinkQuery]) -> Reply:
    return _ask(call, "verify", call.query.token)


@routes.add(
    "POST",
    "/verify-email",
    accepts=COOKIE,
    summary="Verify an address",
    body=LinkForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_optional=True,
    is_secret=True,
    is_documented=False,
)
async def verify(core: Core, call: Call[LinkForm, None]) -> Reply:
    try:
        await verify_email(core.db, call.visit, core.vault, call.body.token)
    except LacewingError as error:
        return _only_dead(error, call, "verify")
    return page("told.html", call, told="verified")


@routes.add(
    "GET",
    "/confirm-email",
    accepts=COOKIE,
    summary="Change to this address?",
    query=LinkQuery,
    is_secret=True,
    is_documented=False,
)
async def show_confirm(core: Core, call: Call[None, LinkQuery]) -> Reply:
    return _ask(call, "confirm", call.query.token)


@routes.add(
    "POST",
    "/confirm-email",
    accepts=COOKIE,
    summary="Change to the address that the link was mailed to",
    body=LinkForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def confirm(core: Core, call: Call[LinkForm, None]) -> Reply:
    try:
        changed = await confirm_new_email(core.db, call.actor, core.vault, call.body.token)
    except LacewingError as error:
        return _only_dead(error, call, "confirm")
    return see_other("/account?done=email-changed", session_cookies(core.settings, changed.secrets))


@routes.add(
    "GET",
    "/undo-email",
    accepts=NOBODY,
    summary="Take back a change of address?",
    query=LinkQuery,
    is_secret=True,
    is_documented=False,
)
async def show_undo(core: Core, call: Call[None, LinkQuery]) -> Reply:
    return _ask(call, "undo", call.query.token)


@routes.add(
    "POST",
    "/undo-email",
    accepts=NOBODY,
    summary="Take back a change of address",
    body=LinkForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def undo(core: Core, call: Call[LinkForm, None]) -> Reply:
    try:
        await undo_email(core.db, call.visit, core.vault, call.body.token)
    except LacewingError as error:
        return _only_dead(error, call, "undo")
    return page("told.html", call, told="undone")


def _ask(call: Call[Any, Any], purpose: str, token: str) -> Reply:
    if not token:
        return dead_link(call, purpose)
    return page("link.html", call, headers=UNSEEN, purpose=purpose, token=token)


def _only_dead(error: LacewingError, call: Call[Any, Any], purpose: str) -> Reply:
    if error.code != "invalid_link":
        raise error
    return dead_link(call, purpose)
