"""The second step of a login, authenticator apps and recovery codes."""

from lacewing.credentials import (
    ask_proof,
    ask_second_step,
    begin_totp,
    confirm_totp,
    finish_log_in,
    make_recovery_codes,
    read_factors,
    remove_totp,
)
from lacewing.http.bugspark.wire_accounts import SESSION_COOKIES, User
from lacewing.http.bugspark.wire_mfa import (
    CodeBody,
    MfaState,
    MfaTokenBody,
    RecoveryCodes,
    SecondStepBody,
    TotpSecret,
    changed,
    mfa_state,
    signed_in,
    totp_secret,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import AUTH_BODY_BYTES, COOKIE, NOBODY, USUAL_BODY_BYTES, Call, Reply, Routes
from lacewing.http.passkey_wire import (
    PasskeyRequestOptions,
    request_options,
)
from lacewing.http.sign_in_cookies import device_in
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Second factors")


@routes.add(
    "POST",
    "/auth/login/mfa",
    accepts=NOBODY,
    summary="Finish a login with a second factor\nExactly one of code, recovery_code and assertion.",
    body=SecondStepBody,
    answer=User,
    answer_headers=SESSION_COOKIES,
    errors=(ErrorKind.UNAUTHENTICATED,),
    max_body_bytes=USUAL_BODY_BYTES,
    is_secret=True,
)
async def finish(core: Core, call: Call[SecondStepBody, None]) -> Reply:
    body = call.body
    return signed_in(
        core,
        await finish_log_in(
            core.db,
            call.visit,
            core.vault,
            body.mfa_token,
            body.step(),
            device_in(call.headers, core.settings),
        ),
    )


@routes.add(
    "POST",
    "/auth/login/mfa/options",
    accepts=NOBODY,
    summary="What a browser needs to finish a login with a passkey",
    body=MfaTokenBody,
    answer=PasskeyRequestOptions,
    errors=(ErrorKind.UNAUTHENTICATED, ErrorKind.CONFLICT),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def options(core: Core, call: Call[MfaTokenBody, None]) -> PasskeyRequestOptions:
    return request_options(await ask_second_step(core.db, call.visit, core.vault, call.body.mfa_token))


@routes.add(
    "POST",
    "/auth/reauth/options",
    accepts=COOKIE,
    summary="What a browser needs to prove with a passkey that it is you",
    answer=PasskeyRequestOptions,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.CONFLICT),
    is_secret=True,
)
async def proof_options(core: Core, call: Call[None, None]) -> PasskeyRequestOptions:
    return request_options(await ask_proof(core.db, call.actor, core.vault))


@routes.add(
    "GET",
    "/auth/mfa",
    accepts=COOKIE,
    summary="Which second factors you have",
    answer=MfaState,
    errors=(ErrorKind.FORBIDDEN,),
)
async def show(core: Core, call: Call[None, None]) -> MfaState:
    return mfa_state(await read_factors(core.db, call.actor))


@routes.add(
    "POST",
    "/auth/mfa/totp",
    accepts=COOKIE,
    summary="Begin to add an authenticator app\nIt counts once a code of it has confirmed it.",
    answer=TotpSecret,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.CONFLICT),
    is_secret=True,
)
async def begin(core: Core, call: Call[None, None]) -> TotpSecret:
    return totp_secret(await begin_totp(core.db, call.actor, core.vault))


@routes.add(
    "POST",
    "/auth/mfa/totp/confirm",
    accepts=COOKIE,
    summary="Confirm the authenticator app with its code\nEvery other session ends; yours has new cookies.",
    body=CodeBody,
    answer=RecoveryCodes,
    answer_headers=SESSION_COOKIES,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.CONFLICT),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def confirm(core: Core, call: Call[CodeBody, None]) -> Reply:
    return changed(core, await confirm_totp(core.db, call.actor, core.vault, call.body.code))


@routes.add(
    "DELETE",
    "/auth/mfa/totp",
    accepts=COOKIE,
    summary="Remove the authenticator app\nEvery other session ends; yours has new cookies.",
    answer_headers=SESSION_COOKIES,
    status=204,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
    is_secret=True,
)
async def remove(core: Core, call: Call[None, None]) -> Reply:
    return changed(core, await remove_totp(core.db, call.actor, core.vault))


@routes.add(
    "POST",
    "/auth/mfa/recovery-codes",
    accepts=COOKIE,
    summary="Make new recovery codes; the old ones die\nEvery other session ends; yours has new cookies.",
    answer=RecoveryCodes,
    answer_headers=SESSION_COOKIES,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.CONFLICT),
    is_secret=True,
)
async def recovery_codes(core: Core, call: Call[None, None]) -> Reply:
    return changed(core, await make_recovery_codes(core.db, call.actor, core.vault))
