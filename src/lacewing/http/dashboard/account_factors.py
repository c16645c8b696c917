"""A person's second factors: the authenticator app, and recovery codes, which are shown once (P-6)."""

import re
from typing import Any

from lacewing.accounts import read_profile
from lacewing.credentials import (
    FactorsChanged,
    NewTotp,
    begin_totp,
    confirm_totp,
    list_passkeys,
    make_recovery_codes,
    read_factors,
    remove_totp,
    totp_uri,
)
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes, mistakes_in
from lacewing.http.dashboard.rendering import WITH_SCRIPT, page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, AccountQuery, AppCodeForm
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.http.sign_in_cookies import session_cookies
from lacewing.kit.errors import LacewingError
from lacewing.kit.qr import qr_code

routes = Routes("", "Pages")

PAGE = "/account/factors"
_SECRET = re.compile("[A-Z2-7]{32}")


@routes.add(
    "GET", PAGE, accepts=COOKIE, summary="Your second factors", query=AccountQuery, is_documented=False
)
async def show(core: Core, call: Call[None, AccountQuery]) -> Reply:
    return await factors_page(core, call, Mistakes(), call.query.done)


@routes.add(
    "POST",
    f"{PAGE}/begin-app",
    accepts=COOKIE,
    summary="Begin to add an authenticator app",
    is_secret=True,
    is_documented=False,
)
async def begin_app(core: Core, call: Call[None, None]) -> Reply:
    try:
        new = await begin_totp(core.db, call.actor, core.vault)
    except LacewingError as error:
        return await factors_page(core, call, mistakes_in(error, {}))
    return _app_page(call, new, Mistakes())


@routes.add(
    "POST",
    f"{PAGE}/confirm-app",
    accepts=COOKIE,
    summary="Confirm the authenticator app with its code",
    body=AppCodeForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def confirm_app(core: Core, call: Call[AppCodeForm, None]) -> Reply:
    form = call.body
    try:
        changed = await confirm_totp(core.db, call.actor, core.vault, form.code)
    except LacewingError as error:
        if not _SECRET.fullmatch(form.secret):
            return await factors_page(core, call, mistakes_in(error, {}))
        email = (await read_profile(core.db, call.actor)).email
        shown = NewTotp(form.secret, totp_uri(form.secret, email))
        return _app_page(call, shown, mistakes_in(error, {"code": "Code"}))
    return codes_page(core, call, changed, "app-added")


@routes.add(
    "POST",
    f"{PAGE}/remove-app",
    accepts=COOKIE,
    summary="Remove the authenticator app",
    is_secret=True,
    is_documented=False,
)
async def remove_app(core: Core, call: Call[None, None]) -> Reply:
    changed = await remove_totp(core.db, call.actor, core.vault)
    return see_other(f"{PAGE}?done=app-removed", session_cookies(core.settings, changed.secrets))


@routes.add(
    "POST",
    f"{PAGE}/recovery-codes",
    accepts=COOKIE,
    summary="Make new recovery codes",
    is_secret=True,
    is_documented=False,
)
async def recovery_codes(core: Core, call: Call[None, None]) -> Reply:
    try:
        changed = await make_recovery_codes(core.db, call.actor, core.vault)
    except LacewingError as error:
        return await factors_page(core, call, mistakes_in(error, {}))
    return codes_page(core, call, changed, "codes-made")


async def factors_page(core: Core, call: Call[Any, Any], mistakes: Mistakes, done: str = "") -> Reply:
    now = core.db.clock()
    return page(
        "account_factors.html",
        call,
        status=mistakes.status,
        headers=(*mistakes.headers, *WITH_SCRIPT),
        now=now,
        is_fresh=call.actor.is_fresh(now),
        done=done,
        factors=await read_factors(core.db, call.actor),
        passkeys=await list_passkeys(core.db, call.actor),
        form_error=mistakes.form_error,
    )


def codes_page(core: Core, call: Call[Any, Any], changed: FactorsChanged, done: str) -> Reply:
    """The only time that the codes are shown (P-6)."""
    return page(
        "account_codes.html",
        call,
        headers=session_cookies(core.settings, changed.secrets),
        done=done,
        codes=changed.recovery_codes,
    )


def _app_page(call: Call[Any, Any], new: NewTotp, mistakes: Mistakes) -> Reply:
    return page(
        "account_app.html",
        call,
        status=mistakes.status,
        headers=mistakes.headers,
        secret=new.secret,
        uri=new.uri,
        qr=qr_code(new.uri),
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )
