"""The page where a person looks at a device's request and decides (V-2)."""

from urllib.parse import quote

from lacewing.credentials import DeviceRequest, approve_device, deny_device, read_device_request
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistake, Mistakes, mistakes_in
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, DeviceForm, DeviceQuery
from lacewing.http.device_page import PATH
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.kit.errors import ErrorKind, LacewingError

routes = Routes("", "Pages")

_NO_DEVICE = Mistake("No device waits under this code. Codes end after 10 minutes.")
_DECISIONS = {"approve": approve_device, "deny": deny_device}


@routes.add(
    "GET",
    PATH,
    accepts=COOKIE,
    summary="Look at a device's request",
    query=DeviceQuery,
    is_documented=False,
)
async def show(core: Core, call: Call[None, DeviceQuery]) -> Reply:
    code = call.query.code
    if not code:
        return _page(core, call, code, Mistakes())
    try:
        request = await read_device_request(core.db, call.actor, core.vault, code)
    except LacewingError as error:
        return _page(core, call, code, _mistakes(error))
    return _page(core, call, code, Mistakes(), request)


@routes.add(
    "POST",
    PATH,
    accepts=COOKIE,
    summary="Approve or deny a device",
    body=DeviceForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_documented=False,
)
async def decide(core: Core, call: Call[DeviceForm, None]) -> Reply:
    code, verb = call.body.code, _DECISIONS.get(call.body.decision)
    if verb is None:
        return _look_again(code)
    try:
        await verb(core.db, call.actor, core.vault, code)
    except LacewingError as error:
        if error.code == "reauth_required":
            return _look_again(code)
        return _page(core, call, code, _mistakes(error))
    return page("device_decided.html", call, is_approved=verb is approve_device)


def _look_again(code: str) -> Reply:
    """Whoever must prove again who it is does so on the way, and finds the request once more."""
    return see_other(f"{PATH}?code={quote(code)}")


def _mistakes(error: LacewingError) -> Mistakes:
    if error.kind is ErrorKind.INVALID_REQUEST:
        return Mistakes(400, {"code": _NO_DEVICE})
    if error.kind is ErrorKind.RATE_LIMITED:
        return mistakes_in(error, {})
    raise error


def _page(
    core: Core,
    call: Call[None, DeviceQuery] | Call[DeviceForm, None],
    code: str,
    mistakes: Mistakes,
    request: DeviceRequest | None = None,
) -> Reply:
    return page(
        "device.html",
        call,
        status=mistakes.status,
        headers=mistakes.headers,
        now=core.db.clock(),
        code=code,
        request=request,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )
