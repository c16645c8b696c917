"""The page that asks whether a login with a provider shall open one's account from now on."""

from urllib.parse import urlencode
from uuid import UUID

from lacewing.credentials import (
    IdentityOffer,
    accept_identity_offer,
    read_identity_offer,
)
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import provider_fault
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other, with_next
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, OfferForm, OfferQuery
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.http.own_path import own_path
from lacewing.http.sign_in_cookies import oidc_browser_in
from lacewing.kit.errors import LacewingError, not_found

routes = Routes("", "Pages")

_PATH = "/account/identities/confirm"


@routes.add(
    "GET",
    _PATH,
    accepts=COOKIE,
    summary="Ask whether to link a login with a provider",
    query=OfferQuery,
    is_secret=True,
    is_documented=False,
)
async def ask(core: Core, call: Call[None, OfferQuery]) -> Reply:
    query = call.query
    fault = provider_fault(query.error)
    if fault is not None:
        return page("identity.html", call, offer=None, form_error=fault)
    row = await read_identity_offer(core.db, call.actor, core.vault, _offer(core, call, query.offer))
    return page(
        "identity.html",
        call,
        form_error=None,
        offer=query.offer,
        label=core.oidc.provider(row.provider).label,
        email=row.email or "",
        next=own_path(query.next),
    )


@routes.add(
    "POST",
    _PATH,
    accepts=COOKIE,
    summary="Link a login with a provider",
    body=OfferForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def accept(core: Core, call: Call[OfferForm, None]) -> Reply:
    form = call.body
    offer = _offer(core, call, form.offer)
    try:
        await accept_identity_offer(core.db, call.actor, core.vault, offer)
    except LacewingError as error:
        if error.code != "reauth_required":
            raise
        asked = urlencode({"offer": form.offer, "next": own_path(form.next)})
        return see_other(with_next("/reauth", f"{_PATH}?{asked}"))
    return see_other(own_path(form.next))


def _offer(core: Core, call: Call[None, OfferQuery] | Call[OfferForm, None], text: str) -> IdentityOffer:
    """Raises NOT_FOUND."""
    try:
        offer_id = UUID(text)
    except ValueError:
        raise not_found("Offer") from None
    return IdentityOffer(offer_id, oidc_browser_in(call.headers, core.settings))
