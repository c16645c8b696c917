"""Your sessions, and the proof that lets one of them change your account's security."""

from lacewing.credentials import end_other_sessions, end_own_session, list_sessions, prove
from lacewing.http.bugspark.wire_accounts import SESSION_COOKIES, User, user
from lacewing.http.bugspark.wire_sessions import ProofBody, SessionItem, proof, session_item
from lacewing.http.core import Core
from lacewing.http.endpoint import PERSONAL, USUAL_BODY_BYTES, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.http.sign_in_cookies import CLEAR_SITE_DATA, expired_cookies, session_cookies
from lacewing.kit.errors import ErrorKind

routes = Routes("/api/v1", "Accounts")

_MAY_REFUSE = (ErrorKind.FORBIDDEN,)


@routes.add(
    "GET",
    "/auth/sessions",
    accepts=PERSONAL,
    summary="List your sessions\nOnly a session may ask.",
    answer=list[SessionItem],
    errors=_MAY_REFUSE,
)
async def index(core: Core, call: Call[None, None]) -> list[SessionItem]:
    return [session_item(session) for session in await list_sessions(core.db, call.actor)]


@routes.add(
    "DELETE",
    "/auth/sessions/{session_id}",
    accepts=PERSONAL,
    summary="End one of your sessions\nTo end another than the one that asks takes a fresh proof.",
    status=204,
    errors=(ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def end(core: Core, call: Call[None, None]) -> Reply:
    session_id = uuid_in(call.path, "session_id")
    await end_own_session(core.db, call.actor, session_id)
    is_log_out = session_id == call.actor.credential_id
    return Reply(headers=(*expired_cookies(core.settings), CLEAR_SITE_DATA) if is_log_out else ())


@routes.add(
    "DELETE",
    "/auth/sessions",
    accepts=PERSONAL,
    summary="End all your other sessions\nTakes a fresh proof.",
    status=204,
    errors=_MAY_REFUSE,
)
async def end_others(core: Core, call: Call[None, None]) -> Reply:
    await end_other_sessions(core.db, call.actor)
    return Reply()


@routes.add(
    "POST",
    "/auth/reauth",
    accepts=PERSONAL,
    summary="Prove again that it is you\nFor 15 minutes the session may then change your account's security.",
    body=ProofBody,
    answer=User,
    answer_headers=SESSION_COOKIES,
    errors=_MAY_REFUSE,
    max_body_bytes=USUAL_BODY_BYTES,
    is_secret=True,
)
async def reauth(core: Core, call: Call[ProofBody, None]) -> Reply:
    proved = await prove(core.db, call.actor, core.vault, proof(call.body))
    return Reply(user(proved.profile), headers=session_cookies(core.settings, proved.secrets))
