"""Register, log in, log out: forms that set and expire the same cookies as the API."""

from lacewing.credentials import HalfLogin, LogIn, SignUp, log_in, log_out, sign_up
from lacewing.http.core import Core
from lacewing.http.dashboard.entrance_pages import let_in, login_page, register_page, second_step_page
from lacewing.http.dashboard.forms import Mistakes, mistakes_in, provider_fault
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, LoginForm, LoginQuery, RegisterForm
from lacewing.http.endpoint import COOKIE, NOBODY, BodyForm, Call, Reply, Routes
from lacewing.http.own_path import HOME, own_path
from lacewing.http.sign_in_cookies import CLEAR_SITE_DATA, device_in, expired_cookies, session_secrets_in
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError

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
    mistakes = Mistakes(form_error=provider_fault(call.query.error))
    return await login_page(core, call, LoginForm(next=call.query.next), mistakes)


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
        entered = await log_in(core.db, call.visit, core.vault, value)
    except LacewingError as error:
        return await login_page(core, call, form, mistakes_in(error, _LABELS))
    if isinstance(entered, HalfLogin):
        return second_step_page(call, entered, form.next, Mistakes())
    return let_in(core, entered, form.next)


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
    return await register_page(core, call, RegisterForm(), Mistakes())


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
        return await register_page(core, call, form, mistakes_in(error, _LABELS))
    if signed_in is None:
        return page("told.html", call, told="registered", email=form.email)
    return let_in(core, signed_in, HOME)


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
