"""A person's own account: its address and its password. Every change takes a fresh proof (S-7)."""

from typing import Any

from lacewing.accounts import read_profile
from lacewing.credentials import (
    PasswordChange,
    ask_for_email,
    change_password,
    list_identities,
    resend_verification,
    unlink_identity,
)
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes, mistakes_in
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, AccountQuery, EmailForm, IdentityForm, PasswordForm
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.http.references import provider_in
from lacewing.http.sign_in_cookies import session_cookies
from lacewing.kit.errors import LacewingError

routes = Routes("", "Pages")

_LABELS = {"email": "New address", "current": "Current password", "new_password": "New password"}


@routes.add(
    "GET",
    "/account",
    accepts=COOKIE,
    summary="Your account",
    query=AccountQuery,
    is_documented=False,
)
async def show(core: Core, call: Call[None, AccountQuery]) -> Reply:
    return await _page(core, call, Mistakes(), done=call.query.done)


@routes.add(
    "POST",
    "/account/resend-verification",
    accepts=COOKIE,
    summary="Send the link that verifies your address again",
    is_documented=False,
)
async def resend(core: Core, call: Call[None, None]) -> Reply:
    try:
        await resend_verification(core.db, call.actor, core.vault)
    except LacewingError as error:
        return await _page(core, call, mistakes_in(error, {}))
    return see_other("/account?done=verification-sent")


@routes.add(
    "POST",
    "/account/email",
    accepts=COOKIE,
    summary="Ask to change your address",
    body=EmailForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_documented=False,
)
async def ask_email(core: Core, call: Call[EmailForm, None]) -> Reply:
    try:
        await ask_for_email(core.db, call.actor, core.vault, call.body.email)
    except LacewingError as error:
        return await _page(core, call, mistakes_in(error, _LABELS), email=call.body.email)
    return see_other("/account?done=email-asked")


@routes.add(
    "POST",
    "/account/password",
    accepts=COOKIE,
    summary="Change your password",
    body=PasswordForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def set_password(core: Core, call: Call[PasswordForm, None]) -> Reply:
    form = call.body
    has_password = (await read_profile(core.db, call.actor)).has_password
    current = form.current if has_password else None
    value = PasswordChange(current, form.new_password, revoke_tokens=bool(form.revoke_tokens))
    try:
        changed = await change_password(core.db, call.actor, core.vault, value)
    except LacewingError as error:
        return await _page(core, call, mistakes_in(error, _LABELS))
    return see_other("/account?done=password", session_cookies(core.settings, changed.secrets))


@routes.add(
    "POST",
    "/account/unlink-identity",
    accepts=COOKIE,
    summary="End logging in with a provider",
    body=IdentityForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_documented=False,
)
async def unlink(core: Core, call: Call[IdentityForm, None]) -> Reply:
    provider = provider_in({"provider": call.body.provider})
    try:
        await unlink_identity(core.db, call.actor, core.vault, core.oidc, provider)
    except LacewingError as error:
        return await _page(core, call, mistakes_in(error, {}))
    return see_other("/account?done=unlinked")


async def _page(
    core: Core, call: Call[Any, Any], mistakes: Mistakes, *, done: str = "", email: str = ""
) -> Reply:
    return page(
        "account.html",
        call,
        status=mistakes.status,
        headers=mistakes.headers,
        is_fresh=call.actor.is_fresh(core.db.clock()),
        done=done,
        profile=await read_profile(core.db, call.actor),
        identities=await list_identities(core.db, call.actor),
        providers=core.oidc.providers,
        email=email,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )
