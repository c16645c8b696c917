"""An identity offered to a person: linked once a fresh session of that person confirms it (P-9, C-11)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, insert

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.accounts import Identity, add_identity, normal_email, profile
from lacewing.credentials import queries
from lacewing.credentials.mails import tell_of_ways_in
from lacewing.credentials.oidc_faults import OidcFault, refusal
from lacewing.credentials.oidc_flows import PATIENCE
from lacewing.credentials.oidc_providers import Provider
from lacewing.credentials.oidc_tokens import Claims
from lacewing.credentials.rows import OfferRow
from lacewing.credentials.session_steps import require_live
from lacewing.credentials.tables import oidc_offers
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.kit.errors import not_found
from lacewing.kit.ids import new_id
from lacewing.storage import Database, Transaction


@dataclass(frozen=True, slots=True)
class IdentityOffer:
    """`browser` is the secret of the browser that logged in at the provider."""

    id: UUID
    browser: str


def make_offer(
    tx: Transaction,
    vault: Vault,
    provider: Provider,
    claims: Claims,
    person_id: UUID,
    browser: str,
    *,
    is_by_email: bool,
) -> UUID:
    """`is_by_email` says that nothing but the address led to this person."""
    offer_id, digest = new_id(), vault.ring.digest(browser)
    row = {
        "id": offer_id,
        "kid": digest.kid,
        "browser_digest": digest.value,
        "person_id": person_id,
        "provider": provider.name,
        "issuer": claims.issuer,
        "subject": claims.subject,
        "email": claims.email,
        "is_by_email": is_by_email,
        "expires_at": tx.now + PATIENCE,
    }
    tx.execute(insert(oidc_offers).values(row))
    return offer_id


async def read_identity_offer(db: Database, actor: Actor, vault: Vault, offer: IdentityOffer) -> OfferRow:
    """What would be linked. Raises NOT_FOUND for another's, another browser's, an expired or used one."""
    person = actor.require_self(Permission.ACCOUNT_READ)
    row = await db.read(lambda tx: queries.oidc_offer(tx, _is_for(tx, vault, person.id, offer)))
    if row is None:
        raise not_found("Offer")
    return row


async def accept_identity_offer(db: Database, actor: Actor, vault: Vault, offer: IdentityOffer) -> Identity:
    """Raises NOT_FOUND as `read_identity_offer` does, FORBIDDEN if the session is not fresh or the account's
    address not verified, CONFLICT `identity_taken`.
    """
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    return await db.write(lambda tx: _accept(tx, actor, vault, person.id, offer))


def _accept(tx: Transaction, actor: Actor, vault: Vault, person_id: UUID, offer: IdentityOffer) -> Identity:
    require_live(tx, actor)
    gone = delete(oidc_offers).where(_is_for(tx, vault, person_id, offer)).returning(*queries.OFFER)
    taken = tx.execute(gone).first()
    if taken is None:
        raise not_found("Offer")
    row = OfferRow(**taken._mapping)
    person = profile(tx, person_id)
    if not person.is_email_verified:
        raise refusal(OidcFault.EMAIL_UNVERIFIED)
    if row.is_by_email and normal_email(row.email or "") != normal_email(person.email):
        raise refusal(OidcFault.OFFER_UNFIT)
    linked = Identity(row.issuer, row.subject, person_id, row.provider, row.email, tx.now, None)
    add_identity(tx, linked)
    events.append(tx, events.by_actor(EventKind.IDENTITY_LINKED, actor, data={"provider": row.provider}))
    tell_of_ways_in(tx, vault, actor.visit, person, f"Logging in with {row.provider} was added.")
    return linked


def _is_for(tx: Transaction, vault: Vault, person_id: UUID, offer: IdentityOffer) -> ColumnElement[bool]:
    digests = [digest.value for digest in vault.ring.digests(offer.browser)]
    return and_(
        oidc_offers.c.id == offer.id,
        oidc_offers.c.person_id == person_id,
        oidc_offers.c.browser_digest.in_(digests),
        oidc_offers.c.expires_at > tx.now,
    )
