"""Change, forget and reset a password."""

from lacewing.credentials import PasswordChange, ask_for_reset, change_password, reset_password
from lacewing.http.bugspark.wire_accounts import SESSION_COOKIES, Detail
from lacewing.http.bugspark.wire_passwords import (
    FirstPasswordBody,
    ForgotBody,
    PasswordChangeBody,
    ResetBody,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import AUTH_BODY_BYTES, NOBODY, PERSONAL, Call, Reply, Routes
from lacewing.http.sign_in_cookies import session_cookies
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Accounts")


@routes.add(
    "PUT",
    "/auth/me/password",
    accepts=PERSONAL,
    summary="Change your password\nTakes a fresh proof. All your other sessions end; tokens too, if asked.",
    body=PasswordChangeBody,
    answer=Detail,
    answer_headers=SESSION_COOKIES,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def change(core: Core, call: Call[PasswordChangeBody, None]) -> Reply:
    body = call.body
    return await _change(
        core, call, PasswordChange(body.current_password, body.new_password, body.revoke_tokens)
    )


@routes.add(
    "POST",
    "/auth/me/password",
    accepts=PERSONAL,
    summary="Set your first password\nTakes a fresh proof. 409 where one is set already.",
    body=FirstPasswordBody,
    answer=Detail,
    answer_headers=SESSION_COOKIES,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def set_first(core: Core, call: Call[FirstPasswordBody, None]) -> Reply:
    return await _change(core, call, PasswordChange(None, call.body.new_password, call.body.revoke_tokens))


@routes.add(
    "POST",
    "/auth/forgot-password",
    accepts=NOBODY,
    summary="Ask for a link to reset a password\nThe answer never says whether the address is known.",
    body=ForgotBody,
    answer=Detail,
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def forgot(core: Core, call: Call[ForgotBody, None]) -> Detail:
    await ask_for_reset(core.db, call.visit, core.vault, call.body.email)
    return Detail("If this address has an account here, a mail with a link is on its way.")


@routes.add(
    "POST",
    "/auth/reset-password",
    accepts=NOBODY,
    summary="Set a new password with a mailed link\nAll sessions and tokens end. It does not log in.",
    body=ResetBody,
    answer=Detail,
    errors=(ErrorKind.INVALID_REQUEST,),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def reset(core: Core, call: Call[ResetBody, None]) -> Detail:
    await reset_password(core.db, call.visit, core.vault, call.body.token, call.body.new_password)
    return Detail("Your password is changed. Log in with it.")


async def _change(
    core: Core, call: Call[PasswordChangeBody, None] | Call[FirstPasswordBody, None], change: PasswordChange
) -> Reply:
    changed = await change_password(core.db, call.actor, core.vault, change)
    cookies = session_cookies(core.settings, changed.secrets)
    return Reply(Detail("Your password is changed."), headers=cookies)
