"""The verb that ends a login with a provider: a session, a new account, or an offer to link (P-9)."""

from dataclasses import dataclass
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import (
    Identity,
    NewPerson,
    Profile,
    add_identity,
    address_of,
    identity,
    lock_person,
    person_by_email,
    touch_identity,
)
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials.half_login import complete, enter
from lacewing.credentials.mfa_values import HalfLogin
from lacewing.credentials.oidc_client import OidcClient, Return
from lacewing.credentials.oidc_faults import OidcFault, refusal
from lacewing.credentials.oidc_flows import OidcFlow, take_flow
from lacewing.credentials.oidc_offers import make_offer
from lacewing.credentials.oidc_providers import Provider
from lacewing.credentials.oidc_tokens import Claims
from lacewing.credentials.sign_up import add_account
from lacewing.credentials.values import SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError, conflict
from lacewing.storage import Database, RaceLostError, Transaction

_NO_FAILURE = frozenset({ErrorKind.RATE_LIMITED, ErrorKind.UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class OidcReturn:
    """What a browser brings back: the provider's words in the query, and the secret that it kept."""

    provider: str
    redirect_uri: str
    state: str
    code: str
    issuer: str | None
    browser: str
    device: str | None = None


@dataclass(frozen=True, slots=True)
class OidcEntered:
    """With a session, or half a login where a second factor is asked for here."""

    entered: SignedIn | HalfLogin
    next: str


@dataclass(frozen=True, slots=True)
class OidcOffered:
    """Linked only when its person confirms it from a session here."""

    offer_id: UUID
    next: str


async def finish_oidc(
    db: Database, visit: Visit, vault: Vault, oidc: OidcClient, came: OidcReturn
) -> OidcEntered | OidcOffered:
    """Raises what an OidcFault says, FORBIDDEN as `sign_up` does, CONFLICT `identity_taken`, RATE_LIMITED."""
    provider = oidc.provider(came.provider)
    charge = Charge(BudgetName.LOGIN_IP, visit.network)
    await vault.budgets.take(db, charge)
    try:
        landed = await _finish(db, visit, vault, oidc, provider, came)
    except LacewingError as error:
        if error.kind in _NO_FAILURE:
            await vault.budgets.give_back(db, charge)
            raise
        told = {"provider": provider.name, "code": str(error.code)}
        failure = events.by_visit(EventKind.LOGIN_FAILED, visit, None, told)
        await db.write(lambda tx: events.append(tx, failure))
        raise
    await vault.budgets.give_back(db, charge)
    return landed


async def _finish(
    db: Database, visit: Visit, vault: Vault, oidc: OidcClient, provider: Provider, came: OidcReturn
) -> OidcEntered | OidcOffered:
    flow = await db.write(lambda tx: take_flow(tx, vault, provider.name, came.state, came.browser))
    if flow is None:
        raise refusal(OidcFault.LOGIN_EXPIRED)
    if not came.code:
        raise refusal(OidcFault.LOGIN_DENIED)
    back = Return(came.redirect_uri, came.code, came.issuer, flow.nonce, flow.verifier)
    claims = await oidc.redeem(provider, back, db.clock())
    if await db.read(lambda tx: _needs_account(tx, flow, claims)):
        await vault.budgets.take(db, Charge(BudgetName.REGISTER_IP, visit.network))
    return await db.write(lambda tx: _land(tx, visit, vault, provider, came, flow, claims))


def _needs_account(tx: Transaction, flow: OidcFlow, claims: Claims) -> bool:
    is_known = identity(tx, claims.issuer, claims.subject) is not None
    return not is_known and flow.person_id is None and person_by_email(tx, claims.email or "") is None


def _land(  # noqa: PLR0917 - one unit decides over all of it
    tx: Transaction,
    visit: Visit,
    vault: Vault,
    provider: Provider,
    came: OidcReturn,
    flow: OidcFlow,
    claims: Claims,
) -> OidcEntered | OidcOffered:
    known = identity(tx, claims.issuer, claims.subject)
    if flow.person_id is not None:
        if known is not None:
            raise conflict("identity_taken", "This login is linked already.")
        offer_id = make_offer(tx, vault, provider, claims, flow.person_id, came.browser, is_by_email=False)
        return OidcOffered(offer_id, flow.next)
    if known is not None:
        touch_identity(tx, claims.issuer, claims.subject, claims.email)
        return OidcEntered(
            _enter(tx, visit, vault, lock_person(tx, known.person_id).profile, claims, came.device), flow.next
        )
    stored = person_by_email(tx, claims.email or "")
    if stored is None:
        person = _add(tx, visit, vault, provider, claims)
        return OidcEntered(_enter(tx, visit, vault, person, claims, came.device), flow.next)
    if not (claims.is_email_verified and stored.profile.is_email_verified):
        raise refusal(OidcFault.ACCOUNT_EXISTS)
    person_id = stored.profile.id
    offer_id = make_offer(tx, vault, provider, claims, person_id, came.browser, is_by_email=True)
    return OidcOffered(offer_id, flow.next)


def _enter(
    tx: Transaction, visit: Visit, vault: Vault, person: Profile, claims: Claims, device: str | None
) -> SignedIn | HalfLogin:
    """Who has a second factor here is asked for it, unless the provider has asked for one (RFC 8176)."""
    if not person.is_active:
        raise refusal(OidcFault.LOGIN_REFUSED)
    step = complete if claims.used_mfa else enter
    return step(tx, visit, vault, person, device, claims.issuer)


def _add(tx: Transaction, visit: Visit, vault: Vault, provider: Provider, claims: Claims) -> Profile:
    email = _address(claims)
    new = NewPerson(claims.name or email.partition("@")[0], email, None, claims.is_email_verified)
    person = add_account(tx, visit, vault, new, None)
    row = Identity(
        claims.issuer, claims.subject, person.id, provider.name, claims.email, tx.now, last_used_at=tx.now
    )
    try:
        add_identity(tx, row)
    except LacewingError as error:
        raise RaceLostError from error
    linked = events.by_visit(EventKind.IDENTITY_LINKED, visit, person.id, {"provider": provider.name})
    events.append(tx, linked)
    return person


def _address(claims: Claims) -> str:
    address = address_of(claims.email or "")
    if address is None:
        raise refusal(OidcFault.EMAIL_MISSING)
    return address
