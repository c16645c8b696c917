"""The pages of the way in: what every verb of it answers with when it does not let in."""

from typing import Any

from lacewing.credentials import HalfLogin, SignedIn, read_registration
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes
from lacewing.http.dashboard.rendering import WITH_SCRIPT, page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import LoginForm, RegisterForm
from lacewing.http.endpoint import Call, Reply
from lacewing.http.own_path import own_path
from lacewing.http.sign_in_cookies import sign_in_cookies
from lacewing.settings import Registration


def let_in(core: Core, signed_in: SignedIn, after: str) -> Reply:
    return see_other(own_path(after), sign_in_cookies(core.settings, signed_in))


async def login_page(core: Core, call: Call[Any, Any], form: LoginForm, mistakes: Mistakes) -> Reply:
    """Where nobody is registered yet, there is nobody to log in."""
    terms = await read_registration(core.db, call.visit, core.vault)
    if terms.is_first:
        return see_other("/register")
    return page(
        "login.html",
        call,
        status=mistakes.status,
        headers=(*mistakes.headers, *WITH_SCRIPT),
        email=form.email,
        next=own_path(form.next),
        errors=mistakes.errors,
        form_error=mistakes.form_error,
        registration_open=terms.registration is Registration.OPEN,
        providers=core.oidc.providers,
    )


def second_step_page(call: Call[Any, Any], half: HalfLogin, after: str, mistakes: Mistakes) -> Reply:
    """The half login's token stands in the form alone, never in a URL (P-8)."""
    return page(
        "login_mfa.html",
        call,
        status=mistakes.status,
        headers=(*mistakes.headers, *WITH_SCRIPT),
        mfa_token=half.token,
        methods=half.methods,
        next=own_path(after),
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )


async def register_page(core: Core, call: Call[Any, Any], form: RegisterForm, mistakes: Mistakes) -> Reply:
    terms = await read_registration(core.db, call.visit, core.vault)
    return page(
        "register.html",
        call,
        status=mistakes.status,
        headers=mistakes.headers,
        registration=terms.registration,
        first_account=terms.is_first,
        needs_setup_code=terms.needs_setup_code,
        name=form.name,
        email=form.email,
        setup_code=form.setup_code,
        providers=() if terms.needs_setup_code else core.oidc.providers,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )
