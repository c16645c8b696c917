"""Register and log in with a password from the command line: a token in place of cookies."""

from lacewing.credentials import LogIn, SignUp, log_in_for_token, sign_up_for_token
from lacewing.http.bugspark.wire_accounts import CHECK_MAIL, Detail
from lacewing.http.bugspark.wire_device import (
    CLIENT_NAME,
    BetaMode,
    CliLogin,
    CliLoginBody,
    CliRegisterBody,
    cli_login,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import AUTH_BODY_BYTES, NOBODY, Call, Reply, Routes
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Accounts")


@routes.add(
    "POST",
    "/auth/cli/register",
    accepts=NOBODY,
    summary="Create an account and a token for the command line",
    body=CliRegisterBody,
    answer=CliLogin,
    status=201,
    other_answers={202: Detail},
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def register(core: Core, call: Call[CliRegisterBody, None]) -> CliLogin | Reply:
    body = call.body
    value = SignUp(body.name, body.email, body.password, body.setup_code, invitation=body.invitation_token)
    given = await sign_up_for_token(core.db, call.visit, core.vault, value, CLIENT_NAME, body.host)
    return Reply(Detail(CHECK_MAIL), status=202) if given is None else cli_login(given)


@routes.add(
    "POST",
    "/auth/cli/login",
    accepts=NOBODY,
    summary="Log in with a password and receive a token\nAn account with a second factor needs device login.",
    body=CliLoginBody,
    answer=CliLogin,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.UNAUTHENTICATED),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def login(core: Core, call: Call[CliLoginBody, None]) -> CliLogin:
    value = LogIn(call.body.email, call.body.password)
    given = await log_in_for_token(core.db, call.visit, core.vault, value, CLIENT_NAME, call.body.host)
    return cli_login(given)


@routes.add(
    "GET",
    "/auth/beta-mode",
    accepts=NOBODY,
    summary="Whether there is a waiting list: never",
    answer=BetaMode,
)
async def beta_mode(core: Core, call: Call[None, None]) -> BetaMode:
    return BetaMode(beta_mode_enabled=False)
