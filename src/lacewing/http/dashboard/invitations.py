"""Where an invitation's link leads: to accept it, or to register by it first."""

from typing import Any

from lacewing.accounts import normal_email
from lacewing.credentials import SignUp, sign_up
from lacewing.http.arrival import REFRESH_COOKIE
from lacewing.http.core import Core
from lacewing.http.dashboard.entrance_pages import let_in
from lacewing.http.dashboard.forms import Mistakes, mistakes_in
from lacewing.http.dashboard.links import dead_link
from lacewing.http.dashboard.rendering import UNSEEN, page
from lacewing.http.dashboard.ways import see_other, with_next
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, InvitedForm, LinkForm, LinkQuery
from lacewing.http.endpoint import COOKIE, NOBODY, BodyForm, Call, Reply, Routes
from lacewing.http.own_path import HOME
from lacewing.http.sign_in_cookies import device_in
from lacewing.kit.errors import LacewingError
from lacewing.projects import Invitation, accept_invitation, read_invitation
from lacewing.settings import Registration

routes = Routes("", "Pages")

PAGE = "/invitations/accept"
_LABELS = {"name": "Name", "email": "Email", "password": "Password"}


@routes.add(
    "GET",
    PAGE,
    accepts=COOKIE,
    summary="Accept an invitation?",
    query=LinkQuery,
    is_optional=True,
    is_secret=True,
    is_documented=False,
)
async def show(core: Core, call: Call[None, LinkQuery]) -> Reply:
    token = call.query.token
    try:
        invitation = await read_invitation(core.db, call.visit, core.vault.ring, token)
    except LacewingError as error:
        return _only_dead(error, call)
    if call.known_actor is not None:
        return _offer(call, invitation, token)
    return _entrance(core, call, invitation, InvitedForm(token=token), Mistakes())


@routes.add(
    "POST",
    PAGE,
    accepts=COOKIE,
    summary="Accept an invitation",
    body=LinkForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def accept(core: Core, call: Call[LinkForm, None]) -> Reply:
    try:
        await accept_invitation(core.db, call.actor, core.vault.ring, call.body.token)
    except LacewingError as error:
        return _only_dead(error, call)
    return see_other(HOME)


@routes.add(
    "POST",
    "/invitations/register",
    accepts=NOBODY,
    summary="Create an account by an invitation",
    body=InvitedForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def register(core: Core, call: Call[InvitedForm, None]) -> Reply:
    form, device = call.body, device_in(call.headers, core.settings)
    try:
        invitation = await read_invitation(core.db, call.visit, core.vault.ring, form.token)
    except LacewingError as error:
        return _only_dead(error, call)
    value = SignUp(form.name, invitation.email, form.password, device=device, invitation=form.token)
    try:
        signed_in = await sign_up(core.db, call.visit, core.vault, value)
    except LacewingError as error:
        if error.code == "invalid_link":
            return dead_link(call, "invitation")
        return _entrance(core, call, invitation, form, mistakes_in(error, _LABELS))
    return see_other("/login") if signed_in is None else let_in(core, signed_in, HOME)


def _only_dead(error: LacewingError, call: Call[Any, Any]) -> Reply:
    if error.code != "invalid_link":
        raise error
    return dead_link(call, "invitation")


def _offer(call: Call[Any, Any], invitation: Invitation, token: str) -> Reply:
    own = call.actor.person.email if call.actor.person else ""
    return page(
        "invitation.html",
        call,
        headers=UNSEEN,
        invitation=invitation,
        token=token,
        is_own=normal_email(own) == normal_email(invitation.email),
        own_email=own,
    )


def _entrance(
    core: Core,
    call: Call[InvitedForm, None] | Call[None, LinkQuery],
    invitation: Invitation,
    form: InvitedForm,
    mistakes: Mistakes,
) -> Reply:
    may_resume = REFRESH_COOKIE in (call.headers.get(b"cookie") or "")
    return page(
        "invited.html",
        call,
        status=mistakes.status,
        headers=(*mistakes.headers, *UNSEEN),
        invitation=invitation,
        token=form.token,
        name=form.name,
        may_register=core.vault.registration is not Registration.CLOSED,
        may_resume=may_resume,
        way_in=with_next("/resume" if may_resume else "/login", f"{PAGE}?token={form.token}"),
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )
