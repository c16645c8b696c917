"""The second step of a login, and the login that needs only one: by a passkey (P-7, P-8)."""

from typing import Any

from lacewing.credentials import (
    SecondStep,
    ask_passkey_log_in,
    ask_second_step,
    finish_log_in,
    log_in_by_passkey,
    read_half_login,
)
from lacewing.http.core import Core
from lacewing.http.dashboard.entrance_pages import let_in, login_page, second_step_page
from lacewing.http.dashboard.forms import Mistakes, mistakes_in
from lacewing.http.dashboard.ways import see_other, with_next
from lacewing.http.dashboard.wire import LoginForm, MfaTokenForm, Onward, PasskeyForm, SecondStepForm
from lacewing.http.endpoint import NOBODY, USUAL_BODY_BYTES, BodyForm, Call, Reply, Routes
from lacewing.http.own_path import own_path
from lacewing.http.passkey_wire import PasskeyRequestOptions, assertion_in, request_options
from lacewing.http.sign_in_cookies import device_in, half_login_cookie, half_login_in, sign_in_cookies
from lacewing.kit.errors import FieldError, LacewingError, invalid

routes = Routes("", "Pages")

_LABELS = {"code": "Code"}


@routes.add(
    "GET",
    "/login/mfa",
    accepts=NOBODY,
    summary="The second step of a login that began elsewhere",
    query=Onward,
    is_secret=True,
    is_documented=False,
)
async def show(core: Core, call: Call[None, Onward]) -> Reply:
    """Where a provider vouched for the first step: its token is in a cookie. Others begin with a password."""
    token = half_login_in(call.headers, core.settings)
    if token is None:
        return see_other(with_next("/login", own_path(call.query.next)))
    return await _page(core, call, token, call.query.next, Mistakes())


@routes.add(
    "POST",
    "/login/mfa",
    accepts=NOBODY,
    summary="Finish a login with a second factor",
    body=SecondStepForm,
    form=BodyForm.FORM,
    max_body_bytes=USUAL_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def finish(core: Core, call: Call[SecondStepForm, None]) -> Reply:
    form, device = call.body, device_in(call.headers, core.settings)
    try:
        step = _shown(form)
        signed_in = await finish_log_in(core.db, call.visit, core.vault, form.mfa_token, step, device)
    except LacewingError as error:
        return await _page(core, call, form.mfa_token, form.next, mistakes_in(error, _LABELS))
    cookies = (*sign_in_cookies(core.settings, signed_in), *half_login_cookie(core.settings, ""))
    return see_other(own_path(form.next), cookies)


@routes.add(
    "POST",
    "/login/mfa/options",
    accepts=NOBODY,
    summary="What the script needs to show a passkey as the second step",
    body=MfaTokenForm,
    form=BodyForm.FORM,
    is_secret=True,
    is_documented=False,
)
async def step_options(core: Core, call: Call[MfaTokenForm, None]) -> PasskeyRequestOptions:
    return request_options(await ask_second_step(core.db, call.visit, core.vault, call.body.mfa_token))


@routes.add(
    "POST",
    "/login/passkey/options",
    accepts=NOBODY,
    summary="What the script needs to log in with a passkey",
    is_secret=True,
    is_documented=False,
)
async def log_in_options(core: Core, call: Call[None, None]) -> PasskeyRequestOptions:
    return request_options(await ask_passkey_log_in(core.db, call.visit, core.vault))


@routes.add(
    "POST",
    "/login/passkey",
    accepts=NOBODY,
    summary="Log in with a passkey",
    body=PasskeyForm,
    form=BodyForm.FORM,
    max_body_bytes=USUAL_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def log_in(core: Core, call: Call[PasskeyForm, None]) -> Reply:
    form, device = call.body, device_in(call.headers, core.settings)
    try:
        assertion = assertion_in(form.assertion)
        signed_in = await log_in_by_passkey(core.db, call.visit, core.vault, assertion, device)
    except LacewingError as error:
        return await login_page(core, call, LoginForm(next=form.next), mistakes_in(error, {}))
    return let_in(core, signed_in, form.next)


async def _page(core: Core, call: Call[Any, Any], token: str, after: str, mistakes: Mistakes) -> Reply:
    """Back to the first step once the second can not be taken any more."""
    try:
        half = await read_half_login(core.db, call.visit, core.vault, token)
    except LacewingError as error:
        return await login_page(core, call, LoginForm(next=after), mistakes_in(error, _LABELS))
    return second_step_page(call, half, after, mistakes)


def _shown(form: SecondStepForm) -> SecondStep:
    if not (form.code or form.recovery_code or form.assertion):
        raise invalid(FieldError("code", "can't be blank", "blank"))
    return SecondStep(
        form.code or None,
        form.recovery_code or None,
        assertion_in(form.assertion) if form.assertion else None,
    )
