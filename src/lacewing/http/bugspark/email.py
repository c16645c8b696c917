"""Verify an e-mail address, change it, take the change back."""

from lacewing.credentials import (
    ask_for_email,
    confirm_new_email,
    resend_verification,
    undo_email,
    verify_email,
)
from lacewing.http.bugspark.wire_accounts import SESSION_COOKIES, Detail
from lacewing.http.bugspark.wire_email import EmailBody, LinkBody, VerifyBody, VerifyQuery, link_token
from lacewing.http.core import Core
from lacewing.http.endpoint import AUTH_BODY_BYTES, NOBODY, PERSONAL, Call, Reply, Routes
from lacewing.http.sign_in_cookies import session_cookies
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Accounts")

# What a link in a mail leads to is for its holder alone (F-8).
_UNSEEN = (("X-Robots-Tag", "noindex"), ("Referrer-Policy", "no-referrer"))


@routes.add(
    "POST",
    "/auth/verify-email",
    accepts=NOBODY,
    summary="Verify an address with a mailed link\nThe token stands in the body or in the query.",
    body=VerifyBody,
    query=VerifyQuery,
    answer=Detail,
    errors=(ErrorKind.INVALID_REQUEST,),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def verify(core: Core, call: Call[VerifyBody, VerifyQuery]) -> Reply:
    await verify_email(core.db, call.visit, core.vault, link_token(call.body, call.query))
    return Reply(Detail("Your address is verified."), headers=_UNSEEN)


@routes.add(
    "POST",
    "/auth/resend-verification",
    accepts=PERSONAL,
    summary="Send the link that verifies your address again",
    answer=Detail,
    errors=(ErrorKind.FORBIDDEN,),
)
async def resend(core: Core, call: Call[None, None]) -> Detail:
    await resend_verification(core.db, call.actor, core.vault)
    return Detail("If your address is not verified yet, a mail with a link is on its way.")


@routes.add(
    "POST",
    "/auth/me/email",
    accepts=PERSONAL,
    summary="Ask to change your address\nTakes a fresh proof. The mail to the new address has the link.",
    body=EmailBody,
    answer=Detail,
    status=202,
    errors=(ErrorKind.FORBIDDEN,),
    max_body_bytes=AUTH_BODY_BYTES,
)
async def ask(core: Core, call: Call[EmailBody, None]) -> Detail:
    await ask_for_email(core.db, call.actor, core.vault, call.body.email)
    return Detail("Check the mail to the new address to go on.")


@routes.add(
    "POST",
    "/auth/me/email/confirm",
    accepts=PERSONAL,
    summary="Change your address with the link mailed to the new one\nAll your other sessions end.",
    body=LinkBody,
    answer=Detail,
    answer_headers=SESSION_COOKIES,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def confirm(core: Core, call: Call[LinkBody, None]) -> Reply:
    changed = await confirm_new_email(core.db, call.actor, core.vault, call.body.token)
    cookies = session_cookies(core.settings, changed.secrets)
    return Reply(Detail("Your address is changed."), headers=cookies)


@routes.add(
    "POST",
    "/auth/me/email/undo",
    accepts=NOBODY,
    summary="Take back a change of address with the link mailed to the old one\nAll sessions and tokens end.",
    body=LinkBody,
    answer=Detail,
    errors=(ErrorKind.INVALID_REQUEST,),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def undo(core: Core, call: Call[LinkBody, None]) -> Detail:
    await undo_email(core.db, call.visit, core.vault, call.body.token)
    return Detail("The old address is back. All sessions and tokens have ended; set a new password.")
