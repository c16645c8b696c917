"""Register, log in, refresh, me, log out: the seed page's cookie sessions."""

from lacewing.accounts import read_profile
from lacewing.credentials import HalfLogin, LogIn, SignUp, log_in, log_out, refresh_session, sign_up
from lacewing.http.bugspark.wire_accounts import (
    CHECK_MAIL,
    SESSION_COOKIES,
    SIGN_IN_COOKIES,
    Detail,
    LoginBody,
    RegisterBody,
    User,
    user,
)
from lacewing.http.bugspark.wire_mfa import MfaWanted, mfa_wanted, signed_in
from lacewing.http.core import Core
from lacewing.http.csrf_token import csrf_token
from lacewing.http.endpoint import AUTH_BODY_BYTES, NOBODY, PERSONAL, Call, Reply, Routes
from lacewing.http.problems import RefusalError
from lacewing.http.sign_in_cookies import (
    CLEAR_SITE_DATA,
    device_in,
    expired_cookies,
    session_secrets_in,
)
from lacewing.kit.errors import ErrorKind, LacewingError

routes = Routes("/api/v1", "Accounts")


@routes.add(
    "POST",
    "/auth/register",
    accepts=NOBODY,
    summary=(
        "Create an account and its session\n"
        "An instance that confirms addresses answers 202 without cookies, taken or not, and sends a mail."
    ),
    body=RegisterBody,
    answer=User,
    answer_headers=SIGN_IN_COOKIES,
    status=201,
    other_answers={202: Detail},
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def register(core: Core, call: Call[RegisterBody, None]) -> Reply:
    body = call.body
    device = device_in(call.headers, core.settings)
    value = SignUp(body.name, body.email, body.password, body.setup_code, device, body.invitation_token)
    entered = await sign_up(core.db, call.visit, core.vault, value)
    if entered is None:
        return Reply(Detail(CHECK_MAIL), status=202)
    return signed_in(core, entered)


@routes.add(
    "POST",
    "/auth/login",
    accepts=NOBODY,
    summary=(
        "Log in and receive session cookies\n"
        "With a second factor there are none yet: send mfaToken and the factor to /auth/login/mfa."
    ),
    body=LoginBody,
    answer=User,
    or_answer=MfaWanted,
    answer_headers=SIGN_IN_COOKIES,
    errors=(ErrorKind.UNAUTHENTICATED,),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def login(core: Core, call: Call[LoginBody, None]) -> Reply:
    value = LogIn(call.body.email, call.body.password, device_in(call.headers, core.settings))
    entered = await log_in(core.db, call.visit, core.vault, value)
    return Reply(mfa_wanted(entered)) if isinstance(entered, HalfLogin) else signed_in(core, entered)


@routes.add(
    "POST",
    "/auth/refresh",
    accepts=NOBODY,
    summary="Rotate the session's cookies\nReads the refresh cookie, which is good for one use.",
    answer=User,
    answer_headers=SESSION_COOKIES,
    errors=(ErrorKind.UNAUTHENTICATED,),
    is_secret=True,
)
async def refresh(core: Core, call: Call[None, None]) -> Reply:
    _, refresh_token = session_secrets_in(call.headers, core.settings)
    try:
        return signed_in(core, await refresh_session(core.db, call.visit, core.vault, refresh_token))
    except LacewingError as error:
        if error.kind is not ErrorKind.UNAUTHENTICATED:
            raise
        raise RefusalError(error, expired_cookies(core.settings)) from error


@routes.add(
    "GET",
    "/auth/me",
    accepts=PERSONAL,
    summary="Who you are",
    answer=User,
    answer_headers=(("X-CSRF-Token", "For dashboards that send one; it is never required."),),
)
async def me(core: Core, call: Call[None, None]) -> Reply:
    profile = await read_profile(core.db, call.actor)
    return Reply(user(profile), headers=(("X-CSRF-Token", csrf_token(core.vault.ring, call.actor)),))


@routes.add(
    "POST",
    "/auth/logout",
    accepts=NOBODY,
    summary="End the session and clear its cookies\nWithout cookies there is nothing to end.",
    answer=Detail,
    answer_headers=(*SESSION_COOKIES, ("Clear-Site-Data", "Tells a browser to forget what it kept.")),
    is_secret=True,
)
async def logout(core: Core, call: Call[None, None]) -> Reply:
    await log_out(core.db, call.visit, core.vault, *session_secrets_in(call.headers, core.settings))
    return Reply(Detail("Logged out"), headers=(*expired_cookies(core.settings), CLEAR_SITE_DATA))
