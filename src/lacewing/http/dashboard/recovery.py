"""For who forgot the password: asking for a link by mail, and setting a new password with it (P-5)."""

from typing import Any

from lacewing.credentials import ask_for_reset, reset_password
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes, mistakes_in
from lacewing.http.dashboard.links import dead_link
from lacewing.http.dashboard.rendering import UNSEEN, page
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, ForgotForm, LinkQuery, ResetForm
from lacewing.http.endpoint import NOBODY, BodyForm, Call, Reply, Routes
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError

routes = Routes("", "Pages")

_LABELS = {"email": "Email", "new_password": "Password"}
_LONGEST_EMAIL = 254


@routes.add(
    "GET",
    "/forgot-password",
    accepts=NOBODY,
    summary="The form to ask for a new password",
    is_documented=False,
)
async def show_forgot(core: Core, call: Call[None, None]) -> Reply:
    return _forgot_page(call, "", Mistakes())


@routes.add(
    "POST",
    "/forgot-password",
    accepts=NOBODY,
    summary="Ask for a link to set a new password",
    body=ForgotForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def forgot(core: Core, call: Call[ForgotForm, None]) -> Reply:
    email = call.body.email
    try:
        checks = Checks()
        checks.text("email", email, shortest=1, longest=_LONGEST_EMAIL)
        checks.finish()
        await ask_for_reset(core.db, call.visit, core.vault, email)
    except LacewingError as error:
        return _forgot_page(call, email, mistakes_in(error, _LABELS))
    return page("told.html", call, told="forgot", email=email)


@routes.add(
    "GET",
    "/reset-password",
    accepts=NOBODY,
    summary="The form to set a new password with a mailed link",
    query=LinkQuery,
    is_secret=True,
    is_documented=False,
)
async def show_reset(core: Core, call: Call[None, LinkQuery]) -> Reply:
    return _reset_page(call, call.query.token, Mistakes())


@routes.add(
    "POST",
    "/reset-password",
    accepts=NOBODY,
    summary="Set a new password with a mailed link",
    body=ResetForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def reset(core: Core, call: Call[ResetForm, None]) -> Reply:
    form = call.body
    try:
        await reset_password(core.db, call.visit, core.vault, form.token, form.new_password)
    except LacewingError as error:
        if error.code == "invalid_link":
            return dead_link(call, "reset")
        return _reset_page(call, form.token, mistakes_in(error, _LABELS))
    return page("told.html", call, told="reset")


def _forgot_page(call: Call[Any, Any], email: str, mistakes: Mistakes) -> Reply:
    return page(
        "forgot.html",
        call,
        status=mistakes.status,
        headers=mistakes.headers,
        email=email,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )


def _reset_page(call: Call[Any, Any], token: str, mistakes: Mistakes) -> Reply:
    return page(
        "reset.html",
        call,
        status=mistakes.status,
        headers=(*mistakes.headers, *UNSEEN),
        token=token,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )
