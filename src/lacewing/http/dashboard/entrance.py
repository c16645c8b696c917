"""Register, log in, log out: forms that set and expire the same cookies as the API."""

from lacewing.credentials import (
    OIDC_SENTENCES,
    HalfLogin,
    LogIn,
    SignUp,
    log_in,
    log_out,
    read_registration,
    sign_up,
)
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes, mistakes_in
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, LoginForm, LoginQuery, RegisterForm
from lacewing.http.endpoint import COOKIE, NOBODY, BodyForm, Call, Reply, Routes
from lacewing.http.own_path import HOME, own_path
from lacewing.http.sign_in_cookies import (
    CLEAR_SITE_DATA,
    device_in,
    expired_cookies,
    session_secrets_in,
    sign_in_cookies,
)
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, forbidden
from lacewing.settings import Registration

routes = Routes("", "Pages")

_LABELS = {"name": "Name", "email": "Email", "password": "Password", "setup_code": "Set-up code"}
_LONGEST = 1024


@routes.add(
    "GET",
    "/login",
    accepts=COOKIE,
    summary="The form to log in",
    query=LoginQuery,
    is_optional=True,
    is_documented=False,
)
async def show_login(core: Core, call: Call[None, LoginQuery]) -> Reply:
    if call.known_actor is not None:
        return see_other(own_path(call.query.next))
    mistakes = Mistakes(form_error=OIDC_SENTENCES.get(call.query.error))
    return await _login_page(core, call, LoginForm(next=call.query.next), mistakes)


@routes.add(
    "POST",
    "/login",
    accepts=NOBODY,
    summary="Log in",
    body=LoginForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def login(core: Core, call: Call[LoginForm, None]) -> Reply:
    form = call.body
    try:
        _require_filled(form)
        value = LogIn(form.email, form.password, device_in(call.headers, core.settings))
        signed_in = await log_in(core.db, call.visit, core.vault, value)
        if isinstance(signed_in, HalfLogin):
            raise forbidden("mfa_required", "This account has a second factor, which this page can not ask.")
    except LacewingError as error:
        return await _login_page(core, call, form, mistakes_in(error, _LABELS))
    return see_other(own_path(form.next), sign_in_cookies(core.settings, signed_in))


@routes.add(
    "GET",
    "/register",
    accepts=COOKIE,
    summary="The form to create an account",
    is_optional=True,
    is_documented=False,
)
async def show_register(core: Core, call: Call[None, None]) -> Reply:
    if call.known_actor is not None:
        return see_other(HOME)
    return await _register_page(core, call, RegisterForm(), Mistakes())


@routes.add(
    "POST",
    "/register",
    accepts=NOBODY,
    summary="Create an account and its session",
    body=RegisterForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def register(core: Core, call: Call[RegisterForm, None]) -> Reply:
    form = call.body
    device = device_in(call.headers, core.settings)
    value = SignUp(form.name, form.email, form.password, form.setup_code or None, device)
    try:
        signed_in = await sign_up(core.db, call.visit, core.vault, value)
    except LacewingError as error:
        return await _register_page(core, call, form, mistakes_in(error, _LABELS))
    if signed_in is None:
        return see_other("/login")
    return see_other(HOME, sign_in_cookies(core.settings, signed_in))


@routes.add(
    "POST",
    "/logout",
    accepts=NOBODY,
    summary="End the session and clear its cookies",
    is_secret=True,
    is_documented=False,
)
async def logout(core: Core, call: Call[None, None]) -> Reply:
    await log_out(core.db, call.visit, core.vault, *session_secrets_in(call.headers, core.settings))
    return see_other("/login", (*expired_cookies(core.settings), CLEAR_SITE_DATA))


def _require_filled(form: LoginForm) -> None:
    checks = Checks()
    checks.text("email", form.email, shortest=1, longest=_LONGEST)
    checks.text("password", form.password, shortest=1, longest=_LONGEST)
    checks.finish()


async def _login_page(
    core: Core, call: Call[LoginForm, None] | Call[None, LoginQuery], form: LoginForm, mistakes: Mistakes
) -> Reply:
    """Where nobody is registered yet, there is nobody to log in."""
    terms = await read_registration(core.db, call.visit, core.vault)
    if terms.is_first:
        return see_other("/register")
    return page(
        "login.html",
        None,
        status=mistakes.status,
        headers=mistakes.headers,
        email=form.email,
        next=own_path(form.next),
        errors=mistakes.errors,
        form_error=mistakes.form_error,
        registration_open=terms.registration is Registration.OPEN,
        providers=core.oidc.providers,
    )


async def _register_page(
    core: Core, call: Call[RegisterForm, None] | Call[None, None], form: RegisterForm, mistakes: Mistakes
) -> Reply:
    terms = await read_registration(core.db, call.visit, core.vault)
    return page(
        "register.html",
        None,
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
