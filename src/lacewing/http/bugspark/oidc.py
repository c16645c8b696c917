"""Logging in with an OpenID Connect provider (contract A18), and the logins that are linked to an account.

The two redirects are GET by protocol. What they store is a login of this browser alone, for ten minutes; a
login elsewhere is only ever linked by a POST from a fresh session here (K-4, P-9).
"""

from urllib.parse import urlencode

from lacewing.access.actor import Actor
from lacewing.credentials import (
    OIDC_PATIENCE,
    OIDC_SENTENCES,
    HalfLogin,
    IdentityOffer,
    OidcEntered,
    OidcReturn,
    OidcStart,
    SignedIn,
    accept_identity_offer,
    begin_oidc_link,
    begin_oidc_login,
    finish_oidc,
    list_identities,
    unlink_identity,
)
from lacewing.http.bugspark.wire_oidc import (
    IdentityItem,
    LeaveQuery,
    ProviderList,
    ReturnQuery,
    identity_item,
    provider_item,
)
from lacewing.http.core import Core
from lacewing.http.endpoint import COOKIE, NOBODY, Call, Reply, Routes
from lacewing.http.own_path import own_path
from lacewing.http.references import provider_in, uuid_in
from lacewing.http.sign_in_cookies import (
    HeaderList,
    device_in,
    half_login_cookie,
    oidc_browser_in,
    oidc_cookie,
    sign_in_cookies,
)
from lacewing.kit.errors import ErrorKind, LacewingError, unauthenticated

routes = Routes("/api/v1", "Accounts")

_CONFIRM = "/account/identities/confirm"


@routes.add(
    "GET",
    "/auth/oidc",
    accepts=NOBODY,
    summary="The providers with which people may log in",
    answer=ProviderList,
)
async def list_providers(core: Core, _call: Call[None, None]) -> ProviderList:
    return ProviderList([provider_item(provider) for provider in core.oidc.providers])


@routes.add(
    "GET",
    "/auth/oidc/{provider}/login",
    accepts=COOKIE,
    is_optional=True,
    summary="Go to a provider to log in\nFor browsers: what fails leads to the login page, with a code.",
    query=LeaveQuery,
    status=303,
    answer_headers=(("Location", "The provider."), ("Set-Cookie", "Binds the login to this browser.")),
    errors=(ErrorKind.NOT_FOUND,),
    is_secret=True,
)
async def leave(core: Core, call: Call[None, LeaveQuery]) -> Reply:
    name = provider_in(call.path)
    start = OidcStart(name, _callback(core, name), own_path(call.query.next))
    try:
        if call.query.link:
            actor = _known(call.known_actor)
            departure = await begin_oidc_link(core.db, actor, core.vault, core.oidc, start)
        else:
            departure = await begin_oidc_login(core.db, call.visit, core.vault, core.oidc, start)
    except LacewingError as error:
        return _failed(error, call.known_actor)
    return _to(departure.address, oidc_cookie(core.settings, departure.browser, OIDC_PATIENCE))


@routes.add(
    "GET",
    "/auth/oidc/{provider}/callback",
    accepts=COOKIE,
    is_optional=True,
    summary="Where a provider leads back to",
    query=ReturnQuery,
    status=303,
    is_secret=True,
    is_documented=False,
)
async def come_back(core: Core, call: Call[None, ReturnQuery]) -> Reply:
    name, query = provider_in(call.path), call.query
    browser = oidc_browser_in(call.headers, core.settings)
    came = OidcReturn(
        name,
        _callback(core, name),
        query.state,
        query.code,
        query.iss,
        browser,
        device_in(call.headers, core.settings),
    )
    try:
        landed = await finish_oidc(core.db, call.visit, core.vault, core.oidc, came)
    except LacewingError as error:
        return _failed(error, call.known_actor)
    if isinstance(landed, OidcEntered):
        return _entered(core, landed.entered, own_path(landed.next))
    confirm = f"{_CONFIRM}?{urlencode({'offer': landed.offer_id, 'next': own_path(landed.next)})}"
    kept = oidc_cookie(core.settings, browser, OIDC_PATIENCE)
    entrance = f"/login?{urlencode({'next': confirm, 'error': 'link_offered'})}"
    return _to(confirm if call.known_actor else entrance, kept)


@routes.add(
    "POST",
    "/auth/oidc/offers/{offer_id}/accept",
    accepts=COOKIE,
    summary="Link a login with a provider\nFrom a fresh session, in the browser that logged in there.",
    answer=IdentityItem,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
    is_secret=True,
)
async def accept(core: Core, call: Call[None, None]) -> Reply:
    offer = IdentityOffer(uuid_in(call.path, "offer_id"), oidc_browser_in(call.headers, core.settings))
    linked = await accept_identity_offer(core.db, call.actor, core.vault, offer)
    return Reply(identity_item(linked), headers=_forget(core))


@routes.add(
    "GET",
    "/auth/identities",
    accepts=COOKIE,
    summary="The logins with providers that are linked to your account",
    answer=list[IdentityItem],
)
async def identities(core: Core, call: Call[None, None]) -> list[IdentityItem]:
    return [identity_item(one) for one in await list_identities(core.db, call.actor)]


@routes.add(
    "DELETE",
    "/auth/identities/{provider}",
    accepts=COOKIE,
    summary="End a login with a provider\nFrom a fresh session; the last way into an account stays.",
    status=204,
    errors=(ErrorKind.CONFLICT, ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND),
)
async def unlink(core: Core, call: Call[None, None]) -> None:
    await unlink_identity(core.db, call.actor, core.vault, core.oidc, provider_in(call.path))


def _callback(core: Core, name: str) -> str:
    return f"{core.vault.base_url}/api/v1/auth/oidc/{name}/callback"


def _entered(core: Core, entered: SignedIn | HalfLogin, after: str) -> Reply:
    if isinstance(entered, SignedIn):
        return _to(after, (*sign_in_cookies(core.settings, entered), *_forget(core)))
    kept = half_login_cookie(core.settings, entered.token)
    return _to(f"/login/mfa?{urlencode({'next': after})}", (*kept, *_forget(core)))


def _known(actor: Actor | None) -> Actor:
    if actor is None:
        raise unauthenticated("reauth_required", "Log in first.")
    return actor


def _failed(error: LacewingError, actor: Actor | None) -> Reply:
    """Only codes of the one table are told; what it does not know is answered as everywhere."""
    if error.code not in OIDC_SENTENCES:
        raise error
    return _to(f"{_CONFIRM if actor else '/login'}?{urlencode({'error': error.code})}")


def _forget(core: Core) -> HeaderList:
    return oidc_cookie(core.settings, "", -OIDC_PATIENCE)


def _to(address: str, headers: HeaderList = ()) -> Reply:
    return Reply(status=303, headers=(("Location", address), *headers))
