"""A browser's way to a provider and back: the verb that begins it, and the step that takes it up once."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, insert

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import Permission
from lacewing.accounts import profile
from lacewing.credentials.oidc_client import Handoff, OidcClient
from lacewing.credentials.oidc_faults import OidcFault, refusal
from lacewing.credentials.tables import oidc_flows, oidc_offers
from lacewing.credentials.values import Vault
from lacewing.kit.json import dumps, loads
from lacewing.kit.tokens import opaque
from lacewing.storage import Database, Transaction

PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OidcStart:
    """`next` is a path of this site; `redirect_uri` where the provider sends the browser back to."""

    provider: str
    redirect_uri: str
    next: str


@dataclass(frozen=True, slots=True)
class OidcDeparture:
    """Where the browser goes, and the secret that it alone keeps meanwhile."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class OidcFlow:
    nonce: str
    verifier: str
    next: str
    person_id: UUID | None


async def begin_oidc_login(
    db: Database, visit: Visit, vault: Vault, oidc: OidcClient, start: OidcStart
) -> OidcDeparture:
    """Raises NOT_FOUND, UNAVAILABLE `provider_unreachable`."""
    return await _begin(db, vault, oidc, start, None)


async def begin_oidc_link(
    db: Database, actor: Actor, vault: Vault, oidc: OidcClient, start: OidcStart
) -> OidcDeparture:
    """The same to link an account there with the caller's. Raises FORBIDDEN too: not fresh, not verified."""
    person = actor.require_fresh_self(Permission.ACCOUNT_WRITE, db.clock())
    own = await db.read(lambda tx: profile(tx, person.id))
    if not own.is_email_verified:
        raise refusal(OidcFault.EMAIL_UNVERIFIED)
    return await _begin(db, vault, oidc, start, person.id)


def take_flow(tx: Transaction, vault: Vault, provider: str, state: str, browser: str) -> OidcFlow | None:
    """Of many who come with one state, one gets it, in the browser that left with it (M-2)."""
    row = tx.execute(
        delete(oidc_flows)
        .where(
            oidc_flows.c.state_digest.in_([digest.value for digest in vault.ring.digests(state)]),
            oidc_flows.c.browser_digest.in_([digest.value for digest in vault.ring.digests(browser)]),
            oidc_flows.c.provider == provider,
            oidc_flows.c.expires_at > tx.now,
        )
        .returning(oidc_flows.c.sealed, oidc_flows.c.next, oidc_flows.c.person_id)
    ).first()
    if row is None:
        return None
    nonce, verifier = loads(vault.ring.unseal(row.sealed))
    return OidcFlow(nonce, verifier, row.next, row.person_id)


async def _begin(
    db: Database, vault: Vault, oidc: OidcClient, start: OidcStart, person_id: UUID | None
) -> OidcDeparture:
    provider = oidc.provider(start.provider)
    state, nonce, verifier, browser = opaque(), opaque(), opaque(), opaque()
    handoff = Handoff(start.redirect_uri, state, nonce, _challenge(verifier))
    address = await oidc.address(provider, handoff, db.clock())
    digest = vault.ring.digest(state)
    row = {
        "state_digest": digest.value,
        "kid": digest.kid,
        "provider": provider.name,
        "browser_digest": vault.ring.digest(browser).value,
        "sealed": vault.ring.seal(dumps([nonce, verifier]).encode()),
        "next": start.next,
        "person_id": person_id,
    }

    def store(tx: Transaction) -> None:
        for table in (oidc_flows, oidc_offers):
            tx.execute(delete(table).where(table.c.expires_at < tx.now))
        tx.execute(insert(oidc_flows).values(**row, expires_at=tx.now + PATIENCE))

    await db.write(store)
    return OidcDeparture(address, browser)


def _challenge(verifier: str) -> str:
    """S256 of RFC 7636, 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
