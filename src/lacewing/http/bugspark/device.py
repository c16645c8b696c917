"""Device login as the original command line asks for it: 401 is "keep polling" (contract A15)."""

from lacewing.credentials import (
    NewDeviceLogin,
    PollRefusal,
    approve_device,
    ask_for_device_code,
    deny_device,
    poll_device_login,
)
from lacewing.http.bugspark.wire_device import (
    Approved,
    Denied,
    DeviceCodeAnswer,
    DeviceCodeBody,
    DeviceTokenAnswer,
    DeviceTokenBody,
    UserCodeBody,
    device_token_answer,
)
from lacewing.http.core import Core
from lacewing.http.device_page import device_page
from lacewing.http.endpoint import AUTH_BODY_BYTES, NOBODY, PERSONAL, Call, Routes
from lacewing.kit.errors import ErrorKind, LacewingError, invalid_request, unauthenticated

routes = Routes("/api/v1", "Device login")

_KEEP_POLLING = frozenset({PollRefusal.AUTHORIZATION_PENDING, PollRefusal.SLOW_DOWN})
_MAY_REFUSE = (ErrorKind.FORBIDDEN, ErrorKind.INVALID_REQUEST)


@routes.add(
    "POST",
    "/auth/device/code",
    accepts=NOBODY,
    summary="Begin a device login\nThe standard form of RFC 8628 stands at `/oauth/device_authorization`.",
    body=DeviceCodeBody,
    answer=DeviceCodeAnswer,
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def ask(core: Core, call: Call[DeviceCodeBody, None]) -> DeviceCodeAnswer:
    body = call.body
    scopes = None if body.scopes is None else frozenset(body.scopes)
    new = NewDeviceLogin(body.client_name, body.host, scopes)
    codes = await ask_for_device_code(core.db, call.visit, core.vault, new)
    return DeviceCodeAnswer(
        codes.device_code,
        codes.user_code,
        device_page(core.settings, codes.user_code),
        codes.expires_in_seconds,
        codes.interval_seconds,
    )


@routes.add(
    "POST",
    "/auth/device/token",
    accepts=NOBODY,
    summary="Fetch the token\n401 `authorization_pending` or `slow_down` until the person has approved.",
    body=DeviceTokenBody,
    answer=DeviceTokenAnswer,
    errors=(ErrorKind.INVALID_REQUEST, ErrorKind.UNAUTHENTICATED),
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
)
async def poll(core: Core, call: Call[DeviceTokenBody, None]) -> DeviceTokenAnswer:
    outcome = await poll_device_login(core.db, call.visit, core.vault, call.body.device_code)
    if isinstance(outcome, PollRefusal):
        raise _refusal(outcome)
    return device_token_answer(outcome)


@routes.add(
    "POST",
    "/auth/device/approve",
    accepts=PERSONAL,
    summary="Approve a device\nNeeds a session whose proof is at most 15 minutes old.",
    body=UserCodeBody,
    answer=Approved,
    errors=_MAY_REFUSE,
    max_body_bytes=AUTH_BODY_BYTES,
)
async def approve(core: Core, call: Call[UserCodeBody, None]) -> Approved:
    await approve_device(core.db, call.actor, core.vault, call.body.user_code)
    return Approved(approved=True)


@routes.add(
    "POST",
    "/auth/device/deny",
    accepts=PERSONAL,
    summary="Deny a device\nNeeds a session whose proof is at most 15 minutes old.",
    body=UserCodeBody,
    answer=Denied,
    errors=_MAY_REFUSE,
    max_body_bytes=AUTH_BODY_BYTES,
)
async def deny(core: Core, call: Call[UserCodeBody, None]) -> Denied:
    await deny_device(core.db, call.actor, core.vault, call.body.user_code)
    return Denied(denied=True)


def _refusal(outcome: PollRefusal) -> LacewingError:
    """Anything but 401 makes the original command line give up; there, the word is the whole sentence."""
    if outcome in _KEEP_POLLING:
        return unauthenticated(outcome, outcome)
    return invalid_request(outcome, "The device code is not valid, or no longer. Begin again.")
