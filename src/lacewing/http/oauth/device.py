"""Device login for any OAuth client; all of them are public, and may call themselves what they like."""

from collections.abc import Mapping

from lacewing.access.permissions import Scope
from lacewing.credentials import (
    ClientToken,
    NewDeviceLogin,
    PollRefusal,
    ask_for_device_code,
    poll_device_login,
)
from lacewing.http.core import Core
from lacewing.http.device_page import device_page
from lacewing.http.endpoint import AUTH_BODY_BYTES, NOBODY, BodyForm, Call, Routes
from lacewing.http.oauth.wire import (
    GRANT_TYPE,
    AccessToken,
    DeviceAuthorization,
    DeviceAuthorizationForm,
    TokenForm,
)
from lacewing.kit.errors import invalid_request

routes = Routes("/oauth", "OAuth")

_SENTENCES: Mapping[PollRefusal, str] = {
    PollRefusal.ACCESS_DENIED: "The request was denied.",
    PollRefusal.AUTHORIZATION_PENDING: "Nobody has decided yet. Poll again after the interval.",
    PollRefusal.EXPIRED_TOKEN: "The device code has expired. Begin again.",
    PollRefusal.INVALID_GRANT: "The device code is not valid, or was used already.",
    PollRefusal.SLOW_DOWN: "Polled too soon. Wait 5 seconds longer between polls from now on.",
}


@routes.add(
    "POST",
    "/device_authorization",
    accepts=NOBODY,
    summary="Begin a device login (RFC 8628, section 3.1)",
    body=DeviceAuthorizationForm,
    form=BodyForm.FORM,
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def authorize(core: Core, call: Call[DeviceAuthorizationForm, None]) -> DeviceAuthorization:
    form = call.body
    new = NewDeviceLogin(form.client_id, form.host, _scopes(form.scope))
    codes = await ask_for_device_code(core.db, call.visit, core.vault, new)
    return DeviceAuthorization(
        codes.device_code,
        codes.user_code,
        device_page(core.settings),
        device_page(core.settings, codes.user_code),
        codes.expires_in_seconds,
        codes.interval_seconds,
    )


@routes.add(
    "POST",
    "/token",
    accepts=NOBODY,
    summary="Fetch the token once the person has approved (RFC 8628, section 3.4)",
    body=TokenForm,
    form=BodyForm.FORM,
    max_body_bytes=AUTH_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def fetch(core: Core, call: Call[TokenForm, None]) -> AccessToken:
    form = call.body
    if form.grant_type != GRANT_TYPE:
        raise invalid_request("unsupported_grant_type", f"The only grant type here is {GRANT_TYPE}.")
    if not form.client_id or not form.device_code:
        raise invalid_request("invalid_request", "Both client_id and device_code are needed.")
    outcome = await poll_device_login(
        core.db, call.visit, core.vault, form.device_code, client_name=form.client_id
    )
    if isinstance(outcome, PollRefusal):
        raise invalid_request(outcome, _SENTENCES[outcome])
    return _access_token(outcome)


def _scopes(text: str) -> frozenset[Scope] | None:
    """Between spaces (RFC 6749, section 3.3); none at all for all rights."""
    words = text.split()
    if not set(Scope).issuperset(words):
        raise invalid_request("invalid_scope", f"The scopes are {', '.join(Scope)}.")
    return frozenset(Scope(word) for word in words) or None


def _access_token(given: ClientToken) -> AccessToken:
    token = given.minted.token
    lifetime = None if token.expires_at is None else token.expires_at - token.created_at
    return AccessToken(
        given.minted.secret,
        "Bearer",
        None if lifetime is None else int(lifetime.total_seconds()),
        None if token.scopes is None else " ".join(sorted(token.scopes)),
    )
